# The function's role may receive and not decrypt.
# Source: SQS: Key management, configure KMS permissions for consumers.
# Stops at: aws_lambda_event_source_mapping.jobs, aws_iam_role.work, aws_kms_key.jobs, aws_iam_role_policy.reads

resource "aws_kms_key" "jobs" {
  description = "jobs"
}

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  kms_master_key_id          = aws_kms_key.jobs.arn
  visibility_timeout_seconds = 180
}

resource "aws_iam_role_policy" "reads" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.jobs.arn }] })
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}
