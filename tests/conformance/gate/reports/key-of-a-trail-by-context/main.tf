data "aws_caller_identity" "me" {}
resource "aws_kms_key" "k" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = ["kms:Decrypt", "kms:ReEncryptFrom"], Resource = "*",
    Condition = { StringEquals = { "kms:CallerAccount" = data.aws_caller_identity.me.account_id }, StringLike = { "kms:EncryptionContext:aws:cloudtrail:arn" = "arn:aws:cloudtrail:*:${data.aws_caller_identity.me.account_id}:trail/*" } } }] })
}
