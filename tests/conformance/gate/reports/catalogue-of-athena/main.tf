resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}

resource "aws_athena_data_catalog" "own" {
  name        = "own"
  description = "own"
  type        = "LAMBDA"
  parameters  = { "function" = aws_lambda_function.feed.arn }
}
