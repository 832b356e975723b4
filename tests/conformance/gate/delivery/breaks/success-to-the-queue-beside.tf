# The function may send to another queue than its destination.
# Source: Lambda Developer Guide: Destinations
# Stops at: aws_lambda_function_event_invoke_config.work, aws_iam_role.work, aws_lambda_function.work, aws_iam_role_policy.send

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
resource "aws_sqs_queue" "other" {
  name = "other"
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.other.arn }] })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name                = aws_lambda_function.work.function_name
  maximum_event_age_in_seconds = 21600
  maximum_retry_attempts       = 0
  destination_config {
    on_success {
      destination = aws_sqs_queue.jobs.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "jobs" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "work" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}
