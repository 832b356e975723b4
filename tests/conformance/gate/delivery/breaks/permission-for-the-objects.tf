# The permission names the bucket's objects; S3 calls as the bucket.
# Source: hashicorp/terraform-provider-aws, pull request 12794; Amazon S3 User Guide.
# Stops at: aws_s3_bucket_notification.in, aws_lambda_permission.placed, aws_lambda_function.work

resource "aws_s3_bucket" "in" {
  bucket = "in"
}

resource "aws_lambda_permission" "placed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = "${aws_s3_bucket.in.arn}/*"
}

resource "aws_s3_bucket_notification" "in" {
  bucket = aws_s3_bucket.in.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.work.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
