# The managed policy allows, another policy of the role denies.
# Source: IAM: Policy evaluation logic, explicit Deny.
# Stops at: aws_lambda_event_source_mapping.jobs, aws_iam_role.work, aws_iam_role_policy.fence, aws_iam_role_policy_attachment.reads

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}

resource "aws_iam_role_policy_attachment" "reads" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"
}

resource "aws_iam_role_policy" "fence" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", NotAction = ["logs:*", "dynamodb:*"], Resource = "*" }] })
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.function_name
}
