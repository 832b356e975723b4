# The mapping names the queue's URL.
# Source: AWS Lambda API Reference, CreateEventSourceMapping.
# Stops at: aws_lambda_event_source_mapping.m

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.jobs.arn }]
  })
}

resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.jobs.url
  function_name    = aws_lambda_function.work.arn
}
