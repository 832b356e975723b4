resource "aws_cloudwatch_event_bus" "far" {
  name = "far"
}

resource "aws_cloudwatch_event_rule" "r" {
  name          = "r"
  event_pattern = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_rule" "far" {
  name           = "far"
  event_bus_name = aws_cloudwatch_event_bus.far.name
  event_pattern  = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_target" "far" {
  rule           = aws_cloudwatch_event_rule.far.name
  event_bus_name = aws_cloudwatch_event_bus.far.name
  arn            = "arn:aws:sns:us-east-1:111122223333:t"
}

resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_cloudwatch_event_target" "r" {
  rule     = aws_cloudwatch_event_rule.r.name
  arn      = aws_cloudwatch_event_bus.far.arn
  role_arn = aws_iam_role.r.arn
}
