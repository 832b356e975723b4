resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "at(2099-11-20T13:00:00)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sqs:us-east-1:111122223333:q"
}
