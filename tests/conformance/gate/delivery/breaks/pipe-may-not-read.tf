# The pipe's role may send, and not receive.
# Source: EventBridge Pipes: Permissions for an SQS source.
# Stops at: aws_pipes_pipe.jobs, aws_iam_role.pipe, aws_iam_role_policy.pipe

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue" "out" {
  name = "out"
}

resource "aws_iam_role" "pipe" {
  name               = "pipe"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "pipes.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "pipe" {
  role   = aws_iam_role.pipe.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }] })
}

resource "aws_pipes_pipe" "jobs" {
  name     = "jobs"
  role_arn = aws_iam_role.pipe.arn
  source   = aws_sqs_queue.jobs.arn
  target   = aws_sqs_queue.out.arn
}
