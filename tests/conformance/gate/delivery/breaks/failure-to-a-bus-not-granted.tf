# The function's role may not put events on the bus of its failures.
# Source: AWS Lambda Developer Guide, Adding a destination.
# Stops at: aws_lambda_function_event_invoke_config.work, aws_iam_role.work, aws_iam_role_policy.work, aws_cloudwatch_event_bus.shop, aws_lambda_function.work

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_cloudwatch_event_bus.shop.arn
    }
  }
}
