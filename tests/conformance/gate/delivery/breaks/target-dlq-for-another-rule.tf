# The dead-letter queue admits the failures of another rule.
# Source: EventBridge: Using dead-letter queues to process undelivered events.
# Stops at: aws_cloudwatch_event_target.work, aws_sqs_queue.lost, aws_sqs_queue_policy.lost

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_rule" "daily" {
  name                = "daily"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_lambda_function.work.arn
  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_lambda_permission" "hourly" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}

resource "aws_sqs_queue" "lost" {
  name = "lost"
}

resource "aws_sqs_queue_policy" "lost" {
  queue_url = aws_sqs_queue.lost.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.lost.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.daily.arn } }
    }]
  })
}
