variable "environment" {
  type    = string
  default = "prod"
}
locals {
  on = { prod = "ENABLED", dev = "DISABLED" }
}
resource "aws_scheduler_schedule" "nightly" {
  name                         = "nightly"
  schedule_expression          = "cron(0 2 ? * MON-FRI *)"
  schedule_expression_timezone = "Europe/Berlin"
  state                        = lookup(local.on, var.environment, "DISABLED")
  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }
  target {
    arn      = "arn:aws:sqs:us-east-1:123456789012:q"
    role_arn = "arn:aws:iam::123456789012:role/r"
    dead_letter_config { arn = "arn:aws:sqs:us-east-1:123456789012:d" }
  }
}
