# The permission names the bus; EventBridge calls as the rule.
# Source: hashicorp/terraform, pull request 9007.
# Stops at: aws_cloudwatch_event_target.placed, aws_lambda_permission.placed, aws_lambda_function.work

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_lambda_permission" "placed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:${data.aws_caller_identity.me.account_id}:event-bus/default"
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = aws_lambda_function.work.arn
}
