resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  environment {
    variables = { TAGS = "git.commit.sha:55e7e7703f17c41f276caf8f1a1b744d674259f8" }
  }
}
