# The pipe's role may decrypt what waits in its queue.
# Source: opensearch-project/data-prepper, issue 2422.

resource "aws_kms_key" "from" {}

resource "aws_sqs_queue" "from" {
  name              = "from"
  kms_master_key_id = aws_kms_key.from.arn
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
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.from.arn },
    ]
  })
}

resource "aws_pipes_pipe" "work" {
  name     = "work"
  role_arn = aws_iam_role.pipe.arn
  source   = aws_sqs_queue.from.arn
  target   = aws_lambda_function.work.arn
}
