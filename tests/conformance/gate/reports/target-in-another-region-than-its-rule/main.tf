provider "aws" { region = "us-east-1" }
resource "aws_cloudwatch_event_rule" "r" {
  name          = "r"
  event_pattern = jsonencode({ source = ["feeds"] })
}
resource "aws_cloudwatch_event_target" "t" {
  region = "us-west-2"
  rule   = aws_cloudwatch_event_rule.r.name
  arn    = "arn:aws:sqs:us-west-2:111122223333:q"
}
