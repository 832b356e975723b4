# A queue whose visibility timeout is long enough as written, and left to whoever changes it.
resource "aws_sqs_queue" "trade" {
  name                       = "trade"
  visibility_timeout_seconds = 180
  lifecycle {
    ignore_changes = [visibility_timeout_seconds] # expect: fail
  }
}

resource "aws_lambda_function" "trade" {
  function_name                  = "trade"
  filename                       = "function.zip"
  handler                        = "index.handler"
  runtime                        = "python3.11"
  role                           = "arn:aws:iam::123456789012:role/function"
  timeout                        = 30
  memory_size                    = 512
  reserved_concurrent_executions = 10
}

resource "aws_lambda_event_source_mapping" "trade" {
  event_source_arn = aws_sqs_queue.trade.arn
  function_name    = aws_lambda_function.trade.function_name
}
