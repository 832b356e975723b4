# Whoever sends to an encrypted queue needs to decrypt the data key as well.
# Source: aws/aws-cdk, issue 6609.
# Stops at: aws_lambda_function_event_invoke_config.work, aws_iam_role_policy.failed, aws_iam_role.work, aws_iam_role_policy.work, aws_kms_key.failed

resource "aws_kms_key" "failed" {}

resource "aws_sqs_queue" "failed" {
  name              = "failed"
  kms_master_key_id = aws_kms_key.failed.arn
}

resource "aws_iam_role_policy" "failed" {
  name = "failed"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn },
      { Effect = "Allow", Action = ["kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"], Resource = aws_kms_key.failed.arn },
    ]
  })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}
