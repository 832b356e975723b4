variable "enabled" {
  type    = bool
  default = false
}
resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 2 * * ? *)"
  state               = var.enabled ? "ENABLED" : "DISABLED"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:sqs:us-east-1:123456789012:q"
    role_arn = "arn:aws:iam::123456789012:role/r"
    dead_letter_config { arn = "arn:aws:sqs:us-east-1:123456789012:d" }
  }
}
