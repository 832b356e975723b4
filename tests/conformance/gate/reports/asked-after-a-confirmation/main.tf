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
    post_confirmation = aws_lambda_function.feed.arn
  }
}
