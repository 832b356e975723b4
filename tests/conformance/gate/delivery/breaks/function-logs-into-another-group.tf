# The function writes to a group that its role may not write to.
# Source: AWS Lambda Developer Guide, Configuring advanced logging controls.
# Stops at: aws_lambda_function.logs, aws_iam_role.work, aws_iam_role_policy.work, aws_cloudwatch_log_group.shared

resource "aws_cloudwatch_log_group" "shared" {
  name = "/shared"
}

resource "aws_lambda_function" "logs" {
  function_name = "logs"
  role          = aws_iam_role.work.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.shared.name
  }
}
