# A rule on a bus of another stack calls a function, whose permission names the rule by its text.
# Source: hashicorp/terraform-provider-aws, issue 32134.

data "aws_cloudwatch_event_bus" "desk" {
  name = "desk"
}

resource "aws_cloudwatch_event_rule" "trades" {
  name           = "trades"
  event_bus_name = data.aws_cloudwatch_event_bus.desk.name
  event_pattern  = jsonencode({ source = ["desk.trades"] })
}

resource "aws_cloudwatch_event_target" "work" {
  rule           = aws_cloudwatch_event_rule.trades.name
  event_bus_name = data.aws_cloudwatch_event_bus.desk.name
  arn            = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "trades" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:${data.aws_caller_identity.me.account_id}:rule/desk/trades"
}
