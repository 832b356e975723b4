"""What a control of AWS fails, held against the policies that are mapped to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.controls.library import load_library
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

POLICIES = {policy.id: policy for policy in catalog()}
AWS = ("aws-fsbp", "aws-config")
NARROW = {"intersects", "supports-partially"}
"""Relations that do not tell that who passes the policy meets the control."""
INPUTS = {
    "a table without point-in-time recovery": 'resource "aws_dynamodb_table" "t" {}',
    "a table whose recovery is switched off": (
        'resource "aws_dynamodb_table" "t" {\npoint_in_time_recovery {\nenabled = false\n}\n}'
    ),
    "every action on every resource": (
        'resource "aws_iam_policy" "p" {\npolicy = jsonencode({ Statement = '
        '[{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}'
    ),
    "every action of a service": (
        'resource "aws_iam_policy" "p" {\npolicy = jsonencode({ Statement = '
        '[{ Effect = "Allow", Action = "sqs:*", Resource = "arn:aws:sqs:us-east-1:111122223333:q" }] })\n}'
    ),
    "a policy of a user": 'resource "aws_iam_user_policy" "p" {\nuser = "u"\npolicy = "{}"\n}',
    "a policy attached to a user": (
        'resource "aws_iam_user_policy_attachment" "p" {\nuser = "u"\n'
        'policy_arn = "arn:aws:iam::111122223333:policy/p"\n}'
    ),
    "a function that anyone invokes": (
        'resource "aws_lambda_permission" "p" {\nfunction_name = "f"\naction = "lambda:InvokeFunction"\n'
        'principal = "*"\n}'
    ),
    "a function that Amazon S3 invokes for whoever has the bucket's name": (
        'resource "aws_lambda_permission" "p" {\nfunction_name = "f"\naction = "lambda:InvokeFunction"\n'
        'principal = "s3.amazonaws.com"\nsource_arn = "arn:aws:s3:::b"\n}'
    ),
    "a queue for everyone": (
        'resource "aws_sqs_queue_policy" "p" {\nqueue_url = "q"\npolicy = jsonencode({ Statement = '
        '[{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }] })\n}'
    ),
    "a queue for the topics of an account": (
        'resource "aws_sqs_queue_policy" "p" {\nqueue_url = "q"\npolicy = jsonencode({ Statement = '
        '[{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*", '
        'Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:us-east-1:111122223333:*" } } }] })\n}'
    ),
    "a bucket without TLS": 'resource "aws_s3_bucket" "b" {}',
    "a queue whose encryption is switched off": ('resource "aws_sqs_queue" "q" {\nsqs_managed_sse_enabled = false\n}'),
    "a topic without a key": 'resource "aws_sns_topic" "t" {}',
    "a bucket that only the account protects": (
        'resource "aws_s3_account_public_access_block" "a" {\nblock_public_acls = true\nblock_public_policy = true\n'
        "ignore_public_acls = true\nrestrict_public_buckets = true\n}\n"
        'resource "aws_s3_bucket" "b" {\nbucket = "b"\n}\n'
        'resource "aws_s3_bucket_policy" "b" {\nbucket = aws_s3_bucket.b.id\npolicy = jsonencode({ Statement = '
        '[{ Effect = "Deny", Principal = "*", Action = "s3:*", '
        'Resource = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"], '
        'Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })\n}'
    ),
    "an alarm of a machine that tells nobody": (
        'resource "aws_cloudwatch_metric_alarm" "a" {\nnamespace = "AWS/EC2"\nmetric_name = "CPUUtilization"\n}'
    ),
    "an alarm of a machine whose actions are switched off": (
        'resource "aws_cloudwatch_metric_alarm" "a" {\nnamespace = "AWS/EC2"\nmetric_name = "CPUUtilization"\n'
        'alarm_actions = ["arn:aws:sns:us-east-1:111122223333:t"]\nactions_enabled = false\n}'
    ),
    "a runtime that AWS supports no longer": (
        'resource "aws_lambda_function" "f" {\nfunction_name = "f"\nrole = "r"\nruntime = "nodejs18.x"\n}'
    ),
    "logs kept for ninety days": 'resource "aws_cloudwatch_log_group" "g" {\nretention_in_days = 90\n}',
    "a function with a destination in the place of a dead-letter queue": (
        'resource "aws_lambda_function" "f" {\nfunction_name = "f"\nrole = "r"\n}\n'
        'resource "aws_lambda_function_event_invoke_config" "f" {\n'
        "function_name = aws_lambda_function.f.function_name\n"
        'destination_config {\non_failure {\ndestination = "arn:aws:sqs:us-east-1:111122223333:q"\n}\n}\n}'
    ),
}
FAILED_BY = {
    "DynamoDB.2": ("a table without point-in-time recovery", "a table whose recovery is switched off"),
    "dynamodb-pitr-enabled": ("a table without point-in-time recovery", "a table whose recovery is switched off"),
    "IAM.1": ("every action on every resource",),
    "IAM.2": ("a policy of a user", "a policy attached to a user"),
    "IAM.21": ("every action of a service",),
    "Lambda.1": (
        "a function that anyone invokes",
        "a function that Amazon S3 invokes for whoever has the bucket's name",
    ),
    "Lambda.2": ("a runtime that AWS supports no longer",),
    "SQS.1": ("a queue whose encryption is switched off",),
    "SQS.3": ("a queue for everyone", "a queue for the topics of an account"),
    "S3.5": ("a bucket without TLS",),
    "S3.8": ("a bucket that only the account protects",),
    "SNS.1": ("a topic without a key",),
    "CloudWatch.15": ("an alarm of a machine that tells nobody",),
    "CloudWatch.16": ("logs kept for ninety days",),
    "CloudWatch.17": ("an alarm of a machine whose actions are switched off",),
    "lambda-dlq-check": ("a function with a destination in the place of a dead-letter queue",),
}
"""By control: what it fails (Security Hub User Guide, control reference; AWS Config Developer Guide, managed rules).

Lambda.1 and SQS.3 take a condition for one only where its values are fixed, and an invocation by S3 only with
SourceAccount; S3.8 asks for the block of each bucket; CloudWatch.15 and 17 ask every alarm.
"""
MAPPINGS = [one for one in load_library().mappings if one["framework"] in AWS and str(one["policy"]).startswith("TP_")]


def test_each_control_of_aws_that_a_policy_is_mapped_to_is_held_against_what_it_fails() -> None:
    assert {one["control"] for one in MAPPINGS} == set(FAILED_BY)


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda one: f"{one['policy']}-{one['control']}")
def test_only_a_policy_that_fails_what_the_control_fails_supports_it(mapping: dict[str, str], tmp_path: Path) -> None:
    passed = [
        name for name in FAILED_BY[mapping["control"]] if not _is_failed(mapping["policy"], INPUTS[name], tmp_path)
    ]
    assert (mapping["relation"] in NARROW) == bool(passed), passed


def _is_failed(policy: str, source: str, folder: Path) -> bool:
    (folder / "main.tf").write_text(source + "\n", encoding="utf-8")
    asked = POLICIES[policy]
    return any(finding.verdict.value == "fail" for finding in asked.judge(read(folder), asked.settings()))
