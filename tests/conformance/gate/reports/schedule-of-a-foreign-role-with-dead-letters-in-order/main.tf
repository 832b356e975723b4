resource "aws_sqs_queue" "d" {
  name       = "d.fifo"
  fifo_queue = true
}
resource "aws_scheduler_schedule" "s" {
  name                = "s"
  schedule_expression = "rate(1 hour)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:sqs:us-east-1:111122223333:a"
    role_arn = "arn:aws:iam::111122223333:role/s"
    dead_letter_config { arn = aws_sqs_queue.d.arn }
  }
}
