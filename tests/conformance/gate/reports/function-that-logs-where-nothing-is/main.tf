resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
  logging_config {
    log_format = "JSON"
    log_group  = "/shared/feeds"
  }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/aws/lambda/f"
  retention_in_days = 90
}
