# Pipe may enrich by an alias.
# Source: EventBridge User Guide: Pipes permissions

resource "aws_sqs_queue" "from" {
  name = "from"
}
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_iam_role" "send" {
  name               = "send"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "pipes.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.send.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "lambda:InvokeFunction"], Resource = "*" }] })
}

resource "aws_pipes_pipe" "move" {
  name       = "move"
  role_arn   = aws_iam_role.send.arn
  source     = aws_sqs_queue.from.arn
  enrichment = "${aws_lambda_function.work.arn}:live"
  target     = aws_sqs_queue.jobs.arn
}
