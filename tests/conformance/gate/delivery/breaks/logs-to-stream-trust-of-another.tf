# The role trusts Kinesis.
# Source: CloudWatch Logs: Subscription filters with Kinesis Data Streams.
# Stops at: aws_cloudwatch_log_subscription_filter.lines, aws_iam_role.logs

resource "aws_kinesis_stream" "lines" {
  name        = "lines"
  shard_count = 1
}

resource "aws_iam_role" "logs" {
  name               = "logs"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "kinesis.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "logs" {
  role   = aws_iam_role.logs.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kinesis:PutRecord", Resource = aws_kinesis_stream.lines.arn }] })
}

resource "aws_cloudwatch_log_subscription_filter" "lines" {
  name            = "lines"
  log_group_name  = aws_cloudwatch_log_group.work.name
  filter_pattern  = ""
  destination_arn = aws_kinesis_stream.lines.arn
  role_arn        = aws_iam_role.logs.arn
}
