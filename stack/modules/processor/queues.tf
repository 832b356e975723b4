locals {
  queue_arns = "arn:${var.account.partition}:sqs:${var.account.region}:${var.account.id}"

  deny_plaintext = {
    Sid       = "DenyPlaintextTransport"
    Effect    = "Deny"
    Principal = "*"
    Action    = "sqs:*"
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }

  allow_rule = {
    Sid       = "AllowRule"
    Effect    = "Allow"
    Principal = { Service = "events.amazonaws.com" }
    Action    = "sqs:SendMessage"
    Condition = {
      ArnLike      = { "aws:SourceArn" = local.rule_arns }
      StringEquals = { "aws:SourceAccount" = var.account.id }
    }
  }
}

# Queue policies are written with the queues, not beside them: each attribute that is set later costs 25 seconds, which
# the provider waits. What the function could not process: the invocation record of a direct route, the message of a
# buffered one.
resource "aws_sqs_queue" "dlq" {
  name                      = "queue-${var.name}-dlq-${var.environment_suffix}"
  kms_master_key_id         = var.data_key_arn
  message_retention_seconds = var.dlq_retention_seconds

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.deny_plaintext, { Resource = "${local.queue_arns}:queue-${var.name}-dlq-${var.environment_suffix}" })]
  })

  redrive_allow_policy = var.batch != null ? jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["${local.queue_arns}:queue-${local.purpose}"]
  }) : jsonencode({ redrivePermission = "denyAll" })
}

# What EventBridge could not hand over, as the event itself.
resource "aws_sqs_queue" "target_dlq" {
  name                      = "queue-${var.name}-target-dlq-${var.environment_suffix}"
  kms_master_key_id         = var.data_key_arn
  message_retention_seconds = var.dlq_retention_seconds

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in [local.allow_rule, local.deny_plaintext] :
      merge(statement, { Resource = "${local.queue_arns}:queue-${var.name}-target-dlq-${var.environment_suffix}" })
    ]
  })

  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

# A direct route keeps its queue too: what waits there when a route becomes direct is worked off, not deleted.
resource "aws_sqs_queue" "buffer" {
  count = var.batch == null ? 0 : 1

  name                       = "queue-${local.purpose}"
  kms_master_key_id          = var.data_key_arn
  message_retention_seconds  = var.batch.retention_s
  visibility_timeout_seconds = local.visibility_timeout_seconds

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in [local.allow_rule, local.deny_plaintext] :
      merge(statement, { Resource = "${local.queue_arns}:queue-${local.purpose}" })
    ]
  })

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dlq.arn
    maxReceiveCount     = var.batch.max_receive_count
  })
}

resource "aws_lambda_event_source_mapping" "buffer" {
  count = length(aws_sqs_queue.buffer)

  batch_size                         = var.batch.size
  event_source_arn                   = aws_sqs_queue.buffer[0].arn
  function_name                      = aws_lambda_alias.live.arn
  function_response_types            = ["ReportBatchItemFailures"]
  maximum_batching_window_in_seconds = var.batch.window_s

  # One or the other: in provisioned mode the pollers bound the concurrency.
  dynamic "provisioned_poller_config" {
    for_each = var.batch.pollers[*]

    content {
      maximum_pollers = provisioned_poller_config.value.maximum
      minimum_pollers = provisioned_poller_config.value.minimum
    }
  }

  dynamic "scaling_config" {
    for_each = var.batch.pollers == null ? [var.batch.maximum_concurrency] : []

    content {
      maximum_concurrency = scaling_config.value
    }
  }
}
