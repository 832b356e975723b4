resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "cron(0 12 30 2 ? *)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sqs:us-east-1:111122223333:q"
}
