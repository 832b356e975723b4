"""What proves that nothing is left must look at every kind of resource that the stack can make."""

from __future__ import annotations

import re

import pytest

from tapeproof.local.leftovers import LISTINGS
from tests.places import PROJECT

TERRAFORM = PROJECT / "stack"
RESOURCE = re.compile(r'^resource "(?P<kind>aws_\w+)"', re.MULTILINE)
LISTED_AS = {
    "aws_cloudwatch_composite_alarm": ("cloudwatch", "alarm"),
    "aws_cloudwatch_dashboard": ("cloudwatch", "dashboard"),
    "aws_cloudwatch_event_archive": ("events", "archive"),
    "aws_cloudwatch_event_bus": ("events", "event bus"),
    "aws_cloudwatch_event_rule": ("events", "rule"),
    "aws_cloudwatch_log_group": ("logs", "log group"),
    "aws_cloudwatch_metric_alarm": ("cloudwatch", "alarm"),
    "aws_dynamodb_table": ("dynamodb", "table"),
    "aws_iam_policy": ("iam", "policy"),
    "aws_iam_role": ("iam", "role"),
    "aws_kms_alias": ("kms", "alias"),
    "aws_kms_key": ("kms", "key"),
    "aws_lambda_event_source_mapping": ("lambda", "event source mapping"),
    "aws_lambda_function": ("lambda", "function"),
    "aws_s3_bucket": ("s3", "bucket"),
    "aws_scheduler_schedule": ("scheduler", "schedule"),
    "aws_scheduler_schedule_group": ("scheduler", "schedule group"),
    "aws_sns_topic": ("sns", "topic"),
    "aws_sns_topic_subscription": ("sns", "subscription"),
    "aws_sqs_queue": ("sqs", "queue"),
}
PART_OF = {
    "aws_cloudwatch_event_bus_policy": "aws_cloudwatch_event_bus",
    "aws_cloudwatch_event_target": "aws_cloudwatch_event_rule",
    "aws_cloudwatch_log_metric_filter": "aws_cloudwatch_log_group",
    "aws_iam_role_policy": "aws_iam_role",
    "aws_iam_role_policy_attachment": "aws_iam_role",
    "aws_lambda_alias": "aws_lambda_function",
    "aws_lambda_function_event_invoke_config": "aws_lambda_function",
    "aws_lambda_permission": "aws_lambda_function",
    "aws_lambda_provisioned_concurrency_config": "aws_lambda_function",
    "aws_s3_bucket_lifecycle_configuration": "aws_s3_bucket",
    "aws_s3_bucket_ownership_controls": "aws_s3_bucket",
    "aws_s3_bucket_policy": "aws_s3_bucket",
    "aws_s3_bucket_public_access_block": "aws_s3_bucket",
    "aws_s3_bucket_server_side_encryption_configuration": "aws_s3_bucket",
    "aws_s3_bucket_versioning": "aws_s3_bucket",
    "aws_sns_topic_policy": "aws_sns_topic",
    "aws_sqs_queue_policy": "aws_sqs_queue",
    "aws_sqs_queue_redrive_allow_policy": "aws_sqs_queue",
}
"""These live inside another resource and end with it."""


def _kinds() -> list[str]:
    files = [*TERRAFORM.glob("*.tf"), *TERRAFORM.glob("modules/**/*.tf")]
    return sorted({found["kind"] for path in files for found in RESOURCE.finditer(path.read_text())})


@pytest.mark.parametrize("kind", _kinds())
def test_each_resource_of_the_stack_is_looked_for_after_its_destruction(kind: str) -> None:
    listed = {(service, what) for service, what, _ in LISTINGS}
    assert LISTED_AS[PART_OF.get(kind, kind)] in listed
