# A queue admits several rules by their ARNs.
# Source: EventBridge User Guide, Amazon SQS permissions.

resource "aws_sqs_queue" "inbox" {
  name = "inbox"
}

resource "aws_cloudwatch_event_rule" "each" {
  for_each      = toset(["trade", "quote"])
  name          = each.key
  event_pattern = jsonencode({ source = ["desk.${each.key}"] })
}

resource "aws_cloudwatch_event_target" "each" {
  for_each = aws_cloudwatch_event_rule.each
  rule     = each.value.name
  arn      = aws_sqs_queue.inbox.arn
}

resource "aws_sqs_queue_policy" "inbox" {
  queue_url = aws_sqs_queue.inbox.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.inbox.arn
      Condition = { "ForAnyValue:ArnEquals" = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.each : rule.arn] } }
    }]
  })
}
