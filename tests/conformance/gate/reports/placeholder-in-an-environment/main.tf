resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
  environment {
    variables = { API_TOKEN = "REPLACE_ME" }
  }
}
