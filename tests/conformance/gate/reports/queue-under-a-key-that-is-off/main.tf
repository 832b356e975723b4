resource "aws_kms_key" "k" {
  is_enabled = false
}
resource "aws_kms_alias" "k" {
  name          = "alias/q"
  target_key_id = aws_kms_key.k.key_id
}
resource "aws_sqs_queue" "q" {
  name              = "q"
  kms_master_key_id = aws_kms_alias.k.name
  policy = jsonencode({
    Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}
