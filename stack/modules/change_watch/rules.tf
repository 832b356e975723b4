locals {
  # One rule a service: a pattern has up to 2,048 characters. A call that was refused is told of too.
  watched = {
    bucket = {
      source = ["aws.s3"]
      detail = {
        eventName         = ["DeleteBucket", "DeleteBucketPolicy", "PutBucketLifecycle", "PutBucketPolicy", "PutBucketVersioning"]
        requestParameters = { bucketName = [var.tile_bucket_name] }
      }
    }
    keys = {
      source = ["aws.kms"]
      detail = {
        eventName = ["CreateGrant", "DeleteAlias", "DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion", "UpdateAlias"]
        resources = { ARN = concat(var.checkpoint_key_arns, [aws_kms_key.this.arn]) }
      }
    }
    # IAM tells of its calls in one region only (AWS IAM User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail").
    roles = {
      source = ["aws.iam"]
      detail = {
        eventName         = ["AttachRolePolicy", "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy"]
        requestParameters = { roleName = var.role_names }
      }
    }
    # Names of Lambda's calls end with the version of its API, and a function is named by its name or its ARN, with or without an alias.
    sealer = {
      source = ["aws.lambda"]
      detail = {
        eventName         = [for call in ["AddPermission", "CreateAlias", "DeleteFunction", "PutFunctionConcurrency", "UpdateAlias", "UpdateFunctionCode", "UpdateFunctionConfiguration"] : { prefix = call }]
        requestParameters = { functionName = [{ wildcard = "*${var.sealer.function_name}*" }] }
      }
    }
    # Another function that takes the sealer's role.
    seat = {
      source = ["aws.lambda"]
      detail = {
        eventName         = [for call in ["CreateFunction", "UpdateFunctionConfiguration"] : { prefix = call }]
        requestParameters = { role = [var.sealer.role_arn] }
      }
    }
    tables = {
      source = ["aws.dynamodb"]
      detail = {
        eventName = ["DeleteResourcePolicy", "DeleteTable", "PutResourcePolicy", "UpdateContinuousBackups", "UpdateTable", "UpdateTimeToLive"]
        "$or" = [
          { requestParameters = { resourceArn = values(var.tables) } },
          { requestParameters = { tableName = concat(keys(var.tables), values(var.tables)) } },
        ]
      }
    }
    # Who blinds the watch is told of with its last look.
    topic = {
      source = ["aws.sns"]
      detail = {
        eventName = ["AddPermission", "DeleteTopic", "RemovePermission", "SetSubscriptionAttributes", "SetTopicAttributes", "Unsubscribe"]
        "$or" = [
          { requestParameters = { topicArn = [local.topic_arn] } },
          { requestParameters = { subscriptionArn = [{ prefix = "${local.topic_arn}:" }] } },
        ]
      }
    }
    trail = {
      source = ["aws.cloudtrail", "aws.events"]
      detail = {
        eventName = ["DeleteRule", "DeleteTrail", "DisableRule", "PutEventSelectors", "PutRule", "RemoveTargets", "StopLogging", "UpdateTrail"]
        "$or" = [
          { requestParameters = { name = [{ suffix = "trail-market-data-${var.environment_suffix}" }, { prefix = "rule-changes-" }] } },
          { requestParameters = { rule = [{ prefix = "rule-changes-" }] } },
          { requestParameters = { trailName = [{ suffix = "trail-market-data-${var.environment_suffix}" }] } },
        ]
      }
    }
  }
}

resource "aws_cloudwatch_event_rule" "changes" {
  for_each = local.watched

  name           = "rule-changes-${each.key}-${var.environment_suffix}"
  event_bus_name = "default"
  description    = "Changes of what the audit log's trust rests on (${each.key})."
  event_pattern  = jsonencode(merge({ detail-type = ["AWS API Call via CloudTrail"] }, each.value))
}

resource "aws_cloudwatch_event_target" "changes" {
  for_each = aws_cloudwatch_event_rule.changes

  rule           = each.value.name
  event_bus_name = each.value.event_bus_name
  target_id      = "topic-changes"
  arn            = aws_sns_topic.changes.arn

  dead_letter_config {
    arn = aws_sqs_queue.dlq.arn
  }

  # A rule that may not publish yet would lose the first notice.
  depends_on = [aws_sns_topic_policy.changes]
}
