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
resource "aws_config_config_rule" "r" {
  name = "r"
  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.feed.arn
    source_detail {
      message_type = "ConfigurationItemChangeNotification"
    }
  }
}
