resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "trade" {
  name = "trade"
}

resource "aws_sqs_queue_policy" "trade" {
  queue_url = aws_sqs_queue.trade.id
  policy = jsonencode({ # expect: fail
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.trade.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.trade.arn } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = aws_sqs_queue.trade.arn
}

resource "aws_sqs_queue_policy" "again" {
  queue_url = aws_sqs_queue.trade.id
  policy = jsonencode({ # expect: fail
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.trade.arn
    }]
  })
}
