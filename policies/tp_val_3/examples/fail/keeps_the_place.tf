variable "db_password" {
  type      = string
  sensitive = true
  default   = "changeme" # expect: fail
}

resource "aws_db_instance" "prices" {
  password = "REPLACE_ME" # expect: fail
}

resource "aws_ssm_parameter" "feed" {
  name  = "/feed/key"
  type  = "SecureString"
  value = "to be set by hand" # expect: fail
}

resource "aws_secretsmanager_secret_version" "feed" {
  secret_id = "feed"
  secret_string = jsonencode({
    username = "feed"
    password = "<password>" # expect: fail
  })
}

provider "datadog" {
  api_key = "your-api-key-here" # expect: fail
}

resource "aws_lambda_function" "feed" {
  function_name = "feed"
  environment {
    variables = {
      FEED_TOKEN = "dummy-token" # expect: fail
    }
  }
}
