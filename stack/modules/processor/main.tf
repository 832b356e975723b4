locals {
  alias    = "alias-live-${var.environment_suffix}"
  buffered = var.delivery == "buffered"
  purpose  = "${var.name}-${var.environment_suffix}"

  # Lambda and SQS: a message stays hidden for six times the function's timeout plus the batching window.
  # (AWS Lambda Developer Guide, "Configuring scalability behavior and visibility timeout for SQS".)
  visibility_timeout_seconds = 6 * var.function.timeout_s + (var.batch == null ? 0 : var.batch.window_s)
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/lambda-${local.purpose}"
  kms_key_id        = var.data_key_arn
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_function" "this" {
  function_name                  = "lambda-${local.purpose}"
  description                    = "Records market data of the ${var.name} route with its audit entry."
  architectures                  = [var.function.architecture]
  code_signing_config_arn        = var.function.code_signing_config_arn
  filename                       = var.function.zip_path
  handler                        = "handlers.processor.handler"
  kms_key_arn                    = var.data_key_arn
  memory_size                    = var.function.memory_mb
  publish                        = true
  reserved_concurrent_executions = coalesce(var.function.reserved_concurrency, -1)
  role                           = aws_iam_role.function.arn
  runtime                        = var.function.runtime
  s3_bucket                      = var.function.zip_s3 == null ? null : var.function.zip_s3.bucket
  s3_key                         = var.function.zip_s3 == null ? null : var.function.zip_s3.key
  s3_object_version              = var.function.zip_s3 == null ? null : var.function.zip_s3.object_version
  source_code_hash               = var.function.zip_s3 == null ? filebase64sha256(var.function.zip_path) : var.function.zip_s3.sha256
  timeout                        = var.function.timeout_s

  environment {
    variables = merge(var.environment, {
      POWERTOOLS_SERVICE_NAME = "lambda-${local.purpose}"
      ROUTE                   = var.name
    })
  }

  logging_config {
    # Text leaves each line as the function wrote it; its lines are JSON already, and the audit compares them verbatim.
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
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
  depends_on = [aws_iam_role_policy.function]
}

# Events reach a published version, so the code that made an audit entry can be named and fetched later.
resource "aws_lambda_alias" "live" {
  name             = local.alias
  description      = "The version that takes events."
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  # A canary: the newest version takes what the stable one leaves. With a share of 1 it takes nothing, at once.
  dynamic "routing_config" {
    for_each = var.stable[*]

    content {
      additional_version_weights = { (routing_config.value.version) = routing_config.value.share }
    }
  }

  # Everything that invokes the function does so by this alias, so none of it can be early, or meet a cold version.
  depends_on = [aws_iam_role_policy.function, aws_lambda_provisioned_concurrency_config.this]
}

# On the version, not on the alias: a new version is warm before the alias moves to it, the old one stays warm until it
# has moved, and the alias is free to move (one with concurrency of its own drifts on provider 5.100).
resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = var.function.provisioned_concurrency > 0 ? 1 : 0

  function_name                     = aws_lambda_function.this.function_name
  provisioned_concurrent_executions = var.function.provisioned_concurrency
  qualifier                         = aws_lambda_function.this.version

  lifecycle {
    create_before_destroy = true
  }
}
