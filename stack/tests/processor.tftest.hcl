mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  account               = { id = "123456789012", partition = "aws", region = "us-east-1" }
  async_maximum_age_s   = 3600
  audit_table_arn       = "arn:aws:dynamodb:us-east-1:123456789012:table/table-audit-test"
  batch                 = { max_receive_count = 5, maximum_concurrency = 4, retention_s = 345600, size = 25, window_s = 1 }
  data_key_arn          = "arn:aws:kms:us-east-1:123456789012:key/data"
  delivery              = "direct"
  dlq_retention_seconds = 1209600
  environment           = { MARKET_TABLE = "table-market-test" }
  environment_suffix    = "test"
  event_bus_name        = "bus-market-data-test"
  event_pattern         = "{\"source\":[\"marketdata.coinbase\"]}"
  log_retention_days    = 365
  market_table_arn      = "arn:aws:dynamodb:us-east-1:123456789012:table/table-market-test"
  name                  = "trade"
  target_retry          = { attempts = 185, maximum_age_s = 3600 }

  function = {
    architecture            = "arm64"
    memory_mb               = 512
    provisioned_concurrency = 0
    runtime                 = "python3.11"
    timeout_s               = 15
    tracing_mode            = "Active"
    zip_path                = "tests/mocks/aws.tfmock.hcl"
  }
}

run "direct_route_invokes_a_published_function_with_exact_grants_and_nets_every_failure" {
  module {
    source = "./modules/processor"
  }

  assert {
    condition     = can(regex("^rule-trade-[0-9a-f]{8}-test$", aws_cloudwatch_event_rule.this["live"].name)) && aws_cloudwatch_event_rule.this["live"].event_bus_name == "bus-market-data-test" && aws_cloudwatch_event_rule.this["live"].event_pattern == var.event_pattern
    error_message = "The rule does not select the route's events on the bus."
  }

  assert {
    condition     = aws_cloudwatch_event_target.this["live"].arn == aws_lambda_alias.live.arn && one(aws_cloudwatch_event_target.this["live"].dead_letter_config).arn == aws_sqs_queue.target_dlq.arn
    error_message = "The target is not the published function, or has no dead-letter queue."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.this["live"].retry_policy).maximum_event_age_in_seconds == 3600 && one(aws_cloudwatch_event_target.this["live"].retry_policy).maximum_retry_attempts == 185
    error_message = "The target's retry policy is not the configured one."
  }

  assert {
    condition     = alltrue([aws_lambda_permission.rule["live"].principal == "events.amazonaws.com", aws_lambda_permission.rule["live"].source_arn == aws_cloudwatch_event_rule.this["live"].arn, aws_lambda_permission.rule["live"].source_account == "123456789012", aws_lambda_permission.rule["live"].qualifier == "alias-live-test"])
    error_message = "More than the route's own rule may invoke the function."
  }

  assert {
    condition     = toset(keys(aws_lambda_function_event_invoke_config.this)) == toset(["$LATEST", "alias-live-test"])
    error_message = "An asynchronous invocation without a failure net is possible."
  }

  assert {
    condition     = alltrue([for config in aws_lambda_function_event_invoke_config.this : config.maximum_retry_attempts == 2 && config.maximum_event_age_in_seconds >= 3600 && config.destination_config[0].on_failure[0].destination == aws_sqs_queue.dlq.arn])
    error_message = "Failed events are not retried twice and then kept; an age under an hour cancels the retries."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.buffer).event_source_arn == one(aws_sqs_queue.buffer).arn && aws_cloudwatch_event_target.this["live"].arn != one(aws_sqs_queue.buffer).arn
    error_message = "A direct route goes through a queue, or leaves what waits in the one that it had."
  }

  assert {
    condition     = length(aws_lambda_provisioned_concurrency_config.this) == 0
    error_message = "Concurrency is provisioned, and paid for, without being asked for."
  }

  assert {
    condition     = aws_lambda_function.this.function_name == "lambda-trade-test" && aws_lambda_function.this.handler == "handlers.processor.handler" && aws_lambda_function.this.runtime == "python3.11"
    error_message = "The function is misnamed, or does not run the processor."
  }

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.function_version == aws_lambda_function.this.version
    error_message = "Events do not reach a published version."
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == var.data_key_arn && one(aws_lambda_function.this.tracing_config).mode == "Active"
    error_message = "The function's environment is not encrypted with the data key, or it is not traced."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 15 && aws_lambda_function.this.memory_size == 512 && aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "Timeout, memory or concurrency are not the configured ones."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables == tomap({ MARKET_TABLE = "table-market-test", POWERTOOLS_SERVICE_NAME = "lambda-trade-test", ROUTE = "trade" })
    error_message = "The function does not know its route."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_group == aws_cloudwatch_log_group.this.name && one(aws_lambda_function.this.logging_config).log_format == "Text"
    error_message = "The function does not write verbatim lines to its declared log group."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/lambda-trade-test" && aws_cloudwatch_log_group.this.retention_in_days == 365 && aws_cloudwatch_log_group.this.kms_key_id == var.data_key_arn && !coalesce(aws_cloudwatch_log_group.this.skip_destroy, false)
    error_message = "The log group is misnamed, forgets too soon, is not encrypted, or survives destroy."
  }

  assert {
    condition     = jsondecode(aws_iam_role.function.assume_role_policy).Statement == [{ Sid = "AllowLambda", Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
    error_message = "More than Lambda may take the function's role."
  }

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.function.policy).Statement : statement.Sid => { Action = statement.Action, Resource = statement.Resource } } == {
      KeepFailures = { Action = ["sqs:SendMessage"], Resource = [aws_sqs_queue.dlq.arn] }
      ReadBuffer   = { Action = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], Resource = [aws_sqs_queue.buffer[0].arn] }
      UseDataKey   = { Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = [var.data_key_arn] }
      WriteEntries = { Action = ["dynamodb:PutItem"], Resource = [var.audit_table_arn] }
      WriteLogs    = { Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = ["${aws_cloudwatch_log_group.this.arn}:*"] }
      WriteRecords = { Action = ["dynamodb:PutItem"], Resource = [var.market_table_arn] }
      WriteTraces  = { Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource = ["*"] }
    }
    error_message = "The function may do more, or less, than record events."
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.function.policy).Statement : statement.Condition if statement.Sid == "WriteEntries"]) == { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["L#??????????.lambda-trade-test.*", "E#??????????#?"] } }
    error_message = "The function may write the sealer's partition of the audit table, or another function's lanes."
  }
}

run "buffered_route_batches_with_partial_failures_redrive_and_queues_of_its_own" {
  module {
    source = "./modules/processor"
  }

  variables {
    delivery = "buffered"
    name     = "quote"
  }

  assert {
    condition     = aws_cloudwatch_event_target.this["live"].arn == aws_sqs_queue.buffer[0].arn && length(aws_lambda_permission.rule) == 0 && length(aws_lambda_function_event_invoke_config.this) == 2
    error_message = "A buffered route's rule may invoke the function past the queue, or what is left of a direct one loses its net."
  }

  assert {
    condition     = aws_sqs_queue.buffer[0].name == "queue-quote-test" && aws_sqs_queue.buffer[0].visibility_timeout_seconds == 91 && aws_sqs_queue.buffer[0].message_retention_seconds == 345600
    error_message = "A batch that is still being processed would be delivered again: visibility must be six timeouts plus the window."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.buffer[0].redrive_policy) == { deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 5 }
    error_message = "A message that keeps failing is not moved to the dead-letter queue."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.dlq.redrive_allow_policy) == { redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:us-east-1:123456789012:queue-quote-test"] }
    error_message = "Any queue of the account may use the dead-letter queue."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.target_dlq.redrive_allow_policy) == { redrivePermission = "denyAll" }
    error_message = "A queue of the account may use the dead-letter queue of the rule."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.buffer[0].function_name == aws_lambda_alias.live.arn && aws_lambda_event_source_mapping.buffer[0].function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "One bad message would fail its whole batch."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.buffer[0].batch_size == 25 && aws_lambda_event_source_mapping.buffer[0].maximum_batching_window_in_seconds == 1 && one(aws_lambda_event_source_mapping.buffer[0].scaling_config).maximum_concurrency == 4
    error_message = "Batch, window or concurrency are not the configured ones."
  }

  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.buffer[0], aws_sqs_queue.dlq, aws_sqs_queue.target_dlq] : queue.kms_master_key_id == var.data_key_arn && contains(jsondecode(queue.policy).Statement[*].Sid, "DenyPlaintextTransport")])
    error_message = "A queue is not encrypted, or takes plaintext connections."
  }

  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.buffer[0], aws_sqs_queue.target_dlq] : jsondecode(queue.policy).Statement[0].Condition == { ArnLike = { "aws:SourceArn" = "arn:aws:events:us-east-1:123456789012:rule/bus-market-data-test/rule-quote-????????-test" }, StringEquals = { "aws:SourceAccount" = "123456789012" } }])
    error_message = "More than the route's own rule may send to the queue."
  }

  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.buffer[0], aws_sqs_queue.dlq, aws_sqs_queue.target_dlq] : alltrue([for statement in jsondecode(queue.policy).Statement : statement.Resource == "arn:aws:sqs:us-east-1:123456789012:${queue.name}"])])
    error_message = "A queue's policy speaks of another queue."
  }

  assert {
    condition     = aws_sqs_queue.target_dlq.name == "queue-quote-target-dlq-test" && aws_sqs_queue.dlq.name == "queue-quote-dlq-test" && aws_sqs_queue.dlq.message_retention_seconds == 1209600
    error_message = "A dead-letter queue is misnamed or forgets too soon."
  }
}

run "concurrency_is_reserved_and_provisioned_when_asked_for" {
  module {
    source = "./modules/processor"
  }

  variables {
    function = {
      architecture            = "arm64"
      memory_mb               = 512
      provisioned_concurrency = 3
      reserved_concurrency    = 8
      runtime                 = "python3.11"
      timeout_s               = 15
      tracing_mode            = "Active"
      zip_path                = "tests/mocks/aws.tfmock.hcl"
    }
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 8 && aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions == 3 && aws_lambda_provisioned_concurrency_config.this[0].qualifier == aws_lambda_function.this.version
    error_message = "Concurrency is not reserved for the function, or not provisioned for the version that takes events."
  }
}

run "refuses_a_pattern_that_eventbridge_would_not_take" {
  command = plan

  module {
    source = "./modules/processor"
  }

  variables {
    event_pattern = jsonencode({ source = [for index in range(200) : "marketdata.exchange-${index}"] })
  }

  expect_failures = [aws_cloudwatch_event_rule.this]
}
