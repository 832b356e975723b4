resource "aws_cloudwatch_event_bus" "market" {
  name = "market"
}

resource "aws_cloudwatch_event_rule" "trade" {
  name           = "trade"
  event_bus_name = aws_cloudwatch_event_bus.market.name
  event_pattern  = jsonencode({ source = ["marketdata"] })
}

resource "aws_iam_role" "trade" {
  name = "trade"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  role          = aws_iam_role.trade.arn
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/work:1"
}

resource "aws_lambda_permission" "trade" { # expect: fail
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.trade.function_name
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:us-east-1:123456789012:rule/trade"
}

resource "aws_cloudwatch_event_target" "trade" {
  rule           = aws_cloudwatch_event_rule.trade.name
  event_bus_name = aws_cloudwatch_event_bus.market.name
  arn            = aws_lambda_function.trade.arn
}
