resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_cognito_user_pool" "p" {
  name = "p"
  lambda_config {
    kms_key_id = "arn:aws:kms:us-east-1:111122223333:key/a"
    custom_email_sender {
      lambda_arn     = aws_lambda_function.feed.arn
      lambda_version = "V1_0"
    }
  }
}
