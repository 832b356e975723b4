# The pipe invokes an alias, and its role may invoke the function without one only.
# Source: AWS Lambda Developer Guide: Versions and aliases in policies.
# Stops at: aws_pipes_pipe.work, aws_iam_role_policy.pipe, aws_iam_role.pipe

resource "aws_sqs_queue" "from" {
  name = "from"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.work.function_name
  function_version = "1"
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
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.from.arn },
      { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.work.arn },
    ]
  })
}

resource "aws_pipes_pipe" "work" {
  name     = "work"
  role_arn = aws_iam_role.pipe.arn
  source   = aws_sqs_queue.from.arn
  target   = aws_lambda_alias.live.arn
}
