# The schedule's role may put records, and not use the stream's key.
# Source: Amazon Kinesis Data Streams Developer Guide, Permissions to use user-generated KMS keys.
# Stops at: aws_scheduler_schedule.nightly, aws_iam_role.run, aws_iam_role_policy.run, aws_kms_key.own, aws_kinesis_stream.s

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

resource "aws_iam_role" "run" {
  name = "run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "run" {
  name = "run"
  role = aws_iam_role.run.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:PutRecord"], Resource = aws_kinesis_stream.s.arn }]
  })
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_kinesis_stream.s.arn
    role_arn = aws_iam_role.run.arn
    kinesis_parameters {
      partition_key = "one"
    }
  }
}
