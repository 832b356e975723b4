"""The applied stack, held against what others say about AWS: models of its API, lists of its metrics."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.e2e.deployer import ROLE
from tests.e2e.request_models import check_requests
from tests.places import PROJECT

if TYPE_CHECKING:
    from tapeproof.local.lifecycle import LocalStack

pytestmark = pytest.mark.embedded_aws

METRICS = json.loads((PROJECT / "tests" / "unit" / "stack" / "metrics.json").read_text(encoding="utf-8"))["metrics"]
BY_HAND = {
    # Amazon EventBridge User Guide, "Monitoring Amazon EventBridge": rules of a custom bus have its name too.
    ("AWS/Events", "FailedInvocations", ("EventBusName", "RuleName")),
    ("AWS/Events", "InvocationsFailedToBeSentToDlq", ("EventBusName", "RuleName")),
    ("AWS/Events", "ThrottledRules", ("EventBusName", "RuleName")),
    ("AWS/Events", "MatchedEvents", ("EventBusName", "RuleName")),
    ("AWS/Events", "IngestionToInvocationStartLatency", ("EventBusName", "RuleName")),
    ("AWS/Events", "PutEventsFailedEntriesCount", ()),
    ("AWS/Events", "PutEventsApproximateThrottledCount", ()),
    # AWS Lambda Developer Guide, "Types of metrics for Lambda functions", asynchronous invocation metrics.
    ("AWS/Lambda", "AsyncEventAge", ("FunctionName",)),
    ("AWS/Lambda", "AsyncEventsDropped", ("FunctionName",)),
    # EventBridge Scheduler User Guide, "Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch".
    ("AWS/Scheduler", "InvocationDroppedCount", ("ScheduleGroup",)),
    ("AWS/Scheduler", "InvocationsFailedToBeSentToDeadLetterCount", ("ScheduleGroup",)),
    ("AWS/Scheduler", "TargetErrorCount", ("ScheduleGroup",)),
}
"""What aws-cdk-lib lacks, with AWS's page on it."""


def _alarmed(stack: LocalStack) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return the metric and dimensions of every alarm that watches one of AWS's own."""
    pages = stack.target.client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmTypes=["MetricAlarm"])
    alarms = [alarm for page in pages for alarm in page["MetricAlarms"]]
    assert len(alarms) > 100  # guards the reader
    watched = [alarm for alarm in alarms if "MetricName" in alarm]
    watched += [
        one["MetricStat"]["Metric"] for alarm in alarms for one in alarm.get("Metrics", []) if "MetricStat" in one
    ]
    return {
        (one["Namespace"], one["MetricName"], tuple(sorted(each["Name"] for each in one.get("Dimensions", []))))
        for one in watched
        if one["Namespace"].startswith("AWS/")
    }


def test_every_alarm_watches_a_metric_that_aws_has_in_dimensions_that_it_has_it_in(applied_stack: LocalStack) -> None:
    known = {
        (namespace, metric, tuple(dimensions))
        for namespace, metrics in METRICS.items()
        for metric, alternatives in metrics.items()
        for dimensions in alternatives
    }
    watched = _alarmed(applied_stack)
    assert watched - known - BY_HAND == set()
    assert BY_HAND - watched == set(), "what nothing watches need not be listed"


def test_every_request_of_terraform_fits_the_model_of_its_operation(
    applied_stack: LocalStack, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = check_requests(applied_stack)
    with capsys.disabled():
        said = f"{checked.requests:,} requests of {len(checked.operations)} operations, {checked.values:,} values"
        print(f"\n{said}, {len(checked.violations)} violations")
    assert checked.requests > 500  # guards the recording
    assert sorted(set(checked.violations)) == []


def _judge_policy(document: dict[str, object]) -> list[str]:
    """Return what parliament says about a policy."""
    import parliament  # noqa: PLC0415 - reads its lists of actions when it is imported, which takes a second

    return [f"{one.issue}: {one.detail}" for one in parliament.analyze_policy_string(json.dumps(document)).findings]


@pytest.mark.filterwarnings("ignore:pkg_resources is deprecated")
def test_a_linter_of_policies_finds_nothing_in_any_role(applied_stack: LocalStack) -> None:
    iam = applied_stack.target.client("iam")
    policies = {
        f"{role['RoleName']} {name}": iam.get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"]
        for role in iam.list_roles()["Roles"]
        for name in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
    }
    assert len(policies) >= 7  # guards the reader
    policies.pop(f"{ROLE} deployer")  # whose findings have reasons: tests/unit/stack/test_deployer.py
    assert {name: said for name, policy in policies.items() if (said := _judge_policy(policy))} == {}
    statement = {"Effect": "Allow", "Action": "dynamodb:PutItems", "Resource": "*"}
    assert _judge_policy({"Version": "2012-10-17", "Statement": [statement]})
