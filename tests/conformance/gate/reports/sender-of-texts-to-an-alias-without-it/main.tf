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
resource "aws_cognito_user_pool" "r" {
  name = "r"
  lambda_config {
    custom_sms_sender {
      lambda_arn     = aws_lambda_alias.live.arn
      lambda_version = "V1_0"
    }
  }
}
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.feed.function_name
  function_version = "1"
}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.feed.function_name
  principal     = "cognito-idp.amazonaws.com"
}
