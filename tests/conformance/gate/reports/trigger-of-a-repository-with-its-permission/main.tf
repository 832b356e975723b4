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
resource "aws_codecommit_repository" "r" {
  repository_name = "r"
}
resource "aws_codecommit_trigger" "t" {
  repository_name = aws_codecommit_repository.r.repository_name
  trigger {
    name            = "t"
    events          = ["all"]
    destination_arn = aws_lambda_function.feed.arn
  }
}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.feed.function_name
  principal     = "codecommit.amazonaws.com"
  source_arn    = aws_codecommit_repository.r.arn
}
