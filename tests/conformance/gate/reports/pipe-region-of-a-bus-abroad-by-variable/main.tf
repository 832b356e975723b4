provider "aws" {
  region = "us-east-1"
}
variable "bus" {
  type    = string
  default = "arn:aws:events:eu-central-1:123456789012:event-bus/default"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = "r"
  arn  = var.bus
}
