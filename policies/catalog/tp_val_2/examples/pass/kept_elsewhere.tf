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
  role          = "x"
  environment {
    variables = {
      TOKEN_SECRET_ARN = aws_secretsmanager_secret.feed.arn
      LOG_LEVEL        = "INFO"
    }
  }
}
