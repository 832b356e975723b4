removed {
  from = aws_sqs_queue.old
  lifecycle {
    destroy = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "feeds"
  retention_in_days = 60
}
