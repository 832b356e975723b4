resource "aws_ssm_parameter" "token" {
  name  = "/feed/token"
  type  = "SecureString"
  value = "CHANGE_ME"
  lifecycle {
    ignore_changes = [value]
  }
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { TOKEN = aws_ssm_parameter.token.name, API_KEY_PARAMETER = "/feed/api-key" }
  }
}
