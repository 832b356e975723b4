variable "region" {}
resource "aws_cloudwatch_event_bus" "b" {
  region = var.region
  name   = "b"
}
resource "aws_cloudwatch_event_rule" "there" {
  region         = var.region
  name           = "there"
  event_bus_name = aws_cloudwatch_event_bus.b.name
  event_pattern  = jsonencode({ source = ["feeds"] })
}
resource "aws_cloudwatch_event_target" "t" {
  region         = var.region
  rule           = aws_cloudwatch_event_rule.there.name
  event_bus_name = aws_cloudwatch_event_bus.b.name
  arn            = "arn:aws:sqs:${var.region}:111122223333:q"
}
