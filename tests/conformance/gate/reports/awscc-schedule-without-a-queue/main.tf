resource "awscc_scheduler_schedule" "s" {
  schedule_expression  = "rate(5 minutes)"
  flexible_time_window = { mode = "OFF" }
  target = {
    arn      = "arn:aws:sqs:us-east-1:123456789012:q"
    role_arn = "arn:aws:iam::123456789012:role/r"
  }
}
