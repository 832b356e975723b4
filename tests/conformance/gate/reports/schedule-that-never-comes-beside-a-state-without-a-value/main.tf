variable "state" { type = string }
resource "aws_scheduler_schedule" "s" {
  name                = "s"
  state               = var.state
  schedule_expression = "at(2020-01-01T00:00:00)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:sqs:us-east-1:111122223333:a"
    role_arn = "arn:aws:iam::111122223333:role/s"
  }
}
