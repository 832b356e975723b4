mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_suffix = "test"
  lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
}

run "nothing_watches_unless_asked" {
  module {
    source = "./modules/market_data_system"
  }

  assert {
    condition     = output.change_topic_arn == null
    error_message = "A watch is made that nobody asked for, and that no trail feeds."
  }
}

run "a_watch_can_do_with_the_trail_of_the_account" {
  module {
    source = "./modules/market_data_system"
  }

  variables {
    change_watch = { subscriptions = { security = { endpoint = "security@example.com", protocol = "email" } } }
  }

  assert {
    condition     = output.change_topic_arn != null
    error_message = "No topic tells of changes."
  }
}

run "every_call_that_can_bend_the_log_is_told_of" {
  module {
    source = "./modules/change_watch"
  }

  variables {
    account                    = { id = "123456789012", partition = "aws", region = "us-east-1" }
    alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:topic-alarms-test"
    checkpoint_key_arns        = ["arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
    dlq_retention_seconds      = 1209600
    event_bus_arn              = "arn:aws:events:us-east-1:123456789012:event-bus/bus-market-data-test"
    key_administration_actions = ["kms:DescribeKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]
    key_deletion_window_days   = 30
    role_names                 = ["role-lambda-sealer-test"]
    runbook                    = ""
    sealer                     = { function_name = "lambda-sealer-test", role_arn = "arn:aws:iam::123456789012:role/role-lambda-sealer-test" }
    subscriptions              = { security = { endpoint = "security@example.com", protocol = "email" } }
    tables                     = { table-audit-test = "arn:aws:dynamodb:us-east-1:123456789012:table/table-audit-test" }
    tile_bucket_name           = "bucket-audit-tiles-123456789012-test"
    trail                      = { log_publishers = true, retention_days = 365 }
  }

  assert {
    condition     = alltrue([for call in ["PutKeyPolicy", "CreateGrant", "DisableKey", "ScheduleKeyDeletion"] : contains(jsondecode(aws_cloudwatch_event_rule.changes["keys"].event_pattern).detail.eventName, call)])
    error_message = "A change of a signing key goes unseen."
  }

  assert {
    condition     = alltrue([for call in ["UpdateFunctionCode", "UpdateFunctionConfiguration", "AddPermission", "UpdateAlias"] : contains(jsondecode(aws_cloudwatch_event_rule.changes["sealer"].event_pattern).detail.eventName[*].prefix, call)])
    error_message = "A change of the sealer goes unseen."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.changes["sealer"].event_pattern).detail.requestParameters.functionName == [{ wildcard = "*lambda-sealer-test*" }] && contains(jsondecode(aws_cloudwatch_event_rule.changes["keys"].event_pattern).detail.resources.ARN, aws_kms_key.this.arn) && contains(keys(aws_cloudwatch_event_rule.changes), "topic")
    error_message = "A change goes unseen when the sealer is named with an alias, or when the watch itself is blinded."
  }

  assert {
    condition     = alltrue([for rule in aws_cloudwatch_event_rule.changes : length(rule.event_pattern) <= 2048 && rule.event_bus_name == "default"])
    error_message = "A pattern is longer than EventBridge takes, or on another bus than CloudTrail's."
  }

  assert {
    condition     = alltrue([for target in aws_cloudwatch_event_target.changes : target.dead_letter_config[0].arn == aws_sqs_queue.dlq.arn])
    error_message = "A notice is lost where it cannot be delivered."
  }

  assert {
    condition     = aws_cloudtrail.this["this"].enable_log_file_validation && aws_cloudtrail.this["this"].kms_key_id == aws_kms_key.this.arn && aws_s3_bucket.trail["this"].force_destroy && aws_s3_bucket_lifecycle_configuration.trail["this"].rule[0].expiration[0].days == 365
    error_message = "The trail is not encrypted and signed, or its bucket outlives the stack or the retention."
  }

  assert {
    condition     = toset(flatten([for selector in aws_cloudtrail.this["this"].advanced_event_selector : [for field in selector.field_selector : field.equals if field.field == "resources.type"]])) == toset(["AWS::DynamoDB::Table", "AWS::Events::EventBus", "AWS::S3::Object"])
    error_message = "Writes to the tables, the tiles or the bus are not logged."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.undelivered.dimensions.QueueName == "queue-changes-dlq-test" && aws_cloudwatch_metric_alarm.undelivered.alarm_actions == toset(["arn:aws:sns:us-east-1:123456789012:topic-alarms-test"])
    error_message = "Nobody is told of a notice that was not delivered."
  }

  assert {
    condition     = aws_sns_topic.changes.kms_master_key_id == aws_kms_key.this.arn && [for statement in jsondecode(aws_sns_topic_policy.changes.policy).Statement : [statement.Effect, statement.Sid]] == [["Allow", "AllowRules"], ["Deny", "DenyPlaintextTransport"]] && jsondecode(aws_sns_topic_policy.changes.policy).Statement[0].Condition == { ArnLike = { "aws:SourceArn" = "arn:aws:events:us-east-1:123456789012:rule/rule-changes-*-test" } }
    error_message = "The topic is not encrypted, or takes notices of others than the rules."
  }

  assert {
    condition     = aws_sns_topic_subscription.changes["security"].endpoint == "security@example.com"
    error_message = "A subscriber is not told."
  }

  assert {
    condition     = alltrue(values({ for name in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] : name => aws_s3_bucket_public_access_block.trail["this"][name] })) && aws_s3_bucket_ownership_controls.trail["this"].rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "The trail's bucket may become public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.trail["this"].versioning_configuration[0].status == "Enabled" && one(aws_s3_bucket_server_side_encryption_configuration.trail["this"].rule).apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.this.arn
    error_message = "The trail's bucket forgets what was overwritten, or is not encrypted with the watch's key."
  }

  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.trail["this"].policy).Statement : statement.Principal if statement.Effect == "Allow"] == [{ Service = "cloudtrail.amazonaws.com" }, { Service = "cloudtrail.amazonaws.com" }] && alltrue([for statement in jsondecode(aws_s3_bucket_policy.trail["this"].policy).Statement : statement.Condition.ArnEquals == { "aws:SourceArn" = "arn:aws:cloudtrail:us-east-1:123456789012:trail/trail-market-data-test" } if statement.Effect == "Allow"])
    error_message = "Somebody else than the trail writes its files."
  }
}
