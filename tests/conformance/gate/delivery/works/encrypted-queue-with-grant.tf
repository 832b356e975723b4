# A function reads an encrypted queue with a grant on the key in place of a policy.
# Source: AWS KMS Developer Guide, Grants in AWS KMS.

resource "aws_kms_key" "data" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/keys" }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_kms_grant" "work" {
  key_id            = aws_kms_key.data.key_id
  grantee_principal = aws_iam_role.work.arn
  operations        = ["Decrypt"]
}

resource "aws_sqs_queue" "inbox" {
  name = "inbox"
  kms_master_key_id          = aws_kms_key.data.arn
  visibility_timeout_seconds = 60
}

resource "aws_iam_role_policy" "inbox" {
  name = "inbox"
  role = aws_iam_role.work.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = aws_sqs_queue.inbox.arn }]
  })
}

resource "aws_lambda_event_source_mapping" "inbox" {
  event_source_arn = aws_sqs_queue.inbox.arn
  function_name    = aws_lambda_function.work.arn
}
