resource "aws_cloudwatch_event_rule" "placed" {
  name          = "placed"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}

resource "aws_sfn_state_machine" "settle" {
  name       = "settle"
  role_arn   = "arn:aws:iam::111122223333:role/settle"
  definition = jsonencode({ StartAt = "End", States = { End = { Type = "Succeed" } } })
}

resource "aws_cloudwatch_event_target" "placed" {
  rule = aws_cloudwatch_event_rule.placed.name
  arn  = aws_sfn_state_machine.settle.arn
}
