resource "aws_cloudwatch_event_rule" "r" {
  name = "r"
  event_pattern = jsonencode({
    source = ["shop"]
    detail = { total = [{ numeric = [">", 100, "<", 10] }] }
  })
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sqs:us-east-1:123456789012:q"
}
