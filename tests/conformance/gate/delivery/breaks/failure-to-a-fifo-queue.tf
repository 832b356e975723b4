# A FIFO queue cannot be a destination of an asynchronous invocation.
# Source: Lambda: Asynchronous invocation, destinations are standard queues and topics.
# Stops at: aws_lambda_function_event_invoke_config.work, aws_sqs_queue.failed

resource "aws_sqs_queue" "failed" {
  name       = "failed.fifo"
  fifo_queue = true
}

resource "aws_iam_role_policy" "sends" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn }] })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}
