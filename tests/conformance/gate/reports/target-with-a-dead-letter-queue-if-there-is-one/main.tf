resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue_policy" "dead" {
  queue_url = aws_sqs_queue.dead.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.dead.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.quote.arn } }
    }]
  })
}

resource "aws_cloudwatch_event_rule" "quote" {
  name          = "quote"
  event_pattern = jsonencode({ source = ["feeds"] })
}

resource "aws_cloudwatch_event_target" "quote" {
  rule = aws_cloudwatch_event_rule.quote.name
  arn  = "arn:aws:kinesis:us-east-1:111122223333:stream/quotes"
  dynamic "dead_letter_config" {
    for_each = aws_sqs_queue.dead.arn != "" ? [aws_sqs_queue.dead.arn] : []
    content {
      arn = dead_letter_config.value
    }
  }
}
