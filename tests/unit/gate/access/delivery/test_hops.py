"""One stack of everything that works, and one change after the other that stops an event somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.findings import Scope, judge_hops
from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.access.delivery.facts import Hop

WORKS = """
provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}

locals {
  account = data.aws_caller_identity.me.account_id
}

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "placed" {
  name           = "placed"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = ["shop.orders"] })
}

resource "aws_kms_key" "mail" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = local.account }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { Service = ["events.amazonaws.com", "sns.amazonaws.com", "cloudwatch.amazonaws.com"] }
        Action    = ["kms:GenerateDataKey*", "kms:Decrypt"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
    ]
  })
}

resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  kms_master_key_id          = aws_kms_key.mail.key_id
  visibility_timeout_seconds = 180
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn, maxReceiveCount = 3 })
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:eu-west-1:${local.account}:orders"]
  })
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.orders.arn
        Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:events:*:${local.account}:rule/shop/*" } }
      },
      {
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = "SQS:SendMessage"
        Resource  = "arn:aws:sqs:${data.aws_region.here.name}:${local.account}:orders"
        Condition = { StringEquals = { "aws:SourceArn" = aws_sns_topic.news.arn } }
      },
    ]
  })
}

resource "aws_sqs_queue_policy" "lost" {
  queue_url = aws_sqs_queue.lost.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["events.amazonaws.com", "sns.amazonaws.com"] }
      Action    = "sqs:Send*"
      Resource  = "*"
      Condition = { ArnEquals = { "aws:SourceArn" = [aws_cloudwatch_event_rule.placed.arn, aws_sns_topic.news.arn] } }
    }]
  })
}

resource "aws_cloudwatch_event_target" "orders" {
  rule           = aws_cloudwatch_event_rule.placed.name
  event_bus_name = aws_cloudwatch_event_bus.shop.arn
  arn            = aws_sqs_queue.orders.arn
  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_sns_topic" "news" {
  name              = "news"
  kms_master_key_id = aws_kms_key.mail.arn
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn      = aws_sns_topic.news.arn
  protocol       = "sqs"
  endpoint       = aws_sqs_queue.orders.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn })
}

resource "aws_cloudwatch_metric_alarm" "late" {
  alarm_name    = "late"
  alarm_actions = [aws_sns_topic.news.arn]
}

resource "aws_iam_role" "work" {
  name = "work"
  path = "/service/"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }
  })
}

data "aws_iam_policy_document" "work" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.orders.arn]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.mail.arn]
    condition {
      test     = "StringLike"
      variable = "kms:ViaService"
      values   = ["sqs.*.amazonaws.com", "sns.*.amazonaws.com"]
    }
  }
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:*:${local.account}:log-group:/aws/lambda/work:*"]
  }
  statement {
    actions   = ["sns:Publish", "kms:GenerateDataKey"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "work" {
  name   = "work"
  policy = data.aws_iam_policy_document.work.json
}

resource "aws_iam_role_policy_attachment" "work" {
  role       = aws_iam_role.work.name
  policy_arn = aws_iam_policy.work.arn
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = aws_iam_role.work.arn
  timeout       = 30
  dead_letter_config {
    target_arn = aws_sns_topic.news.arn
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.work.function_name
  function_version = "1"
}

resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_alias.live.arn
}

resource "aws_cloudwatch_event_target" "work" {
  rule           = aws_cloudwatch_event_rule.placed.name
  event_bus_name = "shop"
  arn            = aws_lambda_alias.live.arn
}

resource "aws_lambda_permission" "work" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.work.function_name
  qualifier      = aws_lambda_alias.live.name
  principal      = "events.amazonaws.com"
  source_arn     = aws_cloudwatch_event_rule.placed.arn
  source_account = local.account
}

resource "aws_iam_role" "clock" {
  name = "clock"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:scheduler:*:${local.account}:schedule-group/default" } }
    }]
  })
  inline_policy {
    name   = "clock"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.orders.arn },
        { Effect = "Allow", Action = ["kms:GenerateDataKey", "kms:Decrypt"], Resource = aws_kms_key.mail.arn },
      ]
    })
  }
}

resource "aws_scheduler_schedule" "clock" {
  name                = "clock"
  schedule_expression = "rate(1 hour)"
  target {
    arn      = aws_sqs_queue.orders.arn
    role_arn = aws_iam_role.clock.arn
  }
}
"""


def _hops(folder: Path, text: str) -> tuple[Hop, ...]:
    (folder / "main.tf").write_text(text, encoding="utf-8")
    return hops_of(read(folder))


def test_what_works_is_not_found_fault_with(tmp_path: Path) -> None:
    hops = _hops(tmp_path, WORKS)
    assert len(hops) == 13
    assert not [(hop.origin, hop.end, hop.stops, hop.doubts) for hop in hops if hop.stops or hop.doubts]


@pytest.mark.parametrize(
    ("before", "after", "code", "place"),
    [
        (
            'source = ["shop.orders"] })',
            'source = ["shop.orders"] })\n  state = "DISABLED"',
            "off",
            "aws_cloudwatch_event_rule.placed",
        ),
        ("rule/shop/*", "rule/*", "", ""),
        ("rule/shop/*", "rule/placed", "policy", "aws_sqs_queue_policy.orders"),
        ("rule/shop/*", "rule/sho?/plac*", "", ""),
        (
            "arn:aws:events:*:${local.account}",
            "arn:aws:events:us-*:${local.account}",
            "policy",
            "aws_sqs_queue_policy.orders",
        ),
        (
            '"events.amazonaws.com", "sns.amazonaws.com", "cloudwatch',
            '"events.amazonaws.com", "cloudwatch',
            "key",
            "aws_kms_key.mail",
        ),
        ('"sns.amazonaws.com", "cloudwatch.amazonaws.com"', '"sns.amazonaws.com"', "key", "aws_kms_key.mail"),
        ('"kms:GenerateDataKey*", "kms:Decrypt"]\n', '"kms:GenerateDataKey*"]\n', "key", "aws_kms_key.mail"),
        ("aws_kms_key.mail.key_id", '"alias/aws/sqs"', "managed key of a queue", "aws_sqs_queue.orders"),
        ("visibility_timeout_seconds = 180", "visibility_timeout_seconds = 29", "visible", "aws_sqs_queue.orders"),
        (
            "visibility_timeout_seconds = 180",
            "visibility_timeout_seconds = 179",
            "visible soon",
            "aws_sqs_queue.orders",
        ),
        (
            "deadLetterTargetArn = aws_sqs_queue.lost.arn, max",
            "deadLetterTargetArn = aws_sqs_queue.orders.arn, max",
            "itself",
            "aws_sqs_queue.orders",
        ),
        ("message_retention_seconds = 1209600", "message_retention_seconds = 60", "kept shorter", "aws_sqs_queue.lost"),
        ('${local.account}:orders"]\n  })', '${local.account}:other"]\n  })', "redrive refused", "aws_sqs_queue.lost"),
        ("event_bus_name = aws_cloudwatch_event_bus.shop.arn", "", "other bus", "aws_cloudwatch_event_target.orders"),
        (
            "= [aws_cloudwatch_event_rule.placed.arn, aws_sns_topic.news.arn]",
            "= aws_sns_topic.news.arn",
            "policy",
            "aws_sqs_queue_policy.lost",
        ),
        ('Action    = "sqs:Send*"', 'Action    = "sqs:Receive*"', "policy", "aws_sqs_queue_policy.lost"),
        (
            '  name                      = "lost"',
            '  name                      = "lost.fifo"\n  fifo_queue = true',
            "fifo queue",
            "aws_cloudwatch_event_target.orders",
        ),
        (
            'alarm_name    = "late"',
            'alarm_name    = "late"\n  actions_enabled = false',
            "actions off",
            "aws_cloudwatch_metric_alarm.late",
        ),
        (
            'actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"',
            'actions   = ["sqs:ReceiveMessage"',
            "role",
            "aws_iam_policy.work",
        ),
        ('values   = ["sqs.*', 'values   = ["s3.*', "role", "aws_iam_policy.work"),
        ("log-group:/aws/lambda/work:*", "log-group:/aws/lambda/work", "log", "aws_iam_policy.work"),
        ("log-group:/aws/lambda/work:*", "log-group:/aws/lambda/*", "", ""),
        (
            'actions   = ["sns:Publish", "kms:GenerateDataKey"]',
            'actions   = ["kms:GenerateDataKey"]',
            "role",
            "aws_iam_policy.work",
        ),
        ("  qualifier      = aws_lambda_alias.live.name\n", "", "permission", "aws_lambda_permission.work"),
        (
            'principal      = "events.amazonaws.com"',
            'principal      = "s3.amazonaws.com"',
            "permission",
            "aws_lambda_permission.work",
        ),
        (
            "source_account = local.account",
            'source_account = "444455556666"',
            "permission",
            "aws_lambda_permission.work",
        ),
        (
            'action         = "lambda:InvokeFunction"',
            'action         = "lambda:InvokeFunction"\n  count = 0',
            "no permission",
            "aws_cloudwatch_event_target.work",
        ),
        ("schedule-group/default", "schedule/default/clock", "trust", "aws_iam_role.clock"),
        ('Service = "lambda.amazonaws.com"', 'Service = "edgelambda.amazonaws.com"', "trust", "aws_iam_role.work"),
        ('Action = "sqs:SendMessage", Resource', 'Action = "sqs:Receive*", Resource', "role", "aws_iam_role.clock"),
        ('["kms:GenerateDataKey", "kms:Decrypt"]', '["kms:Decrypt"]', "role", "aws_iam_role.clock"),
        (
            'schedule_expression = "rate(1 hour)"',
            'schedule_expression = "rate(1 hour)"\n  state = "DISABLED"',
            "off",
            "aws_scheduler_schedule.clock",
        ),
        (
            "event_source_arn = aws_sqs_queue.orders.arn",
            "event_source_arn = aws_sqs_queue.orders.arn\n  enabled = false",
            "off",
            "aws_lambda_event_source_mapping.work",
        ),
        ('path = "/service/"', 'path = "/service/"\n  permissions_boundary = aws_iam_policy.fence.arn', "", ""),
    ],
)
def test_each_break_is_named_where_it_is(tmp_path: Path, before: str, after: str, code: str, place: str) -> None:
    assert WORKS.count(before) == 1, before
    hops = _hops(tmp_path, WORKS.replace(before, after) + FENCE)
    found = {(stop.code, stop.resource.address) for hop in hops for stop in hop.stops}
    assert (found == set()) if not code else ((code, place) in found)
    assert not [doubt for hop in hops for doubt in hop.doubts]


FENCE = """
resource "aws_iam_policy" "fence" {
  name = "fence"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:*", "sns:*", "kms:*", "logs:*"], Resource = "*" }]
  })
}
"""


def test_a_finding_tells_the_way_up_to_the_hop_that_stops(tmp_path: Path) -> None:
    text = WORKS.replace('["sqs:ReceiveMessage", "sqs:DeleteMessage"', '["sqs:ReceiveMessage"')
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    findings = list(judge_hops(read(tmp_path), Scope(("delivery",), ("admission",))))
    failed = [finding for finding in findings if finding.verdict is Verdict.FAIL]
    told = (
        "aws_cloudwatch_event_bus.shop -> aws_cloudwatch_event_rule.placed -> aws_sqs_queue.orders -> "
        "aws_lambda_function.work: aws_iam_role.work may not call sqs:DeleteMessage on "
        "arn:aws:sqs:eu-west-1:111122223333:orders"
    )
    assert [finding.message for finding in failed] == [told]


def test_what_is_known_after_apply_or_from_outside_is_told(tmp_path: Path) -> None:
    text = WORKS.replace("policy_arn = aws_iam_policy.work.arn", "policy_arn = var.policy") + 'variable "policy" {}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    findings = list(judge_hops(read(tmp_path), Scope(("delivery",), ("admission",))))
    assert {finding.verdict for finding in findings} == {Verdict.PASS, Verdict.UNKNOWN}
