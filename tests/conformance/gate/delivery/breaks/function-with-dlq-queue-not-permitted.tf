# The role may not send to it.
# Source: Lambda: Adding a dead-letter queue.
# Stops at: aws_lambda_function.own, aws_iam_role.work, aws_sqs_queue.crashed, aws_iam_role_policy.work

resource "aws_sqs_queue" "crashed" {
  name = "crashed"
}

resource "aws_lambda_function" "own" {
  function_name = "own"
  role          = aws_iam_role.work.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.crashed.arn
  }
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.work.name
  }
}
