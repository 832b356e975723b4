locals {
  arn_of = {
    for service in ["dynamodb", "events", "lambda", "logs", "scheduler", "sns", "sqs"] :
    service => "arn:${local.account.partition}:${service}:${local.account.region}:${local.account.id}"
  }

  # What the auditor reads, in groups whose statements fit into a policy: IAM takes 10,240 characters in a role's inline
  # policies and 6,144 in a managed one, which names five functions at their longest (IAM User Guide, "IAM and AWS STS
  # quotas"; terraform test holds the largest stack against it).
  auditor_routes = {
    for index, names in chunklist(sort(keys(local.processor_settings)), 5) : tostring(index + 1) => {
      functions  = [for name in names : local.processors[name].function_name]
      log_groups = [for name in names : local.log_group_names[name]]
      queues     = concat([for name in names : local.dlqs[name].name], [for name in names : local.dlqs["${name}-target"].name], [for name in names : local.buffers[name].name if contains(keys(local.buffers), name)])
      roles      = [for name in names : local.processors[name].role_arn]
      routing    = [for name in names : "${local.arn_of.events}:rule/${module.event_bus.name}/${local.processors[name].rule_name}" if local.processors[name].rule_name != null]
    }
  }
  auditor_reads = merge(local.auditor_routes, {
    own = {
      functions  = [module.audit_log.function_name]
      log_groups = [local.log_group_names.sealer]
      queues     = [for purpose in ["bus", "schedule", "sealer"] : local.dlqs[purpose].name]
      roles      = concat(module.audit_log.role_arns, aws_iam_role.auditor[*].arn)
      routing    = ["${local.arn_of.scheduler}:schedule/${module.audit_log.schedule_group_name}/${module.audit_log.schedule_name}"]
    }
  })
  auditor_statements = {
    for key, group in local.auditor_reads : key => [
      {
        Sid      = "ReadFunctions"
        Effect   = "Allow"
        Action   = ["lambda:GetFunctionConcurrency", "lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:ListAliases", "lambda:ListFunctionEventInvokeConfigs"]
        Resource = flatten([for name in group.functions : [for qualifier in ["", ":alias-live-${var.environment_suffix}"] : "${local.arn_of.lambda}:function:${name}${qualifier}"]])
      },
      {
        Sid      = "ReadLogs"
        Effect   = "Allow"
        Action   = ["logs:DescribeSubscriptionFilters", "logs:FilterLogEvents"]
        Resource = flatten([for name in group.log_groups : [for streams in ["", ":*"] : "${local.arn_of.logs}:log-group:${name}${streams}"]])
      },
      {
        Sid      = "ReadRouting"
        Effect   = "Allow"
        Action   = ["events:ListTargetsByRule", "scheduler:GetSchedule"]
        Resource = group.routing
      },
      {
        Sid      = "ReadQueues"
        Effect   = "Allow"
        Action   = ["sqs:GetQueueAttributes"]
        Resource = [for name in group.queues : "${local.arn_of.sqs}:${name}"]
      },
      {
        Sid      = "ReadRoles"
        Effect   = "Allow"
        Action   = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"]
        Resource = group.roles
      },
    ]
  }
}

# Reads what evidence is collected from, and nothing else. There is no such role until somebody is named who may take it.
resource "aws_iam_role" "auditor" {
  count = length(var.auditor_principal_arns) > 0 ? 1 : 0

  name                 = "role-auditor-${var.environment_suffix}"
  description          = "Reads the configuration, the records and the audit log of the market data stack."
  path                 = local.roles.path
  permissions_boundary = local.roles.permissions_boundary_arn

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
    Statement = concat(local.auditor_statements["own"], [
      {
        # Lists have no resource to name (Service Authorization Reference, each of these services); composite alarms are
        # listed to those only who may list every alarm (CloudWatch API Reference, DescribeAlarms).
        Sid    = "ListWhatExists"
        Effect = "Allow"
        Action = [
          "cloudwatch:DescribeAlarms",
          "dynamodb:ListTables",
          "ec2:DescribeVpcEndpoints",
          "events:ListArchives",
          "events:ListEventBuses",
          "events:ListRules",
          "iam:ListGroups",
          "iam:ListPolicies",
          "iam:ListRoles",
          "iam:ListUsers",
          "kinesis:ListStreams",
          "kms:ListAliases",
          "kms:ListKeys",
          "lambda:ListEventSourceMappings",
          "lambda:ListFunctions",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "organizations:DescribeOrganization",
          "pipes:ListPipes",
          "s3:GetAccountPublicAccessBlock",
          "s3:ListAllMyBuckets",
          "scheduler:ListSchedules",
          "sns:GetSubscriptionAttributes",
          "sns:ListTopics",
          "sqs:ListQueues",
        ]
        Resource = ["*"]
      },
      {
        Sid      = "ReadTables"
        Effect   = "Allow"
        Action   = ["dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:GetResourcePolicy", "dynamodb:Query", "dynamodb:Scan"]
        Resource = [module.audit_log.table_arn, module.market_store.table_arn]
      },
      {
        Sid      = "ReadTopics"
        Effect   = "Allow"
        Action   = ["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"]
        Resource = [module.observability.alarm_topic_arn, module.observability.page_topic_arn]
      },
      {
        Sid      = "ReadBus"
        Effect   = "Allow"
        Action   = ["events:DescribeEventBus"]
        Resource = [module.event_bus.arn]
      },
      {
        Sid      = "ReadOwnPolicies"
        Effect   = "Allow"
        Action   = ["iam:GetPolicy", "iam:GetPolicyVersion"]
        Resource = values(aws_iam_policy.auditor_routes)[*].arn
      },
      {
        Sid    = "ReadBucket"
        Effect = "Allow"
        Action = [
          "s3:GetBucketLocation",
          "s3:GetBucketNotification",
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
        Action   = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants"]
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
    ])
  })
}

resource "aws_iam_policy" "auditor_routes" {
  for_each = { for key, group in local.auditor_routes : key => group if length(aws_iam_role.auditor) > 0 }

  name        = "policy-auditor-routes-${each.key}-${var.environment_suffix}"
  description = "What the auditor reads of routes: their functions, logs, rules, queues and roles."
  path        = local.roles.path
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.auditor_statements[each.key] })
}

resource "aws_iam_role_policy_attachment" "auditor_routes" {
  for_each = aws_iam_policy.auditor_routes

  policy_arn = each.value.arn
  role       = aws_iam_role.auditor[0].name
}
