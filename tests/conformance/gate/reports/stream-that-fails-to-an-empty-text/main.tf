resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
variable "failures" {
  default = ""
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn  = "arn:aws:kinesis:us-east-1:123456789012:stream/s"
  function_name     = aws_lambda_function.f.arn
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = var.failures
    }
  }
}
