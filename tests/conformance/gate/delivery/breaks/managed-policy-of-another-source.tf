# The role has AWS's policy for streams, the source is a queue.
# Source: Lambda: AWS managed policies for execution roles.
# Stops at: aws_lambda_event_source_mapping.jobs, aws_iam_role.work, aws_iam_role_policy_attachment.reads, aws_iam_role_policy.work

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}

resource "aws_iam_role_policy_attachment" "reads" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}
