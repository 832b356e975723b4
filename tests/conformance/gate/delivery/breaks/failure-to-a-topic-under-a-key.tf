# The role may publish, and may not use the topic's key.
# Source: AWS Lambda Developer Guide, Adding a destination; Amazon SNS Developer Guide, Key management.
# Stops at: aws_lambda_function_event_invoke_config.work, aws_iam_role.work, aws_iam_role_policy.more, aws_sns_topic.told, aws_kms_key.own, aws_lambda_function.work

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

resource "aws_sns_topic" "told" {
  name              = "told"
  kms_master_key_id = aws_kms_key.own.arn
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sns:Publish"], Resource = aws_sns_topic.told.arn }]
  })
}

resource "aws_lambda_function_event_invoke_config" "work" {
  function_name = aws_lambda_function.work.function_name
  destination_config {
    on_failure {
      destination = aws_sns_topic.told.arn
    }
  }
}
