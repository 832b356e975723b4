# A queue of another account, reached with a role.
# Source: aws/aws-cdk, pull request 33357.

resource "aws_cloudwatch_event_rule" "trade" {
  name          = "trade"
  event_pattern = jsonencode({ source = ["marketdata"] })
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
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:444455556666:jobs" },
    ]
  })
}

resource "aws_cloudwatch_event_target" "far" {
  rule     = aws_cloudwatch_event_rule.trade.name
  arn      = "arn:aws:sqs:eu-west-1:444455556666:jobs"
  role_arn = aws_iam_role.far.arn
}
