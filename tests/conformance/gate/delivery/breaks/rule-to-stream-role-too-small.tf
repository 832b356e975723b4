# The role may describe the stream and not write.
# Source: EventBridge: Identity-based policies, Kinesis target.
# Stops at: aws_cloudwatch_event_target.ticks, aws_iam_role.events, aws_iam_role_policy.events

resource "aws_kinesis_stream" "ticks" {
  name        = "ticks"
  shard_count = 1
}

resource "aws_cloudwatch_event_rule" "all" {
  name          = "all"
  event_pattern = jsonencode({ source = [{ prefix = "market." }] })
}

resource "aws_iam_role" "events" {
  name               = "events"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "events" {
  role   = aws_iam_role.events.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kinesis:Describe*", Resource = aws_kinesis_stream.ticks.arn }] })
}

resource "aws_cloudwatch_event_target" "ticks" {
  rule     = aws_cloudwatch_event_rule.all.name
  arn      = aws_kinesis_stream.ticks.arn
  role_arn = aws_iam_role.events.arn
}
