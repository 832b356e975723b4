resource "aws_cloudwatch_event_bus" "market" {
  name = "market"
}

resource "aws_cloudwatch_event_rule" "trade" {
  name           = "trade"
  event_bus_name = aws_cloudwatch_event_bus.market.name
  event_pattern  = jsonencode({ source = ["marketdata"] })
  state          = "DISABLED" # expect: fail
}

resource "aws_cloudwatch_event_target" "trade" {
  rule           = aws_cloudwatch_event_rule.trade.name
  event_bus_name = aws_cloudwatch_event_bus.market.name
  arn            = "arn:aws:lambda:us-east-1:123456789012:function:trade"
}

resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = "arn:aws:sqs:us-east-1:123456789012:quote"
  function_name    = "quote"
  enabled          = false # expect: fail
}
