resource "aws_iam_role" "work" {
  name = "work"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = aws_iam_role.work.arn
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_secretsmanager_secret" "r" {
  name = "r"
}
resource "aws_secretsmanager_secret_rotation" "t" {
  secret_id           = aws_secretsmanager_secret.r.id
  rotation_lambda_arn = aws_lambda_function.feed.arn
  rotation_rules {
    automatically_after_days = 30
  }
}
