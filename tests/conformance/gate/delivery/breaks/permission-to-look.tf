# The permission lets EventBridge read the function's settings.
# Source: AWS Lambda API Reference, AddPermission.
# Stops at: aws_cloudwatch_event_target.placed, aws_lambda_permission.placed, aws_lambda_function.work

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_lambda_permission" "placed" {
  action        = "lambda:GetFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.placed.arn
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = aws_lambda_function.work.arn
}
