resource "aws_scheduler_schedule" "s" {
  name                = "s"
  state               = "DISABLED"
  schedule_expression = "rate(1 minute)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:sqs:us-east-1:111122223333:q"
    role_arn = "arn:aws:iam::111122223333:role/r"
  }
}
