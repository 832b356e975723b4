"""What proves that nothing is left must look at every kind of resource that the stack can make."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from botocore.exceptions import ClientError

from tapeproof.local.errors import LeftoversError
from tapeproof.local.leftovers import LISTINGS, leftovers
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable

TERRAFORM = PROJECT / "stack"
RESOURCE = re.compile(r'^resource "(?P<kind>aws_\w+)"', re.MULTILINE)
LISTED_AS = {
    "aws_cloudtrail": ("cloudtrail", "trail"),
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
    "aws_dynamodb_resource_policy": "aws_dynamodb_table",
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


class Client:
    """Lists what it is told; everything else is empty."""

    EMPTY: ClassVar[dict[str, Any]] = {
        "Rules": [], "Keys": [], "Aliases": [], "Roles": [], "Buckets": [], "MetricAlarms": [], "CompositeAlarms": [],
    }  # fmt: skip

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers

    def get_paginator(self, operation: str) -> SimpleNamespace:
        return SimpleNamespace(paginate=lambda **asked: [getattr(self, operation)(**asked)])

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def answer(**_: object) -> dict[str, Any]:
            given = self.answers.get(operation, {})
            if isinstance(given, Exception):
                raise given
            return {**self.EMPTY, **given}

        return answer


def _left(*, embedded: bool = True, **answers: Any) -> list[str]:  # noqa: ANN401 - as AWS answers
    target: Any = SimpleNamespace(client=lambda _: Client(answers), is_embedded=embedded)
    return [str(one) for one in leftovers(target, "dev")]


def test_an_empty_account_leaves_nothing() -> None:
    assert _left() == []


def test_what_aws_made_itself_is_nothing_left() -> None:
    assert (
        _left(
            list_event_buses={"EventBuses": [{"Name": "default"}]},
            list_schedule_groups={"ScheduleGroups": [{"Name": "default"}]},
            list_aliases={"Aliases": [{"AliasName": "alias/aws/sqs"}]},
            list_roles={"Roles": [{"RoleName": "r", "Path": "/aws-service-role/x/"}]},
        )
        == []
    )


@pytest.mark.parametrize(
    ("state", "manager", "expected"),
    [
        ("Enabled", "CUSTOMER", ["kms key 1 of environment dev"]),
        ("Disabled", "CUSTOMER", ["kms key 1 of environment dev"]),
        ("PendingDeletion", "CUSTOMER", []),
        ("Enabled", "AWS", []),
    ],
)
def test_a_key_that_waits_for_its_deletion_is_gone(state: str, manager: str, expected: list[str]) -> None:
    found = _left(
        list_keys={"Keys": [{"KeyId": "1"}]},
        describe_key={"KeyMetadata": {"KeyManager": manager, "KeyState": state}},
        list_resource_tags={"Tags": [{"TagKey": "Environment", "TagValue": "dev"}]},
    )
    assert found == expected


def test_in_an_account_only_the_names_of_the_environment_are_of_the_stack() -> None:
    tables = {"TableNames": ["table-dev", "table-prod", "tabledev"]}
    assert _left(embedded=False, list_tables=tables) == ["dynamodb table table-dev"]
    assert len(_left(list_tables=tables)) == 3


def test_a_service_that_cannot_be_listed_proves_nothing() -> None:
    refused = ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "ListQueues")
    with pytest.raises(LeftoversError, match="sqs: its queues cannot be listed"):
        _left(list_queues=refused)
