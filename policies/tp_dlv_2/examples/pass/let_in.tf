resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
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
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.trade.arn } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:sqs:us-east-1:123456789012:elsewhere"
  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_sqs_queue" "work" {
  name = "work"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.lost.arn
    maxReceiveCount     = 5
  })
}
