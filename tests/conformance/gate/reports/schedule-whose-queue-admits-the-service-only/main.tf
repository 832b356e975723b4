data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "mover" {
  name               = "mover"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "mover" {
  name = "mover"
  role = aws_iam_role.mover.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.end.arn }]
  })
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "end" {
  name = "end"
}

resource "aws_scheduler_schedule" "tick" {
  name                = "tick"
  schedule_expression = "rate(5 minutes)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sqs_queue.end.arn
    role_arn = aws_iam_role.mover.arn
    dead_letter_config {
      arn = aws_sqs_queue.lost.arn
    }
  }
}

resource "aws_sqs_queue_policy" "lost" {
  queue_url = aws_sqs_queue.lost.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.lost.arn
      Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    }]
  })
}
