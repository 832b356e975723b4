# The function may send to its dead-letter queue, but may not use the queue's key.
# Source: aws/aws-cdk, issue 33153; ministryofjustice/modernisation-platform-environments, pull request 18985.
# Stops at: aws_lambda_function.keeps, aws_iam_role.work, aws_iam_role_policy.more, aws_sqs_queue.dead, aws_kms_key.own

resource "aws_kms_key" "own" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
        Action    = ["kms:Describe*", "kms:Put*", "kms:ScheduleKeyDeletion"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_sqs_queue" "dead" {
  name              = "dead"
  kms_master_key_id = aws_kms_key.own.arn
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.dead.arn }]
  })
}

resource "aws_lambda_function" "keeps" {
  function_name = "work"
  role          = aws_iam_role.work.arn
  handler       = "main.handler"
  runtime       = "python3.12"
  filename      = "${path.module}/code.zip"

  dead_letter_config {
    target_arn = aws_sqs_queue.dead.arn
  }
}
