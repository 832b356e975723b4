resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_lambda_function_event_invoke_config" "c" {
  function_name = aws_lambda_function.f.function_name
  destination_config {
    on_success {
      destination = aws_sqs_queue.q.arn
    }
  }
}
