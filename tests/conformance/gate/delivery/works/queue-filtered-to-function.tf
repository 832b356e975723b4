# A filter and batch item failures; the role's policy is attached by a resource of its own.
# Source: Lambda: Event filtering with Amazon SQS.

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 180
}

resource "aws_iam_policy" "reads" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"], Resource = [aws_sqs_queue.jobs.arn] }] })
}

resource "aws_iam_policy_attachment" "reads" {
  name       = "reads"
  roles      = [aws_iam_role.work.name]
  policy_arn = aws_iam_policy.reads.arn
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn        = aws_sqs_queue.jobs.arn
  function_name           = aws_lambda_function.work.arn
  function_response_types = ["ReportBatchItemFailures"]
  filter_criteria {
    filter {
      pattern = jsonencode({ body = { kind = ["trade"] } })
    }
  }
  scaling_config {
    maximum_concurrency = 5
  }
}
