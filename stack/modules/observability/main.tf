locals {
  # Apart from the functions' own metrics, whose environment is in their dimensions.
  lines_namespace = "${var.metrics_namespace}/${var.environment_suffix}"

  # A section's name alone, or the address of the section.
  runbook = var.runbook_url == null ? "" : "${var.runbook_url}#"

  notify = [aws_sns_topic.this["alarms"].arn]
}

# Everything goes to `alarms`; `page` is for what needs a person now.
resource "aws_sns_topic" "this" {
  for_each = toset(["alarms", "page"])

  name              = "topic-${each.key}-${var.environment_suffix}"
  kms_master_key_id = var.data_key_arn
}

resource "aws_sns_topic_policy" "this" {
  for_each = aws_sns_topic.this

  arn = each.value.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AllowAlarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = each.value.arn
        Condition = {
          # Every metric alarm by its ARN would be longer than the 30 KB of a topic's policy with twenty routes.
          ArnLike      = { "aws:SourceArn" = each.key == "page" ? concat(local.composite_alarm_arns, ["${local.alarm_arns}:alarm-notifications-alarms-${var.environment_suffix}"]) : ["${local.alarm_arns}:alarm-*-${var.environment_suffix}"] }
          StringEquals = { "aws:SourceAccount" = var.account.id }
        }
      },
      {
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = each.value.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "this" {
  for_each = var.subscriptions

  endpoint  = each.value.endpoint
  protocol  = each.value.protocol
  topic_arn = aws_sns_topic.this[each.value.topic].arn

  # A function that may not be called yet would miss the first alarm.
  depends_on = [aws_lambda_permission.subscriber]
}

# A function that is told of alarms lets the topic call it; every other protocol asks its reader or has its own policy.
resource "aws_lambda_permission" "subscriber" {
  for_each = { for key, subscription in var.subscriptions : key => subscription if subscription.protocol == "lambda" }

  action         = "lambda:InvokeFunction"
  function_name  = each.value.endpoint
  principal      = "sns.amazonaws.com"
  source_account = var.account.id
  source_arn     = aws_sns_topic.this[each.value.topic].arn
  statement_id   = "AllowTopic-${each.key}-${var.environment_suffix}"
}

# Lines that a function logged as an error though its invocation succeeded.
resource "aws_cloudwatch_log_metric_filter" "error_lines" {
  for_each = var.functions

  name           = "metric-filter-errors-${each.key}-${var.environment_suffix}"
  log_group_name = each.value.log_group_name
  pattern        = "{ $.level = \"ERROR\" || $.level = \"CRITICAL\" }"

  metric_transformation {
    name          = "ErrorLines-${each.key}"
    namespace     = local.lines_namespace
    value         = "1"
    default_value = "0"
  }
}
