variable "api_token" {
  type      = string
  sensitive = true
  default   = null
}

data "aws_secretsmanager_secret_version" "feed" {
  secret_id = "feed"
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  environment {
    variables = {
      FEED_TOKEN  = data.aws_secretsmanager_secret_version.feed.secret_string # expect: fail
      DB_PASSWORD = aws_ssm_parameter.db.value                                # expect: fail
    }
  }
}

resource "aws_ssm_parameter" "db" {
  name = "db"
  type = "SecureString"
}
