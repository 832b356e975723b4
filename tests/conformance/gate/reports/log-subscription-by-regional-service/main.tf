provider "aws" {
  region = "us-east-1"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  filename      = "a.zip"
}

resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = 30
}

resource "aws_lambda_permission" "g" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  principal     = "logs.us-east-1.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.g.arn}:*"
}

resource "aws_cloudwatch_log_subscription_filter" "s" {
  name            = "s"
  log_group_name  = aws_cloudwatch_log_group.g.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.f.arn
}
