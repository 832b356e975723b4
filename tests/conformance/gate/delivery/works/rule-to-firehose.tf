# The role may put records and batches of them.
# Source: EventBridge User Guide, Identity-based policies, Firehose target.

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_kinesis_firehose_delivery_stream" "kept" {
  name        = "kept"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = aws_iam_role.work.arn
    bucket_arn = "arn:aws:s3:::kept"
  }
}

resource "aws_iam_role" "run" {
  name = "run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "run" {
  name = "run"
  role = aws_iam_role.run.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["firehose:PutRecord", "firehose:PutRecordBatch"], Resource = aws_kinesis_firehose_delivery_stream.kept.arn }]
  })
}

resource "aws_cloudwatch_event_target" "placed" {
  rule     = aws_cloudwatch_event_rule.placed.name
  arn      = aws_kinesis_firehose_delivery_stream.kept.arn
  role_arn = aws_iam_role.run.arn
}
