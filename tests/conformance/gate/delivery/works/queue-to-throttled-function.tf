# A function with little reserved concurrency takes its turn.
# Source: Lambda: Configuring reserved concurrency.

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}

resource "aws_iam_role_policy_attachment" "reads" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"
}

resource "aws_lambda_function" "slow" {
  function_name                  = "slow"
  role                           = aws_iam_role.work.arn
  handler                        = "main.handler"
  runtime                        = "python3.12"
  filename                       = "${path.module}/code.zip"
  timeout                        = 10
  reserved_concurrent_executions = -1
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.slow.arn
}
