locals {
  # AWS KMS Developer Guide, "Key spec reference"; a spec has one signing algorithm, and the names are those of the log's checkpoint format.
  key_specs   = { ECDSA_P256 = "ECC_NIST_P256" }
  signing_key = aws_kms_key.checkpoint[var.checkpoint_key_generations[length(var.checkpoint_key_generations) - 1]]
}

# The last generation signs; the ones before it may still sign the leaf that hands the log over to the next key.
resource "aws_kms_key" "checkpoint" {
  for_each = toset(var.checkpoint_key_generations)

  description              = "Signs the audit log's checkpoints (${var.environment_suffix}, generation ${each.key})."
  customer_master_key_spec = local.key_specs[var.checkpoint_algorithm]
  deletion_window_in_days  = var.key_deletion_window_days
  key_usage                = "SIGN_VERIFY"

  # The account's own statement leaves kms:Sign out, so no IAM policy can grant it. Who may change this policy can in the end
  # (docs/threat-model.md, "What is left").
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountAdministers"
        Effect    = "Allow"
        Principal = { AWS = "arn:${var.account.partition}:iam::${var.account.id}:root" }
        Action    = var.key_administration_actions
        Resource  = "*"
      },
      {
        Sid       = "AccountVerifies"
        Effect    = "Allow"
        Principal = { AWS = "arn:${var.account.partition}:iam::${var.account.id}:root" }
        Action    = ["kms:GetPublicKey", "kms:Verify"]
        Resource  = "*"
      },
      {
        Sid       = "SealerSigns"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.sealer.arn }
        Action    = "kms:Sign"
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kms_alias" "checkpoint" {
  name          = "alias/key-checkpoint-${var.environment_suffix}"
  target_key_id = local.signing_key.key_id
}
