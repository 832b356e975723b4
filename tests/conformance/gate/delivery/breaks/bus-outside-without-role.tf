# A bus of another account is reached with a role only, and there is none.
# Source: Amazon EventBridge API Reference: PutPermission; aws-cloudformation/cloudformation-coverage-roadmap, issue 1110.
# Stops at: aws_cloudwatch_event_target.far

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
}

resource "aws_cloudwatch_event_target" "far" {
  rule = aws_cloudwatch_event_rule.trade.name
  arn  = "arn:aws:events:eu-west-1:444455556666:event-bus/market"
}
