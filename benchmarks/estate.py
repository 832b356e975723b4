"""A repository of the size and shape of a platform team's: many root modules, shared modules, and some of it wrong.

    .venv/bin/python -m benchmarks.estate FOLDER [--files 4000] [--roots 200]

What is written depends on nothing but the two numbers. Every root has its variables, its provider and its calls of
shared modules; the other files are spread over the roots and are of five kinds. About one file in nine holds something
that a policy fails, one in thirty something that cannot be known before apply.
"""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["write_estate"]

COMMON = """\
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { environment = var.environment_suffix, owner = "platform" }
  }
}

variable "environment_suffix" {
  type        = string
  default     = "dev"
  description = "What every name ends in."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.environment_suffix))
    error_message = "environment_suffix must be lower-case letters, digits and hyphens, and begin with a letter."
  }
}

variable "region" {
  type     = string
  default  = "us-east-1"
  nullable = false
}

data "aws_kms_key" "main" {
  key_id = "alias/main"
}
"""
CALLS = """\
module "queue" {{
  source = "../../modules/queue"

  environment_suffix = var.environment_suffix
  key_arn            = data.aws_kms_key.main.arn
  name               = "orders-{root}"
}}

module "logs" {{
  source   = "../../modules/logs"
  for_each = {{ ingest = 30, publish = 60 }}

  environment_suffix = var.environment_suffix
  key_arn            = data.aws_kms_key.main.arn
  name               = each.key
  retention_in_days  = each.value
}}

output "queues" {{
  value = {{ for name, arn in {{ orders = module.queue.arn }} : name => arn if arn != "" }}
}}
"""
MODULES = {
    "queue/variables.tf": """\
variable "environment_suffix" { type = string }
variable "name" { type = string }
variable "key_arn" {
  type    = string
  default = null
}
""",
    "queue/main.tf": """\
resource "aws_sqs_queue" "main" {
  name                      = "queue-${var.name}-${var.environment_suffix}"
  kms_master_key_id         = var.key_arn
  message_retention_seconds = 14 * 86400
}

resource "aws_sqs_queue_policy" "main" {
  queue_url = aws_sqs_queue.main.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.main.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "TakeUndeliveredEvents"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.main.arn
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id } }
      },
    ]
  })
}

data "aws_caller_identity" "me" {}

data "aws_sns_topic" "pager" { name = "pager" }

resource "aws_cloudwatch_metric_alarm" "backlog" {
  alarm_actions       = [data.aws_sns_topic.pager.arn]
  alarm_name          = "alarm-backlog-${var.name}-${var.environment_suffix}"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  dimensions          = { QueueName = aws_sqs_queue.main.name }
}

output "arn" { value = aws_sqs_queue.main.arn }
""",
    "logs/variables.tf": """\
variable "environment_suffix" { type = string }
variable "name" { type = string }
variable "retention_in_days" { type = number }
variable "key_arn" {
  type    = string
  default = null
}
""",
    "logs/main.tf": """\
resource "aws_cloudwatch_log_group" "main" {
  name              = "/aws/lambda/lambda-${var.name}-${var.environment_suffix}"
  kms_key_id        = var.key_arn
  retention_in_days = var.retention_in_days
}
""",
}
KINDS = (
    """\
resource "aws_sqs_queue" "q{n}" {{
  name                      = "queue-{n}-${{var.environment_suffix}}"
  kms_master_key_id         = data.aws_kms_key.main.arn
  message_retention_seconds = 86400 * {days}

  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [
      {{
        Sid       = "DenyPlaintextTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "*"
        Condition = {{ Bool = {{ "aws:SecureTransport" = "false" }} }}
      }},
    ]
  }})
}}
""",
    """\
# One group per function; the retention is what the auditors asked for.
resource "aws_cloudwatch_log_group" "g{n}" {{
  for_each = toset(["ingest", "publish"])

  name              = "/aws/lambda/lambda-{n}${{each.key}}-${{var.environment_suffix}}"
  kms_key_id        = data.aws_kms_key.main.arn
  retention_in_days = {days} < 2 ? 1 : 60
}}

resource "aws_cloudwatch_metric_alarm" "a{n}" {{
  alarm_name          = "alarm-errors-{n}-${{var.environment_suffix}}"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  dimensions          = {{ FunctionName = "lambda-{n}-${{var.environment_suffix}}" }}
}}
""",
    """\
data "aws_iam_policy_document" "d{n}" {{
  statement {{
    sid       = "Send"
    actions   = ["sqs:SendMessage", "{action}"]
    resources = [module.queue.arn]
  }}

  dynamic "statement" {{
    for_each = var.environment_suffix == "dev" ? [] : [data.aws_kms_key.main.arn]

    content {{
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }}
  }}
}}

resource "aws_iam_role" "r{n}" {{
  name = "role-{n}-${{var.environment_suffix}}"
  assume_role_policy = <<-JSON
    {{
      "Version": "2012-10-17",
      "Statement": [
        {{ "Effect": "Allow", "Principal": {{ "Service": "lambda.amazonaws.com" }}, "Action": "sts:AssumeRole" }}
      ]
    }}
  JSON
}}

resource "aws_iam_role_policy" "p{n}" {{
  name   = "policy-{n}-${{var.environment_suffix}}"
  role   = aws_iam_role.r{n}.id
  policy = data.aws_iam_policy_document.d{n}.json
}}
""",
    """\
resource "aws_dynamodb_table" "t{n}" {{
  name                        = "table-{n}-${{var.environment_suffix}}"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = var.environment_suffix == "prod"
  hash_key                    = "pk"
  range_key                   = "sk"

  dynamic "attribute" {{
    for_each = ["pk", "sk"]

    content {{
      name = attribute.value
      type = "S"
    }}
  }}

  point_in_time_recovery {{
    enabled = {recovers}
  }}

  server_side_encryption {{
    enabled     = true
    kms_key_arn = data.aws_kms_key.main.arn
  }}
}}
""",
    """\
resource "aws_cloudwatch_event_rule" "e{n}" {{
  name          = "rule-{n}-${{var.environment_suffix}}"
  event_pattern = jsonencode({{ source = ["app.orders"], "detail-type" = ["placed", "cancelled"] }})
}}

resource "aws_cloudwatch_event_target" "e{n}" {{
  arn  = module.queue.arn
  rule = aws_cloudwatch_event_rule.e{n}.name

  dead_letter_config {{
    arn = module.queue.arn
  }}

  retry_policy {{
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = {days}
  }}
}}
""",
)


def write_estate(folder: Path, files: int, roots: int) -> list[Path]:
    """Write an estate.

    Args:
        folder: Where; made when it is not there.
        files: How many Terraform files there are in all; at least two for each root and four more.
        roots: How many root modules there are.

    Returns:
        The files, the ones in which a resource can be changed first.
    """
    texts: dict[Path, str] = {folder / "modules" / name: text for name, text in MODULES.items()}
    for root in range(roots):
        texts[folder / "roots" / f"root{root:03}" / "common.tf"] = COMMON
        texts[folder / "roots" / f"root{root:03}" / "calls.tf"] = CALLS.format(root=root)
    parts = {
        folder / "roots" / f"root{number % roots:03}" / f"part{number}.tf": KINDS[
            (number // roots) % len(KINDS)
        ].format(
            n=number,
            days=number % 14 + 1,
            action="sqs:*" if number % 3 == 0 else "sqs:GetQueueUrl",
            recovers='var.environment_suffix != "dev"' if number % 3 == 0 else "true",
        )
        for number in range(files - len(texts))
    }
    for path, text in (parts | texts).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [*parts, *texts]


def main() -> None:
    """Write one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=4000)
    parser.add_argument("--roots", type=int, default=200)
    arguments = parser.parse_args()
    print(f"{len(write_estate(arguments.folder, arguments.files, arguments.roots)):,} files")


if __name__ == "__main__":
    main()
