resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:sqs:us-east-1:123456789012:elsewhere"
  dead_letter_config {
    arn = aws_sqs_queue.lost.arn # expect: fail
  }
}

resource "aws_sqs_queue" "work" {
  name = "work"
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "dead" {
  name                      = "dead"
  message_retention_seconds = 3600 # expect: fail
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url = aws_sqs_queue.dead.id
  redrive_allow_policy = jsonencode({ # expect: fail
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:us-east-1:123456789012:other"]
  })
}
