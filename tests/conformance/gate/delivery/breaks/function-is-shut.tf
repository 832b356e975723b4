# The function's reserved concurrency is zero.
# Source: Lambda: Configuring reserved concurrency, setting it to zero.
# Stops at: aws_lambda_function.shut, aws_lambda_event_source_mapping.jobs

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 180
}

resource "aws_iam_role_policy_attachment" "reads" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"
}

resource "aws_lambda_function" "shut" {
  function_name                  = "shut"
  role                           = aws_iam_role.work.arn
  handler                        = "main.handler"
  runtime                        = "python3.12"
  filename                       = "${path.module}/code.zip"
  timeout                        = 10
  reserved_concurrent_executions = 0
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.shut.arn
}
