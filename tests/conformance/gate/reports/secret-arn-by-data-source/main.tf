data "aws_secretsmanager_secret" "db" {
  name = "feed/db"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { SECRET = data.aws_secretsmanager_secret.db.arn, SECRET_NAME = data.aws_secretsmanager_secret.db.name, PASSWORD_SECRET_ID = data.aws_secretsmanager_secret.db.id }
  }
}
