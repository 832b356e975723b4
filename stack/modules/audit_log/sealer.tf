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
  filename                       = var.function.zip_path
  handler                        = "handlers.sealer.handler"
  kms_key_arn                    = var.data_key_arn
  memory_size                    = var.function.memory_mb
  publish                        = true
  reserved_concurrent_executions = coalesce(var.function.reserved_concurrency, -1)
  role                           = aws_iam_role.sealer.arn
  runtime                        = var.function.runtime
  source_code_hash               = filebase64sha256(var.function.zip_path)
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
