# The permission admits the account's own principals, not the service.
# Source: AWS Lambda Developer Guide, Granting Lambda function access to other accounts.
# Stops at: aws_cloudwatch_event_target.placed, aws_lambda_permission.placed, aws_lambda_function.work

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_lambda_permission" "placed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = data.aws_caller_identity.me.account_id
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = aws_lambda_function.work.arn
}
