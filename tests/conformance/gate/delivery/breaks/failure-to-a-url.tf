# What failed goes to the queue's URL.
# Source: AWS Lambda API Reference, OnFailure.
# Stops at: aws_lambda_function_event_invoke_config.work

resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.dead.arn }]
  })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead.url
    }
  }
}
