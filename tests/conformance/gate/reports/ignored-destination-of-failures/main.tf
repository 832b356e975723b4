resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  timeout       = 30
  memory_size   = 512
}
resource "aws_sqs_queue" "d" {
  name = "d"
}
resource "aws_lambda_function_event_invoke_config" "x" {
  function_name = aws_lambda_function.f.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.d.arn
    }
  }
  lifecycle {
    ignore_changes = [destination_config]
  }
}
