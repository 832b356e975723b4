# A schedule whose role may send to any queue has a dead-letter queue.
# Source: EventBridge Scheduler User Guide, Configuring a schedule's dead-letter queue.

resource "aws_sqs_queue" "lost" {
  name = "lost"
}

resource "aws_iam_role" "clock" {
  name               = "clock"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "clock" {
  role = aws_iam_role.clock.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = [aws_lambda_function.work.arn, "${aws_lambda_function.work.arn}:*"] },
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" },
    ]
  })
}

resource "aws_scheduler_schedule" "tick" {
  name                = "tick"
  schedule_expression = "rate(5 minutes)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.work.arn
    role_arn = aws_iam_role.clock.arn
    dead_letter_config {
      arn = aws_sqs_queue.lost.arn
    }
  }
}
