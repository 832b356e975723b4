# A rule reaches a bus of another region with a role.
# Source: Amazon EventBridge User Guide: Cross-Region events; ministryofjustice/modernisation-platform-environments, pull request 19002.

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

resource "aws_cloudwatch_event_bus" "far" {
  provider = aws.west
  name     = "far"
}

resource "aws_cloudwatch_event_rule" "there" {
  provider       = aws.west
  name           = "there"
  event_bus_name = aws_cloudwatch_event_bus.far.name
  event_pattern  = jsonencode({ source = ["marketdata"] })
}

resource "aws_iam_role" "far" {
  name = "far"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "far" {
  name = "far"
  role = aws_iam_role.far.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.far.arn },
    ]
  })
}

resource "aws_cloudwatch_event_target" "far" {
  rule     = aws_cloudwatch_event_rule.trade.name
  arn      = aws_cloudwatch_event_bus.far.arn
  role_arn = aws_iam_role.far.arn
}
