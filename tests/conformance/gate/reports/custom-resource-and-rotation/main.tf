resource "aws_lambda_function" "f" {
  function_name = "f"
}

resource "aws_secretsmanager_secret_rotation" "r" {
  secret_id           = "s"
  rotation_lambda_arn = aws_lambda_function.f.arn
  rotation_rules {
    automatically_after_days = 30
  }
}
