# The role may write the default group, the function writes another.
# Source: Lambda: Configuring CloudWatch log groups.
# Stops at: aws_lambda_function.mute, aws_iam_role.mute, aws_iam_role_policy.mute

resource "aws_cloudwatch_log_group" "mute" {
  name = "/shop/mute"
}

resource "aws_iam_role" "mute" {
  name               = "mute"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "mute" {
  role   = aws_iam_role.mute.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "arn:aws:logs:eu-west-1:${data.aws_caller_identity.me.account_id}:log-group:/aws/lambda/mute:*" }] })
}

resource "aws_lambda_function" "mute" {
  function_name = "mute"
  role          = aws_iam_role.mute.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.mute.name
  }
}
