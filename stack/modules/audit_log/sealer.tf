locals {
  alias      = "alias-live-${var.environment_suffix}"
  purpose    = "sealer-${var.environment_suffix}"
  queue_arns = "arn:${var.account.partition}:sqs:${var.account.region}:${var.account.id}"

  deny_plaintext = {
    Sid       = "DenyPlaintextTransport"
    Effect    = "Deny"
    Principal = "*"
    Action    = "sqs:*"
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

resource "aws_cloudwatch_log_group" "sealer" {
  name              = "/aws/lambda/lambda-${local.purpose}"
  kms_key_id        = var.data_key_arn
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_function" "sealer" {
  function_name                  = "lambda-${local.purpose}"
  description                    = "Appends new audit entries to the log, signs its checkpoint and publishes its tiles."
  architectures                  = [var.function.architecture]
  code_signing_config_arn        = var.function.code_signing_config_arn
  filename                       = var.function.zip_path
  handler                        = "handlers.sealer.handler"
  kms_key_arn                    = var.data_key_arn
  memory_size                    = var.function.memory_mb
  publish                        = true
  reserved_concurrent_executions = coalesce(var.function.reserved_concurrency, -1)
  role                           = aws_iam_role.sealer.arn
  runtime                        = var.function.runtime
  s3_bucket                      = var.function.zip_s3 == null ? null : var.function.zip_s3.bucket
  s3_key                         = var.function.zip_s3 == null ? null : var.function.zip_s3.key
  s3_object_version              = var.function.zip_s3 == null ? null : var.function.zip_s3.object_version
  source_code_hash               = var.function.zip_s3 == null ? filebase64sha256(var.function.zip_path) : var.function.zip_s3.sha256
  timeout                        = var.function.timeout_s

  environment {
    variables = merge(var.environment, {
      AUDIT_TABLE             = aws_dynamodb_table.audit.name
      CHECKPOINT_KEY_ARN      = local.signing_key.arn
      POWERTOOLS_SERVICE_NAME = "lambda-${local.purpose}"
      TILE_BUCKET             = aws_s3_bucket.tiles.bucket
    })
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.sealer.name
  }

  tracing_config {
    mode = var.function.tracing_mode
  }

  dynamic "vpc_config" {
    for_each = var.function.vpc[*]

    content {
      security_group_ids = vpc_config.value.security_group_ids
      subnet_ids         = vpc_config.value.subnet_ids
    }
  }

  # Lambda makes the interfaces of a VPC with the role when it makes the function, and refuses when it may not.
  depends_on = [aws_iam_role_policy.sealer]
}

resource "aws_lambda_alias" "sealer" {
  name             = local.alias
  description      = "The version that the schedule invokes."
  function_name    = aws_lambda_function.sealer.function_name
  function_version = aws_lambda_function.sealer.version

  # The schedule invokes the sealer by this alias, so it cannot be early.
  depends_on = [aws_iam_role_policy.sealer]
}

# The next run seals what a failed one left, so a failure is kept for its reason only.
resource "aws_lambda_function_event_invoke_config" "sealer" {
  for_each = toset(["$LATEST", local.alias])

  function_name                = aws_lambda_function.sealer.function_name
  maximum_event_age_in_seconds = var.async_maximum_age_s
  maximum_retry_attempts       = 2
  qualifier                    = each.key

  destination_config {
    on_failure {
      destination = aws_sqs_queue.sealer_dlq.arn
    }
  }

  depends_on = [aws_lambda_alias.sealer]
}

resource "aws_sqs_queue" "sealer_dlq" {
  name                      = "queue-sealer-dlq-${var.environment_suffix}"
  kms_master_key_id         = var.data_key_arn
  message_retention_seconds = var.dlq_retention_seconds

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.deny_plaintext, { Resource = "${local.queue_arns}:queue-sealer-dlq-${var.environment_suffix}" })]
  })

  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}
