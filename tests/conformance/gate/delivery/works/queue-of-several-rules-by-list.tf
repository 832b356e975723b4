# One condition lists the rules that a queue admits.
# Source: aquasecurity/cloudsploit, issue 936.

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_cloudwatch_event_rule" "quote" {
  name          = "quote"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.jobs.arn
      Condition = { ArnLike = { "aws:SourceArn" = [aws_cloudwatch_event_rule.trade.arn, aws_cloudwatch_event_rule.quote.arn] } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "trade" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = aws_sqs_queue.jobs.arn
}

resource "aws_cloudwatch_event_target" "quote" {
  rule = aws_cloudwatch_event_rule.quote.name
  arn  = aws_sqs_queue.jobs.arn
}
