# The function's role may nothing about logs.
# Source: Lambda: Defining permissions with an execution role, CloudWatch Logs.
# Stops at: aws_lambda_function.mute, aws_iam_role.mute

resource "aws_cloudwatch_log_group" "mute" {
  name = "/aws/lambda/mute"
}

resource "aws_iam_role" "mute" {
  name               = "mute"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_lambda_function" "mute" {
  function_name = "mute"
  role          = aws_iam_role.mute.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
}
