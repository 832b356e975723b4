resource "aws_rds_cluster" "c" {
  cluster_identifier          = "c"
  engine                      = "aurora-postgresql"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = { DB_SECRET_ARN = aws_rds_cluster.c.master_user_secret[0].secret_arn, DB_PASSWORD_LENGTH = "20", TOKEN_ENDPOINT = "https://login.example.com/oauth/token" }
  }
}
