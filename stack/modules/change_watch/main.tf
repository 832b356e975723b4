# Who may change what the audit log's trust rests on is told of here: the signing keys, the sealer, the roles, and the
# policies of tables and bucket. EventBridge gets such calls from CloudTrail only where a trail logs management events
# (Amazon EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"): the account's own, or the trail made here.
locals {
  arn_prefix  = "${var.account.region}:${var.account.id}"
  queue_arn   = "arn:${var.account.partition}:sqs:${local.arn_prefix}:queue-changes-dlq-${var.environment_suffix}"
  topic_arn   = "arn:${var.account.partition}:sns:${local.arn_prefix}:topic-changes-${var.environment_suffix}"
  rule_arns   = "arn:${var.account.partition}:events:${local.arn_prefix}:rule/rule-changes-*-${var.environment_suffix}"
  trail_arn   = "arn:${var.account.partition}:cloudtrail:${local.arn_prefix}:trail/trail-market-data-${var.environment_suffix}"
  runbook     = var.runbook
  account_arn = "arn:${var.account.partition}:iam::${var.account.id}:root"
}

# A key of its own: whoever can bend the data key's policy must not be able to blind what tells of it.
resource "aws_kms_key" "this" {
  description             = "Encrypts what tells of changes (${var.environment_suffix})."
  deletion_window_in_days = var.key_deletion_window_days
  enable_key_rotation     = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid       = "AccountAdministers"
          Effect    = "Allow"
          Principal = { AWS = local.account_arn }
          Action    = var.key_administration_actions
          Resource  = "*"
        },
        {
          Sid       = "AccountUsesThroughServices"
          Effect    = "Allow"
          Principal = { AWS = local.account_arn }
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = "*"
          Condition = {
            StringEquals = {
              "kms:CallerAccount" = var.account.id
              "kms:ViaService"    = [for service in ["s3", "sns", "sqs"] : "${service}.${var.account.region}.amazonaws.com"]
            }
          }
        },
        {
          # EventBridge does not pass on the source account to every service, so the topic names itself in the context
          # (Amazon SNS Developer Guide, "Key management").
          Sid       = "RulesNotify"
          Effect    = "Allow"
          Principal = { Service = "events.amazonaws.com" }
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = "*"
          Condition = { ArnEquals = { "kms:EncryptionContext:aws:sns:topicArn" = local.topic_arn } }
        },
        {
          Sid       = "RulesFillQueue"
          Effect    = "Allow"
          Principal = { Service = "events.amazonaws.com" }
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = "*"
          Condition = { ArnEquals = { "kms:EncryptionContext:aws:sqs:arn" = local.queue_arn } }
        },
        {
          Sid       = "RulesOfAccountDeliver"
          Effect    = "Allow"
          Principal = { Service = "events.amazonaws.com" }
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = "*"
          Condition = { StringEquals = { "aws:SourceAccount" = var.account.id } }
        },
      ],
      # AWS CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail".
      var.trail == null ? [] : [
        {
          Sid       = "TrailEncrypts"
          Effect    = "Allow"
          Principal = { Service = "cloudtrail.amazonaws.com" }
          Action    = "kms:GenerateDataKey"
          Resource  = "*"
          Condition = {
            ArnEquals = {
              "aws:SourceArn"                            = local.trail_arn
              "kms:EncryptionContext:aws:cloudtrail:arn" = local.trail_arn
            }
          }
        },
        {
          Sid       = "TrailFindsKey"
          Effect    = "Allow"
          Principal = { Service = "cloudtrail.amazonaws.com" }
          Action    = "kms:DescribeKey"
          Resource  = "*"
          Condition = { ArnEquals = { "aws:SourceArn" = local.trail_arn } }
        },
      ],
    )
  })
}

resource "aws_sns_topic" "changes" {
  name              = "topic-changes-${var.environment_suffix}"
  kms_master_key_id = aws_kms_key.this.arn
}

resource "aws_sns_topic_policy" "changes" {
  arn = aws_sns_topic.changes.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AllowRules"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.changes.arn
        Condition = { ArnLike = { "aws:SourceArn" = local.rule_arns } }
      },
      {
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.changes.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "changes" {
  for_each = var.subscriptions

  endpoint  = each.value.endpoint
  protocol  = each.value.protocol
  topic_arn = aws_sns_topic.changes.arn
}

# A notice that could not be handed over waits here.
resource "aws_sqs_queue" "dlq" {
  name                      = "queue-changes-dlq-${var.environment_suffix}"
  kms_master_key_id         = aws_kms_key.this.arn
  message_retention_seconds = var.dlq_retention_seconds
  redrive_allow_policy      = jsonencode({ redrivePermission = "denyAll" })

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AllowRules"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = local.queue_arn
        Condition = { ArnLike = { "aws:SourceArn" = local.rule_arns } }
      },
      {
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = local.queue_arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  alarm_name          = "alarm-changes-dlq-${var.environment_suffix}"
  alarm_description   = "A notice of a change to what the audit log rests on was not delivered. Runbook: ${local.runbook}changes."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  dimensions          = { QueueName = aws_sqs_queue.dlq.name }
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
