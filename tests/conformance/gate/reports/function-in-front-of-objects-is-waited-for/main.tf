resource "aws_lambda_function" "redact" {
  function_name = "redact"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_s3control_object_lambda_access_point" "o" {
  name = "redacted"
  configuration {
    supporting_access_point = "arn:aws:s3:us-east-1:123456789012:accesspoint/a"
    transformation_configuration {
      actions = ["GetObject"]
      content_transformation {
        aws_lambda { function_arn = aws_lambda_function.redact.arn }
      }
    }
  }
}
