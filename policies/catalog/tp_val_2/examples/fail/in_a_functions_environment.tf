variable "api_token" {
  type      = string
  sensitive = true
  default   = null
}

resource "random_password" "db" {
  length = 20
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "x"
  environment {
    variables = {
      FEED_TOKEN  = random_password.db.result  # expect: fail
      DB_PASSWORD = aws_ssm_parameter.db.value # expect: fail
    }
  }
}

resource "aws_ssm_parameter" "db" {
  name = "db"
  type = "SecureString"
}
