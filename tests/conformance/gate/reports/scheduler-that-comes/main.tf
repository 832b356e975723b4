resource "aws_scheduler_schedule" "s" {
  for_each            = toset(["at(2099-11-20T13:00:00)", "rate(5 minutes)", "cron(15 10 ? * 6L 2026-2099)"])
  name                = "s"
  schedule_expression = each.value
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:sqs:us-east-1:111122223333:a"
    role_arn = "arn:aws:iam::111122223333:role/s"
  }
}
