variable "api_token" {
  type      = string
  sensitive = true
}

variable "token_ttl_seconds" {
  default = 60
}

resource "aws_secretsmanager_secret" "feed" {
  name = "secret-feed"
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  environment {
    variables = {
      TOKEN_SECRET_ARN = aws_secretsmanager_secret.feed.arn
      LOG_LEVEL        = "INFO"
    }
  }
}
