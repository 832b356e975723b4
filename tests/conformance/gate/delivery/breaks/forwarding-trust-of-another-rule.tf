# The role that forwards trusts EventBridge for another rule only.
# Source: EventBridge User Guide, Cross-service confused deputy prevention.
# Stops at: aws_cloudwatch_event_target.placed, aws_iam_role.run

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_cloudwatch_event_bus" "far" {
  name = "far"
}

resource "aws_cloudwatch_event_archive" "far" {
  name             = "far"
  event_source_arn = aws_cloudwatch_event_bus.far.arn
}

resource "aws_iam_role" "run" {
  name = "run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole", Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:events:eu-west-1:${data.aws_caller_identity.me.account_id}:rule/other" } } }]
  })
}

resource "aws_iam_role_policy" "run" {
  name = "run"
  role = aws_iam_role.run.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["events:PutEvents"], Resource = aws_cloudwatch_event_bus.far.arn }]
  })
}

resource "aws_cloudwatch_event_target" "placed" {
  rule     = aws_cloudwatch_event_rule.placed.name
  arn      = aws_cloudwatch_event_bus.far.arn
  role_arn = aws_iam_role.run.arn
}
