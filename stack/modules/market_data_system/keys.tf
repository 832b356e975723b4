locals {
  account_arn = "arn:${local.account.partition}:iam::${local.account.id}:root"

  # Everything an administrator does with a key but use it: cryptographic actions go through the services below.
  key_administration_actions = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
  ]
}

# One key for data at rest. Its policy names by name what does not exist yet when the key is made.
resource "aws_kms_key" "data" {
  description             = "Encrypts the market data stack at rest (${var.environment_suffix})."
  deletion_window_in_days = var.key_deletion_window_days
  enable_key_rotation     = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountAdministers"
        Effect    = "Allow"
        Principal = { AWS = local.account_arn }
        Action    = local.key_administration_actions
        Resource  = "*"
      },
      {
        # IAM policies decide who; nobody uses the key but through these services.
        Sid       = "AccountUsesThroughServices"
        Effect    = "Allow"
        Principal = { AWS = local.account_arn }
        Action = [
          "kms:CreateGrant",
          "kms:Decrypt",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ]
        Resource = "*"
        Condition = {
          StringEquals = {
            "kms:CallerAccount" = local.account.id
            "kms:ViaService"    = [for service in ["dynamodb", "lambda", "s3", "sns", "sqs"] : "${service}.${local.account.region}.amazonaws.com"]
          }
        }
      },
      {
        # What the bus could not process lies encrypted in a dead-letter queue, for people to decrypt (EventBridge User
        # Guide, "Decrypting events in EventBridge dead-letter queues"). IAM policies decide who.
        Sid       = "AccountRecoversEvents"
        Effect    = "Allow"
        Principal = { AWS = local.account_arn }
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = {
          StringEquals               = { "kms:CallerAccount" = local.account.id }
          "ForAnyValue:StringEquals" = { "kms:EncryptionContextKeys" = ["aws:events:event-bus", "aws:events:event-bus:arn"] }
        }
      },
      {
        # CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
        Sid       = "LogsEncrypt"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.account.region}.amazonaws.com" }
        Action = [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = local.log_group_arns } }
      },
      {
        # EventBridge User Guide, "Encrypting EventBridge event buses with AWS KMS keys". The archive reads the bus
        # through a rule that EventBridge owns, so the bus is named by its encryption context, not by the caller.
        Sid       = "BusEncrypts"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
        Resource  = "*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount"                              = local.account.id
            "kms:EncryptionContext:aws:events:event-bus:arn" = local.event_bus_arn
          }
        }
      },
      {
        Sid       = "BusFindsKey"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "kms:DescribeKey"
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account.id } }
      },
      {
        # Amazon SQS Developer Guide, "Configure KMS permissions for AWS services". A queue or topic names itself in the
        # encryption context; the source account is not passed on by every service (Amazon SNS Developer Guide, "Key
        # management": not by EventBridge), so either is enough.
        Sid       = "RulesFillQueues"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:sqs:arn" = local.queue_arns } }
      },
      {
        Sid       = "RulesOfAccountFillQueues"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account.id } }
      },
      {
        Sid       = "AlarmsNotify"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { ArnEquals = { "kms:EncryptionContext:aws:sns:topicArn" = local.topic_arns } }
      },
      {
        Sid       = "AlarmsOfAccountNotify"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account.id } }
      },
    ]
  })
}

resource "aws_kms_alias" "data" {
  name          = "alias/key-data-${var.environment_suffix}"
  target_key_id = aws_kms_key.data.key_id
}
