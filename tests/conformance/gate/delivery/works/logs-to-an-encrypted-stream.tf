# The role that brings logs to a stream may use the stream's key.
# Source: awsdocs/amazon-cloudwatch-logs-user-guide, pull request 47.

resource "aws_cloudwatch_log_group" "app" {
  name = "/app"
}

resource "aws_kms_key" "tape" {}

resource "aws_kinesis_stream" "tape" {
  name            = "tape"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.tape.arn
}

resource "aws_iam_role" "logs" {
  name = "logs"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "logs.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "logs" {
  name = "logs"
  role = aws_iam_role.logs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kinesis:PutRecord", Resource = aws_kinesis_stream.tape.arn },
      { Effect = "Allow", Action = "kms:GenerateDataKey", Resource = aws_kms_key.tape.arn },
    ]
  })
}

resource "aws_cloudwatch_log_subscription_filter" "app" {
  name            = "app"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = ""
  destination_arn = aws_kinesis_stream.tape.arn
  role_arn        = aws_iam_role.logs.arn
}
