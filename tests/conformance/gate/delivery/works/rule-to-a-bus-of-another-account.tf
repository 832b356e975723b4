# Events go to a bus of another account with a role that may put them there.
# Source: AWS re:Post knowledge centre, cross-account and cross-Region EventBridge rules.

resource "aws_iam_role" "across" {
  name               = "across"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "across" {
  role = aws_iam_role.across.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "events:PutEvents", Resource = "arn:aws:events:eu-west-1:444455556666:event-bus/central" },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "all" {
  name          = "all"
  event_pattern = jsonencode({ source = [{ prefix = "desk." }] })
}

resource "aws_cloudwatch_event_target" "central" {
  rule     = aws_cloudwatch_event_rule.all.name
  arn      = "arn:aws:events:eu-west-1:444455556666:event-bus/central"
  role_arn = aws_iam_role.across.arn
}
