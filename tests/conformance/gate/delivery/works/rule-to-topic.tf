# A topic's policy admits EventBridge.
# Source: EventBridge: Resource-based policies, Amazon SNS permissions.

resource "aws_cloudwatch_event_rule" "failed" {
  name          = "failed"
  event_pattern = jsonencode({ source = ["aws.batch"], detail = { status = ["FAILED"] } })
}

resource "aws_sns_topic" "bell" {
  name = "bell"
}

resource "aws_sns_topic_policy" "bell" {
  arn = aws_sns_topic.bell.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.bell.arn
    }]
  })
}

resource "aws_cloudwatch_event_target" "bell" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = aws_sns_topic.bell.arn
}
