# Under the AWS managed key whoever may write to the stream may use the key through it.
# Source: Amazon Kinesis Data Streams Developer Guide, Server-side encryption.

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_kinesis_stream" "s" {
  name            = "s"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}

resource "aws_iam_role" "put" {
  name = "put"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "put" {
  name = "put"
  role = aws_iam_role.put.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:PutRecord", "kinesis:PutRecords"], Resource = aws_kinesis_stream.s.arn }]
  })
}

resource "aws_cloudwatch_event_target" "placed" {
  rule     = aws_cloudwatch_event_rule.placed.name
  arn      = aws_kinesis_stream.s.arn
  role_arn = aws_iam_role.put.arn
}
