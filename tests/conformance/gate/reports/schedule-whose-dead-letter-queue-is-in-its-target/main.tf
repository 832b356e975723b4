resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_iam_role" "close" {
  name = "close"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "close" {
  role = aws_iam_role.close.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = ["arn:aws:sqs:us-east-1:111122223333:closing", aws_sqs_queue.dead.arn] }]
  })
}

resource "aws_scheduler_schedule" "close" {
  name                = "close"
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = "arn:aws:sqs:us-east-1:111122223333:closing"
    role_arn = aws_iam_role.close.arn
    dynamic "dead_letter_config" {
      for_each = aws_sqs_queue.dead.arn != "" ? [aws_sqs_queue.dead.arn] : []
      content {
        arn = dead_letter_config.value
      }
    }
  }
}
