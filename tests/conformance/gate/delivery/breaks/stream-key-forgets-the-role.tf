# The stream is encrypted, and the rule's role may write to it but not use its key.
# Source: aws/aws-cdk, issue 10996.
# Stops at: aws_cloudwatch_event_target.placed, aws_iam_role.put, aws_iam_role_policy.put, aws_kms_key.own, aws_kinesis_stream.s

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_kms_key" "own" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kinesis_stream" "s" {
  name            = "s"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.own.arn
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
