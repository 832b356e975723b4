locals {
  schedules = {
    open  = { expression = "cron(30 13 ? * MON-FRI *)" }
    close = { expression = "cron(0 20 ? * MON-FRI 2019-2024)" }
  }
}
resource "aws_scheduler_schedule" "s" {
  for_each            = local.schedules
  name                = each.key
  schedule_expression = each.value.expression
  end_date            = try(each.value.end_date, null)
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:sqs:us-east-1:111122223333:q"
    role_arn = "arn:aws:iam::111122223333:role/s"
  }
}
