mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  account                    = { id = "123456789012", partition = "aws", region = "us-east-1" }
  async_maximum_age_s        = 3600
  checkpoint_algorithm       = "ECDSA_P256"
  checkpoint_key_generations = ["1"]
  data_key_arn               = "arn:aws:kms:us-east-1:123456789012:key/data"
  dlq_retention_seconds      = 1209600
  environment                = { LOG_ORIGIN = "tapeproof/test" }
  environment_suffix         = "test"
  key_administration_actions = ["kms:DescribeKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]
  key_deletion_window_days   = 7
  log_retention_days         = 365
  overwritten_tile_days      = 90
  seal_every_minutes         = 1
  sign_from_function_only    = true

  function = {
    architecture         = "arm64"
    memory_mb            = 512
    reserved_concurrency = 1
    runtime              = "python3.11"
    timeout_s            = 50
    tracing_mode         = "Active"
    zip_path             = "tests/mocks/aws.tfmock.hcl"
  }
}

run "log_is_kept_privately_sealed_every_minute_and_signed_by_the_sealer_alone" {
  module {
    source = "./modules/audit_log"
  }

  assert {
    condition     = aws_dynamodb_table.audit.name == "table-audit-test" && aws_dynamodb_table.audit.hash_key == "pk" && aws_dynamodb_table.audit.range_key == "sk"
    error_message = "The audit table's name or keys are not what the functions write."
  }

  assert {
    condition     = one(aws_dynamodb_table.audit.point_in_time_recovery).enabled && one(aws_dynamodb_table.audit.server_side_encryption).kms_key_arn == var.data_key_arn && !aws_dynamodb_table.audit.deletion_protection_enabled
    error_message = "The audit table cannot be restored, is not encrypted with the data key, or survives destroy."
  }

  assert {
    condition     = one(aws_dynamodb_table.audit.ttl).attribute_name == "x" && one(aws_dynamodb_table.audit.ttl).enabled
    error_message = "Pruned entries would stay for ever."
  }

  assert {
    condition     = aws_s3_bucket.tiles.bucket == "bucket-audit-tiles-123456789012-test" && aws_s3_bucket.tiles.force_destroy && !coalesce(aws_s3_bucket.tiles.object_lock_enabled, false)
    error_message = "The bucket is misnamed or survives destroy."
  }

  assert {
    condition     = alltrue([aws_s3_bucket_public_access_block.tiles.block_public_acls, aws_s3_bucket_public_access_block.tiles.block_public_policy, aws_s3_bucket_public_access_block.tiles.ignore_public_acls, aws_s3_bucket_public_access_block.tiles.restrict_public_buckets])
    error_message = "The bucket can be made public."
  }

  assert {
    condition     = one(aws_s3_bucket_ownership_controls.tiles.rule).object_ownership == "BucketOwnerEnforced"
    error_message = "Access lists could open objects."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.tiles.versioning_configuration).status == "Enabled"
    error_message = "An overwritten checkpoint leaves no trace."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.tiles.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.data_key_arn
    error_message = "Tiles are not encrypted with the data key."
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.tiles.rule[0].abort_incomplete_multipart_upload).days_after_initiation == 1 && one(aws_s3_bucket_lifecycle_configuration.tiles.rule[1].noncurrent_version_expiration).noncurrent_days == 90
    error_message = "Half uploads or overwritten tiles are kept, and paid for, for ever."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.tiles.policy).Statement : statement.Effect == "Deny"]) && jsondecode(aws_s3_bucket_policy.tiles.policy).Statement[0].Condition == { Bool = { "aws:SecureTransport" = "false" } }
    error_message = "The bucket's policy grants something, or takes plaintext connections."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.tiles.policy).Statement[1].Action == "s3:PutObject" && jsondecode(aws_s3_bucket_policy.tiles.policy).Statement[1].Condition.ArnNotLike == { "aws:PrincipalArn" = [aws_iam_role.sealer.arn, "arn:aws:sts::123456789012:assumed-role/role-lambda-sealer-test/*"] }
    error_message = "Somebody but the sealer may publish tiles and checkpoints."
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.sealer.policy).Statement : statement.Condition if statement.Sid == "WriteHead"]) == { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["C"] } }
    error_message = "The sealer may write entries, which are the processors' own."
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.sealer.policy).Statement : [statement.Effect, statement.Condition.ArnNotEquals] if statement.Sid == "SignFromOwnFunctionOnly"]) == ["Deny", { "lambda:SourceFunctionArn" = "arn:aws:lambda:us-east-1:123456789012:function:lambda-sealer-test" }]
    error_message = "Another function with the sealer's role may sign."
  }

  assert {
    condition     = aws_kms_key.checkpoint["1"].key_usage == "SIGN_VERIFY" && aws_kms_key.checkpoint["1"].customer_master_key_spec == "ECC_NIST_P256" && aws_kms_key.checkpoint["1"].deletion_window_in_days == 7
    error_message = "The checkpoint key is not a P-256 signing key."
  }

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.checkpoint["1"].policy).Statement : statement.Principal.AWS if contains(flatten([statement.Action]), "kms:Sign")] == [aws_iam_role.sealer.arn]
    error_message = "Somebody other than the sealer may sign checkpoints."
  }

  assert {
    condition     = aws_kms_alias.checkpoint.name == "alias/key-checkpoint-test" && aws_kms_alias.checkpoint.target_key_id == aws_kms_key.checkpoint["1"].key_id
    error_message = "The checkpoint key's alias is misnamed or points elsewhere."
  }

  assert {
    condition     = jsondecode(aws_iam_role.sealer.assume_role_policy).Statement[*].Principal == [{ Service = "lambda.amazonaws.com" }]
    error_message = "More than Lambda may take the sealer's role."
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.sealer.policy).Statement : statement.Sid => { Action = statement.Action, Resource = statement.Resource } } == {
      KeepFailures              = { Action = ["sqs:SendMessage"], Resource = [aws_sqs_queue.sealer_dlq.arn] }
      PublishTiles              = { Action = ["s3:GetObject", "s3:PutObject"], Resource = ["${aws_s3_bucket.tiles.arn}/checkpoint", "${aws_s3_bucket.tiles.arn}/tile/*"] }
      ReadEntries               = { Action = ["dynamodb:GetItem", "dynamodb:Query"], Resource = [aws_dynamodb_table.audit.arn] }
      SignFromOwnFunctionOnly   = { Action = ["kms:Sign"], Resource = [aws_kms_key.checkpoint["1"].arn] }
      WriteHead                 = { Action = ["dynamodb:PutItem"], Resource = [aws_dynamodb_table.audit.arn] }
      SignCheckpoint            = { Action = ["kms:GetPublicKey", "kms:Sign"], Resource = [aws_kms_key.checkpoint["1"].arn] }
      TellWhetherAnObjectExists = { Action = ["s3:ListBucket"], Resource = [aws_s3_bucket.tiles.arn] }
      UseDataKey                = { Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [var.data_key_arn] }
      WriteLogs                 = { Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = ["${aws_cloudwatch_log_group.sealer.arn}:*"] }
      WriteTraces               = { Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource = ["*"] }
    }
    error_message = "The sealer may do more, or less, than seal."
  }

  assert {
    condition     = aws_lambda_function.sealer.function_name == "lambda-sealer-test" && aws_lambda_function.sealer.handler == "handlers.sealer.handler" && aws_lambda_function.sealer.reserved_concurrent_executions == 1
    error_message = "The sealer is misnamed, runs other code, or races itself."
  }

  assert {
    condition     = one(aws_lambda_function.sealer.environment).variables == tomap({ AUDIT_TABLE = "table-audit-test", CHECKPOINT_KEY_ARN = aws_kms_key.checkpoint["1"].arn, LOG_ORIGIN = "tapeproof/test", POWERTOOLS_SERVICE_NAME = "lambda-sealer-test", TILE_BUCKET = "bucket-audit-tiles-123456789012-test" })
    error_message = "The sealer does not know what to seal, with what, or where to publish."
  }

  assert {
    condition     = aws_lambda_alias.sealer.function_version == aws_lambda_function.sealer.version && aws_scheduler_schedule.seal.target[0].arn == aws_lambda_alias.sealer.arn
    error_message = "The schedule does not invoke the published sealer."
  }

  assert {
    condition     = aws_cloudwatch_log_group.sealer.name == "/aws/lambda/lambda-sealer-test" && aws_cloudwatch_log_group.sealer.retention_in_days == 365 && aws_cloudwatch_log_group.sealer.kms_key_id == var.data_key_arn
    error_message = "The sealer's log is misnamed, forgets too soon or is not encrypted."
  }

  assert {
    condition     = alltrue([for config in aws_lambda_function_event_invoke_config.sealer : config.maximum_retry_attempts == 2 && config.maximum_event_age_in_seconds >= 3600 && config.destination_config[0].on_failure[0].destination == aws_sqs_queue.sealer_dlq.arn]) && length(aws_lambda_function_event_invoke_config.sealer) == 2
    error_message = "A failed run of the sealer leaves no trace."
  }

  assert {
    condition     = aws_scheduler_schedule.seal.schedule_expression == "rate(1 minute)" && aws_scheduler_schedule.seal.group_name == aws_scheduler_schedule_group.audit.name && aws_scheduler_schedule.seal.target[0].dead_letter_config[0].arn == aws_sqs_queue.schedule_dlq.arn
    error_message = "The sealer is not scheduled every minute, or a run that cannot start is lost."
  }

  assert {
    condition     = aws_scheduler_schedule_group.audit.name == "schedule-group-audit-test"
    error_message = "The schedule group is misnamed."
  }

  assert {
    condition     = jsondecode(aws_iam_role.schedule.assume_role_policy).Statement[0].Condition.StringEquals == { "aws:SourceAccount" = "123456789012", "aws:SourceArn" = aws_scheduler_schedule_group.audit.arn }
    error_message = "Another schedule could take the role."
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.schedule.policy).Statement : statement.Sid => { Action = statement.Action, Resource = statement.Resource } } == {
      InvokeSealer = { Action = ["lambda:InvokeFunction"], Resource = [aws_lambda_alias.sealer.arn] }
      KeepFailures = { Action = ["sqs:SendMessage"], Resource = [aws_sqs_queue.schedule_dlq.arn] }
      UseDataKey   = { Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [var.data_key_arn] }
    }
    error_message = "The schedule may do more, or less, than invoke the sealer."
  }

  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.schedule_dlq, aws_sqs_queue.sealer_dlq] : queue.kms_master_key_id == var.data_key_arn && jsondecode(queue.redrive_allow_policy) == { redrivePermission = "denyAll" } && contains(jsondecode(queue.policy).Statement[*].Sid, "DenyPlaintextTransport")])
    error_message = "A dead-letter queue is not encrypted, takes plaintext connections, or serves any queue of the account."
  }
}

run "rotation_signs_with_the_newest_key_while_the_old_one_hands_over" {
  module {
    source = "./modules/audit_log"
  }

  variables {
    checkpoint_key_generations = ["1", "2026-q3"]
  }

  # Mocked keys share an ARN unless told apart.
  override_resource {
    target = aws_kms_key.checkpoint["2026-q3"]
    values = {
      arn    = "arn:aws:kms:us-east-1:123456789012:key/99999999-2222-3333-4444-555555555555"
      key_id = "99999999-2222-3333-4444-555555555555"
    }
  }

  assert {
    condition     = output.checkpoint_key_arn == aws_kms_key.checkpoint["2026-q3"].arn && aws_kms_alias.checkpoint.target_key_id == aws_kms_key.checkpoint["2026-q3"].key_id
    error_message = "The newest key does not sign."
  }

  assert {
    condition     = { for statement in jsondecode(aws_iam_role_policy.sealer.policy).Statement : statement.Sid => statement.Resource }["SignCheckpoint"] == [aws_kms_key.checkpoint["1"].arn, aws_kms_key.checkpoint["2026-q3"].arn]
    error_message = "The old key cannot sign the leaf that hands the log over."
  }
}
