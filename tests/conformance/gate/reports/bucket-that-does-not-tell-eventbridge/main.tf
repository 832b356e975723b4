resource "aws_s3_bucket" "drops" {
  bucket = "acme-drops"
}

resource "aws_cloudwatch_event_rule" "dropped" {
  name = "dropped"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = [aws_s3_bucket.drops.id] } }
  })
}

resource "aws_sqs_queue" "work" {
  name = "work"
}

resource "aws_cloudwatch_event_target" "dropped" {
  rule = aws_cloudwatch_event_rule.dropped.name
  arn  = aws_sqs_queue.work.arn
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.work.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.dropped.arn } }
    }]
  })
}
