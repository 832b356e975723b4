# Failures go to a topic, successes to a bus, and the role may both.
# Source: Lambda: Adding a destination, permissions.

resource "aws_sns_topic" "failed" {
  name = "failed"
}

resource "aws_cloudwatch_event_bus" "done" {
  name = "done"
}

resource "aws_iam_role_policy" "tells" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.failed.arn },
      { Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.done.arn },
    ]
  })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_sns_topic.failed.arn
    }
    on_success {
      destination = aws_cloudwatch_event_bus.done.arn
    }
  }
}
