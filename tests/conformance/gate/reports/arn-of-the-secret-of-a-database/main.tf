resource "aws_rds_cluster" "c" {
  cluster_identifier          = "c"
  manage_master_user_password = true
}
resource "aws_lambda_function" "f" {
  function_name = "function-feed-dev"
  role          = "arn:aws:iam::111122223333:role/r"
  environment {
    variables = {
      DB_PASSWORD_SECRET = aws_rds_cluster.c.master_user_secret[0].secret_arn
    }
  }
}
