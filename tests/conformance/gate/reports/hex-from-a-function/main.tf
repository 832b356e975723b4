resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { SETTINGS_HASH = sha256("settings"), CONFIG_ETAG = md5("settings") }
  }
}
