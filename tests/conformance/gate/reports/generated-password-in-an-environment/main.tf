resource "random_password" "db" {
  length = 24
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  filename      = "a.zip"
  environment {
    variables = { DATABASE = "postgres://feed:${random_password.db.result}@db.internal:5432/feed" }
  }
}
