variable "sources" {
  type    = list(string)
  default = []
}
resource "aws_cloudwatch_event_rule" "r" {
  name          = "r"
  event_pattern = jsonencode({ source = [for s in var.sources : "feeds.${s}"] })
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:sqs:us-east-1:123456789012:q"
}
