resource "aws_lambda_function" "thumb" {
  function_name = "thumb"
  role          = "arn:aws:iam::123456789012:role/r"
  handler       = "h.h"
  runtime       = "python3.11"
  filename      = "f.zip"
}
resource "aws_s3_bucket_notification" "n" {
  bucket = "uploads"
  dynamic "lambda_function" {
    for_each = { jpg = ".jpg", png = ".png" }
    content {
      id                  = lambda_function.key
      lambda_function_arn = aws_lambda_function.thumb.arn
      events              = ["s3:ObjectCreated:*"]
      filter_suffix       = lambda_function.value
    }
  }
}
