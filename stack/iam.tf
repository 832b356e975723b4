locals {
  arn_of = {
    for service in ["dynamodb", "events", "lambda", "logs", "scheduler", "sns", "sqs"] :
    service => "arn:${local.account.partition}:${service}:${local.account.region}:${local.account.id}"
  }
  function_names    = concat(values(module.processor)[*].function_name, [module.audit_log.function_name])
  function_arns     = [for name in local.function_names : "${local.arn_of.lambda}:function:${name}"]
  audited_role_arns = concat(values(module.processor)[*].role_arn, module.audit_log.role_arns)
}

# Reads what evidence is collected from, and nothing else. There is no such role until somebody is named who may take it.
resource "aws_iam_role" "auditor" {
  count = length(var.auditor_principal_arns) > 0 ? 1 : 0

  name        = "role-auditor-${var.environment_suffix}"
  description = "Reads the configuration, the records and the audit log of the market data stack."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AllowAuditors"
      Effect    = "Allow"
      Principal = { AWS = var.auditor_principal_arns }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "auditor" {
  count = length(aws_iam_role.auditor)

  name = "policy-auditor-${var.environment_suffix}"
  role = aws_iam_role.auditor[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # Lists have no resource to name (Service Authorization Reference, each of these services); composite alarms are
        # listed to those only who may list every alarm (CloudWatch API Reference, DescribeAlarms).
        Sid    = "ListWhatExists"
        Effect = "Allow"
        Action = [
          "cloudwatch:DescribeAlarms",
          "dynamodb:ListTables",
          "events:ListEventBuses",
          "events:ListRules",
          "iam:ListPolicies",
          "iam:ListRoles",
          "iam:ListUsers",
          "kms:ListAliases",
          "kms:ListKeys",
          "lambda:ListEventSourceMappings",
          "lambda:ListFunctions",
          "logs:DescribeLogGroups",
          "s3:ListAllMyBuckets",
          "scheduler:ListSchedules",
          "sns:ListTopics",
          "sqs:ListQueues",
        ]
        Resource = ["*"]
      },
      {
        Sid      = "ReadTables"
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = [module.audit_log.table_arn, module.market_store.table_arn]
      },
      {
        Sid      = "ReadFunctions"
        Effect   = "Allow"
        Action   = ["lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:ListAliases", "lambda:ListFunctionEventInvokeConfigs"]
        Resource = concat(local.function_arns, [for arn in local.function_arns : "${arn}:alias-live-${var.environment_suffix}"])
      },
      {
        Sid      = "ReadLogs"
        Effect   = "Allow"
        Action   = ["logs:FilterLogEvents"]
        Resource = flatten([for name in values(local.log_group_names) : ["${local.arn_of.logs}:log-group:${name}", "${local.arn_of.logs}:log-group:${name}:*"]])
      },
      {
        Sid    = "ReadRouting"
        Effect = "Allow"
        Action = ["events:ListTargetsByRule", "scheduler:GetSchedule"]
        Resource = concat(
          [for processor in module.processor : "${local.arn_of.events}:rule/${module.event_bus.name}/${processor.rule_name}"],
          ["${local.arn_of.scheduler}:schedule/${module.audit_log.schedule_group_name}/${module.audit_log.schedule_name}"],
        )
      },
      {
        Sid    = "ReadQueuesAndTopics"
        Effect = "Allow"
        Action = ["sns:GetTopicAttributes", "sqs:GetQueueAttributes"]
        Resource = concat(
          [for queue in concat(values(local.dlqs), values(local.buffers)) : "${local.arn_of.sqs}:${queue.name}"],
          [module.observability.alarm_topic_arn, module.observability.page_topic_arn],
        )
      },
      {
        Sid      = "ReadRoles"
        Effect   = "Allow"
        Action   = ["iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"]
        Resource = concat(local.audited_role_arns, aws_iam_role.auditor[*].arn)
      },
      {
        Sid    = "ReadBucket"
        Effect = "Allow"
        Action = [
          "s3:GetBucketLocation",
          "s3:GetBucketObjectLockConfiguration",
          "s3:GetBucketPolicy",
          "s3:GetBucketPublicAccessBlock",
          "s3:GetBucketVersioning",
          "s3:GetEncryptionConfiguration",
          "s3:ListBucket",
        ]
        Resource = [module.audit_log.tile_bucket_arn]
      },
      {
        Sid      = "ReadTiles"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${module.audit_log.tile_bucket_arn}/checkpoint", "${module.audit_log.tile_bucket_arn}/tile/*"]
      },
      {
        Sid      = "ReadKeys"
        Effect   = "Allow"
        Action   = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"]
        Resource = concat([aws_kms_key.data.arn], module.audit_log.checkpoint_key_arns)
      },
      {
        Sid      = "ReadVerifierKeys"
        Effect   = "Allow"
        Action   = ["kms:GetPublicKey"]
        Resource = module.audit_log.checkpoint_key_arns
      },
      {
        # The key's policy lets it be used through the tables and the bucket only.
        Sid      = "DecryptWhatIsRead"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [aws_kms_key.data.arn]
      },
    ]
  })
}
