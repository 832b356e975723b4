# The pipe is stopped.
# Source: EventBridge Pipes Reference, CreatePipe, DesiredState.
# Stops at: aws_pipes_pipe.p

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}

resource "aws_iam_role" "pipe" {
  name = "pipe"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "pipes.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "pipe" {
  name = "pipe"
  role = aws_iam_role.pipe.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.jobs.arn },
    { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.work.arn }]
  })
}

resource "aws_pipes_pipe" "p" {
  name          = "p"
  role_arn      = aws_iam_role.pipe.arn
  source        = aws_sqs_queue.jobs.arn
  target        = aws_lambda_function.work.arn
  desired_state = "STOPPED"
}
