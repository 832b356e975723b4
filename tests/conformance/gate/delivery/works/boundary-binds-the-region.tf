# A boundary allows everything in one region, where the stream is.
# Source: aws-containers/amazon-ecs-exec-checker, issue 44.

resource "aws_kinesis_stream" "ticks" {
  name        = "ticks"
  shard_count = 1
}

resource "aws_iam_policy" "region" {
  name = "region"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*", Condition = { StringEquals = { "aws:RequestedRegion" = ["eu-west-1"] } } }]
  })
}

resource "aws_iam_role" "put" {
  name               = "put"
  permissions_boundary = aws_iam_policy.region.arn
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "put" {
  role = aws_iam_role.put.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kinesis:PutRecord*", Resource = aws_kinesis_stream.ticks.arn },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "ticks" {
  name          = "ticks"
  event_pattern = jsonencode({ source = ["desk.ticks"] })
}

resource "aws_cloudwatch_event_target" "ticks" {
  rule     = aws_cloudwatch_event_rule.ticks.name
  arn      = aws_kinesis_stream.ticks.arn
  role_arn = aws_iam_role.put.arn
}
