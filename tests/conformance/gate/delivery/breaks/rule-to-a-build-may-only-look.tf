# The role may look at builds, and not start one.
# Source: EventBridge User Guide, Identity-based policies, CodeBuild target.
# Stops at: aws_cloudwatch_event_target.placed, aws_iam_role.run, aws_iam_role_policy.run

resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
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
    Statement = [{ Effect = "Allow", Action = ["codebuild:BatchGetBuilds"], Resource = "*" }]
  })
}

resource "aws_cloudwatch_event_target" "placed" {
  rule     = aws_cloudwatch_event_rule.placed.name
  arn      = "arn:aws:codebuild:eu-west-1:${data.aws_caller_identity.me.account_id}:project/site"
  role_arn = aws_iam_role.run.arn
}
