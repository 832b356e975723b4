resource "aws_cloudwatch_event_bus" "edge" {
  name = "edge"
}

resource "aws_cloudwatch_event_bus" "core" {
  name = "core"
}

resource "aws_cloudwatch_event_rule" "forward" {
  name           = "forward"
  event_bus_name = aws_cloudwatch_event_bus.edge.name
  event_pattern  = jsonencode({ source = [{ prefix = "market." }] }) # expect: fail
}

resource "aws_cloudwatch_event_target" "forward" {
  rule           = aws_cloudwatch_event_rule.forward.name
  event_bus_name = aws_cloudwatch_event_bus.edge.name
  arn            = aws_cloudwatch_event_bus.core.arn
  role_arn       = aws_iam_role.forward.arn
}

resource "aws_iam_role" "forward" {
  name = "forward"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_cloudwatch_event_rule" "collect" {
  name           = "collect"
  event_bus_name = aws_cloudwatch_event_bus.core.name
  event_pattern  = jsonencode({ source = ["marketdata"] })
}
