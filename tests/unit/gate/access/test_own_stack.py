"""The project's own stack: whole it passes, and each way of breaking it is named."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.access.duties import judge_duties, read_duties
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.model import Verdict
from tapeproof.gate.engine.settings import load_settings
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Stack

PROJECT = Path(__file__).resolve().parents[4]
AUDITOR = "modules/market_data_system/iam.tf"
QUEUES = "modules/processor/queues.tf"
RULE = "modules/processor/rule.tf"
ROUTE_ROLE = "modules/processor/iam.tf"
SEALER_ROLE = "modules/audit_log/iam.tf"
SCHEDULE = "modules/audit_log/schedule.tf"
BUS = "modules/event_bus/main.tf"
ALARMS = "modules/observability/main.tf"
KEYS = "modules/market_data_system/keys.tf"
SEND = 'Action    = "sqs:SendMessage"'


def _copy(folder: Path) -> Path:
    root = folder / "stack"
    shutil.copytree(PROJECT / "stack", root, ignore=shutil.ignore_patterns(".terraform*", "local", "tests"))
    return root


def _broken(folder: Path, file: str, before: str, after: str) -> Stack:
    root = _copy(folder)
    text = (root / file).read_text(encoding="utf-8")
    assert before in text, f"{file} no longer says {before!r}"
    (root / file).write_text(text.replace(before, after), encoding="utf-8")
    auditors = {"auditor_principal_arns": '["arn:aws:iam::111122223333:role/auditors"]'}
    return read(root, var_files=[root / "environments" / "dev.tfvars"], variables=auditors)


@pytest.mark.parametrize(
    ("file", "change", "code", "place"),
    [
        (QUEUES, ("ArnLike      = {", "ArnNotLike   = {"), "policy", "aws_sqs_queue"),
        (QUEUES, ('Principal = { Service = "events', 'Principal = { Service = "sns'), "policy", "aws_sqs_queue"),
        (QUEUES, (SEND, 'Action    = "sqs:ReceiveMessage"'), "policy", "aws_sqs_queue"),
        (QUEUES, ('"aws:SecureTransport" = "false"', '"aws:SecureTransport" = "true"'), "denied", "aws_sqs_queue"),
        (QUEUES, ('Condition = { Bool = { "aws:SecureTransport" = "false" } }', ""), "denied", "aws_sqs_queue"),
        (QUEUES, ('"aws:SourceAccount" = var.account.id', '"aws:SourceAccount" = "9"'), "policy", "aws_sqs_queue"),
        (
            QUEUES,
            ('redrivePermission = "byQueue"', 'redrivePermission = "denyAll"'),
            "redrive refused",
            "aws_sqs_queue.dlq",
        ),
        (QUEUES, (':queue-${local.purpose}"]', ':other"]'), "redrive refused", "queue.dlq"),
        (
            QUEUES,
            ("visibility_timeout_seconds = local", "visibility_timeout_seconds = 1 #"),
            "visible",
            "aws_sqs_queue.buffer",
        ),
        (
            QUEUES,
            ("  batch_size ", "  enabled = false\n  batch_size "),
            "off",
            "mapping.buffer",
        ),
        (QUEUES, ("= var.dlq_retention_seconds", "= 60"), "kept shorter", "aws_sqs_queue.dlq"),
        (
            RULE,
            ("  event_pattern  =", '  state = "DISABLED"\n  event_pattern  ='),
            "off",
            "aws_cloudwatch_event_rule.this",
        ),
        (RULE, ('= "events.amazonaws.com"', '= "sns.amazonaws.com"'), "permission", "aws_lambda_permission.rule"),
        (RULE, ("  qualifier      = aws_lambda_alias.live.name\n", ""), "permission", "aws_lambda_permission.rule"),
        (
            RULE,
            ("for_each = local.buffered ? {} : local.rules", "for_each = {}"),
            "no permission",
            "aws_cloudwatch_event_target.this",
        ),
        (RULE, ("source_account = var.account.id", 'source_account = "9"'), "permission", "aws_lambda_permission.rule"),
        (ROUTE_ROLE, ('"lambda.amazonaws.com"', '"ec2.amazonaws.com"'), "trust", "aws_iam_role.function"),
        (ROUTE_ROLE, ('"sqs:DeleteMessage", ', ""), "role", "aws_iam_role_policy.function"),
        (ROUTE_ROLE, ('["sqs:SendMessage"]', '["sqs:GetQueueUrl"]'), "role", "aws_iam_role_policy.function"),
        (ROUTE_ROLE, ('this.arn}:*"', 'this.arn}"'), "log", "aws_iam_role_policy.function"),
        (ROUTE_ROLE, ('["kms:Decrypt", "kms:Gen', '["kms:Encrypt", "kms:Gen'), "role", "aws_iam_role_policy.function"),
        (SEALER_ROLE, ("audit.arn\n        }", "audit.name\n        }"), "trust", "aws_iam_role.schedule"),
        (SEALER_ROLE, ('["lambda:InvokeFunction"]', '["lambda:GetFunction"]'), "role", "aws_iam_role_policy.schedule"),
        (SEALER_ROLE, ('"scheduler.amazonaws.com"', '"events.amazonaws.com"'), "trust", "aws_iam_role.schedule"),
        (SCHEDULE, ("  group_name ", '  state = "DISABLED"\n  group_name '), "off", "aws_scheduler_schedule.seal"),
        (BUS, ('{ "aws:SourceArn" = local.bus_arn }', '{ "aws:SourceArn" = "x" }'), "policy", "aws_sqs_queue.dlq"),
        (ALARMS, ('"cloudwatch.amazonaws.com"', '"events.amazonaws.com"'), "policy", "aws_sns_topic_policy.this"),
        (ALARMS, (":alarm-*-$", ":warning-*-$"), "policy", "aws_sns_topic_policy.this"),
        (KEYS, ('Service = "cloudwatch.amazonaws.com"', 'Service = "s3.amazonaws.com"'), "key", "aws_kms_key.data"),
        (KEYS, ('Service = "events.amazonaws.com"', 'Service = "s3.amazonaws.com"'), "key", "aws_kms_key.data"),
        (KEYS, ('"dynamodb", "lambda", "s3", "sns", "sqs"', '"dynamodb", "lambda", "s3"'), "key", "aws_kms_key.data"),
    ],
)
def test_each_way_to_stop_an_event_in_the_stack_is_named(
    tmp_path: Path, file: str, change: tuple[str, str], code: str, place: str
) -> None:
    hops = hops_of(_broken(tmp_path, file, *change))
    stops = [stop for hop in hops for stop in hop.stops]
    assert [stop for stop in stops if stop.code == code and place in stop.resource.address], [
        (stop.code, stop.resource.address, stop.details) for stop in stops
    ]


def test_the_whole_stack_stops_nothing(tmp_path: Path) -> None:
    hops = hops_of(_broken(tmp_path, BUS, "retention_days", "retention_days"))
    assert len(hops) > 100
    assert not [hop for hop in hops if hop.stops or hop.doubts]


@pytest.mark.parametrize(
    ("file", "before", "after", "text"),
    [
        ("modules/audit_log/key.tf", "AWS = aws_iam_role.sealer.arn", 'AWS = "*"', "only the sealer signs"),
        ("modules/audit_log/key.tf", '["kms:GetPublicKey", "kms:Verify"]', '["kms:Sign"]', ""),
        (ROUTE_ROLE, '["dynamodb:PutItem"]', '["dynamodb:*Item"]', "nobody updates or deletes an entry"),
        (ROUTE_ROLE, "[queue.arn]", '["*"]', "what waits for the book route is read by its own function only"),
        (ROUTE_ROLE, "[aws_sqs_queue.dlq.arn]", '["*"]', "what the trade route failed on is handed over"),
        (
            AUDITOR,
            '["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"]',
            '["sns:*"]',
            "the auditor can change nothing",
        ),
        (AUDITOR, '["kms:Decrypt"]', '["kms:CreateGrant"]', "the auditor can change nothing"),
        (
            ROUTE_ROLE,
            '["xray:PutTelemetryRecords", ',
            '["lambda:UpdateFunctionCode", ',
            "nobody of the stack changes what",
        ),
        (SEALER_ROLE, '["xray:PutTelemetryRecords", ', '["lambda:UpdateAlias", ', "nobody of the stack changes"),
        (ROUTE_ROLE, '["dynamodb:PutItem"]', '["dynamodb:DeleteTable"]', "nobody deletes the tables"),
        (ROUTE_ROLE, '["kms:Decrypt", "kms:Gen', '["kms:CreateGrant", "kms:Gen', "what runs does not administer keys"),
    ],
)
def test_each_duty_that_is_broken_is_named(tmp_path: Path, file: str, before: str, after: str, text: str) -> None:
    duties = read_duties(load_settings(PROJECT, Documents()).parameters["TP_SOD_1"]["invariants"])
    findings = list(judge_duties(_broken(tmp_path, file, before, after), duties))
    told = [finding.message for finding in findings if finding.verdict is Verdict.FAIL]
    assert (any(message.startswith(text) for message in told)) if text else (told == [])
