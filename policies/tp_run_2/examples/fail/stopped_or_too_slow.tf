resource "aws_lambda_function" "stopped" {
  function_name                  = "stopped"
  filename                       = "function.zip"
  handler                        = "index.handler"
  runtime                        = "python3.11"
  role                           = "arn:aws:iam::123456789012:role/function"
  timeout                        = 30
  memory_size                    = 512
  reserved_concurrent_executions = 0 # expect: fail
}

resource "aws_sqs_queue" "quote" {
  name                       = "quote"
  visibility_timeout_seconds = 20 # expect: fail
}

resource "aws_lambda_function" "quote" {
  function_name                  = "quote"
  filename                       = "function.zip"
  handler                        = "index.handler"
  runtime                        = "python3.11"
  role                           = "arn:aws:iam::123456789012:role/function"
  timeout                        = 30
  memory_size                    = 512
  reserved_concurrent_executions = 10
}

resource "aws_lambda_event_source_mapping" "quote" {
  event_source_arn = aws_sqs_queue.quote.arn
  function_name    = aws_lambda_function.quote.arn
}
