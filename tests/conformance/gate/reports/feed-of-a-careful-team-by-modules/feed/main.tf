variable "name" { type = string }
variable "suffix" { type = string }
variable "key_arn" { type = string }
variable "bus" { type = object({ name = string, arn = string }) }
variable "settings" {
  type = object({ sources = list(string), timeout = number, memory = number })
}
resource "aws_cloudwatch_event_rule" "this" {
  name           = "rule-${var.name}-${var.suffix}"
  event_bus_name = var.bus.name
  event_pattern  = jsonencode({ source = var.settings.sources })
}
resource "aws_cloudwatch_event_target" "this" {
  rule           = aws_cloudwatch_event_rule.this.name
  event_bus_name = var.bus.name
  arn            = aws_sqs_queue.this["main"].arn
  dead_letter_config { arn = aws_sqs_queue.this["dead"].arn }
}
resource "aws_sqs_queue" "this" {
  for_each                   = toset(["main", "dead"])
  name                       = "queue-${var.name}-${each.key}-${var.suffix}"
  kms_master_key_id          = var.key_arn
  visibility_timeout_seconds = var.settings.timeout * 6
}
resource "aws_sqs_queue_redrive_policy" "this" {
  queue_url      = aws_sqs_queue.this["main"].id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.this["dead"].arn, maxReceiveCount = 5 })
}
data "aws_iam_policy_document" "queue" {
  for_each = aws_sqs_queue.this
  statement {
    sid       = "Rule"
    actions   = ["sqs:SendMessage"]
    resources = [each.value.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.this.arn]
    }
  }
  statement {
    sid       = "Tls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
resource "aws_sqs_queue_policy" "this" {
  for_each  = aws_sqs_queue.this
  queue_url = each.value.url
  policy    = data.aws_iam_policy_document.queue[each.key].json
}
resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn        = aws_sqs_queue.this["main"].arn
  function_name           = aws_lambda_function.this.arn
  function_response_types = ["ReportBatchItemFailures"]
}
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/function-${var.name}-${var.suffix}"
  retention_in_days = 90
  kms_key_id        = var.key_arn
}
resource "aws_lambda_function" "this" {
  function_name = "function-${var.name}-${var.suffix}"
  role          = aws_iam_role.this.arn
  handler       = "app.handler"
  runtime       = "python3.11"
  filename      = "${path.module}/app.zip"
  timeout       = var.settings.timeout
  memory_size   = var.settings.memory
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.this.name
  }
}
resource "aws_iam_role" "this" {
  name               = "role-${var.name}-${var.suffix}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "role" {
  statement {
    sid       = "Receive"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.this["main"].arn]
  }
  statement {
    sid       = "Key"
    actions   = ["kms:Decrypt"]
    resources = [var.key_arn]
  }
  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }
}
resource "aws_iam_role_policy" "this" {
  name   = "policy-${var.name}-${var.suffix}"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.role.json
}
