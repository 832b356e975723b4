resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  timeout       = 30
  memory_size   = 512
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.x.arn
  function_name    = aws_lambda_function.f.arn
}
resource "aws_sqs_queue" "x" {
  name                       = "q"
  visibility_timeout_seconds = 180
  lifecycle {
    ignore_changes = [visibility_timeout_seconds, tags]
  }
}
