resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_lambda_function" "trade" { # expect: fail
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.trade.function_name
  function_version = aws_lambda_function.trade.version
}

resource "aws_lambda_function_event_invoke_config" "live" {
  function_name = aws_lambda_function.trade.function_name
  qualifier     = aws_lambda_alias.live.name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = "market"
  arn  = aws_lambda_function.trade.arn # not the alias
}
