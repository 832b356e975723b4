# The dead-letter queue admits the scheduler's service, which sends by its role, and the role may not.
# Source: aws/aws-cdk, pull request 32032; EventBridge Scheduler User Guide, Configuring a dead-letter queue.
# Stops at: aws_scheduler_schedule.nightly, aws_iam_role.run, aws_iam_role_policy.run, aws_sqs_queue.dead, aws_sqs_queue_policy.dead

resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_sqs_queue_policy" "dead" {
  queue_url = aws_sqs_queue.dead.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.dead.arn
    }]
  })
}

resource "aws_iam_role" "run" {
  name = "run"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "run" {
  name = "run"
  role = aws_iam_role.run.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = aws_lambda_function.work.arn }]
  })
}

resource "aws_scheduler_schedule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.work.arn
    role_arn = aws_iam_role.run.arn
    dead_letter_config {
      arn = aws_sqs_queue.dead.arn
    }
  }
}
