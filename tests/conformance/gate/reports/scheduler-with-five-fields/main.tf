resource "aws_scheduler_schedule" "s" {
  name                = "s"
  schedule_expression = "cron(0 12 * * *)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:sqs:us-east-1:111122223333:a"
    role_arn = "arn:aws:iam::111122223333:role/s"
  }
}
