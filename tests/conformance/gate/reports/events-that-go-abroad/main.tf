provider "aws" {
  region = "us-east-1"
}
resource "aws_cloudwatch_event_target" "t" {
  rule     = "r"
  arn      = "arn:aws:events:eu-west-1:123456789012:event-bus/default"
  role_arn = "r"
}
