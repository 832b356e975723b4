"""The role that deploys: its policy, who takes it on the embedded AWS, and whether it holds what was needed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tapeproof.local.emulator.needs import ACCOUNT, ALIAS, PASSED
from tests.places import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.local.emulator.needs import Need
    from tapeproof.local.lifecycle import LocalStack

SUFFIX = "local"
ROLE = "market-data-deployer"
POLICY = PROJECT / "stack" / "pipelines" / "deployer.json"
STATES = "arn:aws:s3:::states"
NOT_CALLED = {
    # what an update of the stack calls and these three runs do not
    **dict.fromkeys(
        (
            "dynamodb:UpdateTable", "events:UpdateArchive", "events:UpdateEventBus", "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole", "kms:DisableKeyRotation", "kms:PutKeyPolicy", "kms:UpdateAlias",
            "kms:UpdateKeyDescription", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionEventInvokeConfig",
            "scheduler:UpdateSchedule", "sqs:SetQueueAttributes", "lambda:GetFunctionConfiguration",
            "lambda:PublishVersion", "lambda:UpdateAlias", "lambda:UpdateEventSourceMapping",
            "lambda:UpdateFunctionConfiguration",
        ),
        "changes of settings",
    ),
    **dict.fromkeys(
        (
            "lambda:DeleteFunctionConcurrency", "lambda:DeleteProvisionedConcurrencyConfig",
            "lambda:GetProvisionedConcurrencyConfig", "lambda:PutFunctionConcurrency",
            "lambda:PutProvisionedConcurrencyConfig",
        ),
        "reserved_concurrency and provisioned_concurrency of a route",
    ),
    **dict.fromkeys(
        ("sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes", "sns:Subscribe", "sns:Unsubscribe"),
        "alarm_subscriptions",
    ),
    **dict.fromkeys(
        (
            "cloudwatch:UntagResource", "dynamodb:UntagResource", "events:UntagResource", "iam:UntagRole",
            "kms:UntagResource", "lambda:UntagResource", "logs:UntagResource", "scheduler:UntagResource",
            "sns:UntagResource", "sqs:UntagQueue",
        ),
        "changes of tags",
    ),
    **dict.fromkeys(
        ("kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"),
        "asked by DynamoDB, Lambda, S3, SNS and SQS in the caller's name when what they keep is encrypted with the key",
    ),
    "lambda:ListAliases": "`tapeproof ops canary`",
    "logs:AssociateKmsKey": "CreateLogGroup with a key (CloudWatch Logs User Guide, on encrypting log data)",
    "s3:GetObject": "the state", "s3:PutObject": "the state",
}  # fmt: skip
"""What the policy grants and no recorded call needs, with the reason."""


GOES_ON_WITHOUT = {"KeyThatTablesHaveOtherwise"}
"""Statements whose refusal the provider bears: tried, the stack is applied and destroyed all the same."""
STATE_ACTIONS = {"s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"}
"""On the state bucket; here the state is a file."""


def read_policy(account: str = ACCOUNT, suffix: str = SUFFIX) -> dict[str, Any]:
    """Return the policy with its placeholders filled in."""
    text = POLICY.read_text(encoding="utf-8")
    for name, value in (("ACCOUNT", account), ("STATE-BUCKET", STATES.rpartition(":")[2]), ("SUFFIX", suffix)):
        assert name in text
        text = text.replace(name, value)
    policy: dict[str, Any] = json.loads(text)
    return policy


def take_role(stack: LocalStack, policy: dict[str, Any]) -> None:
    """Let Terraform act as a role that holds exactly a policy."""
    iam, sts = stack.target.client("iam"), stack.target.client("sts")
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=document, MaxSessionDuration=43_200)["Role"]["Arn"]
    iam.put_role_policy(RoleName=ROLE, PolicyName="deployer", PolicyDocument=json.dumps(policy))
    taken = sts.assume_role(RoleArn=role, RoleSessionName="pipeline", DurationSeconds=43_200)["Credentials"]
    stack.credentials = {
        "AWS_ACCESS_KEY_ID": taken["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": taken["SecretAccessKey"],
        "AWS_SESSION_TOKEN": taken["SessionToken"],
    }


def leave_role(stack: LocalStack) -> None:
    """Take the role away again."""
    iam = stack.target.client("iam")
    iam.delete_role_policy(RoleName=ROLE, PolicyName="deployer")
    iam.delete_role(RoleName=ROLE)


def judge_policy(needs: Iterable[Need], policy: dict[str, Any]) -> list[str]:
    """Return what a policy lacks, grants for nothing or says twice, held against what was needed."""
    by_need = {need: _grants(need, policy) for need in set(needs)}
    used = {need.action for need in by_need}
    said = [f"{need.action} on {need.resource} is not granted" for need, grants in by_need.items() if not grants]
    said += [f"{action} is granted for nothing" for action in list_granted(policy) - used - NOT_CALLED.keys()]
    said += [f"{action} is listed and not granted" for action in NOT_CALLED.keys() - list_granted(policy)]
    alone = {grants[0] for grants in by_need.values() if len(grants) == 1}
    for statement in policy["Statement"]:
        if statement["Sid"] not in alone and not set(list_actions(statement)) <= NOT_CALLED.keys() | STATE_ACTIONS:
            said.append(f"statement {statement['Sid']} could go")
    return sorted(said)


def _grants(need: Need, policy: dict[str, Any]) -> list[str]:
    """Return the statements that allow an action on a resource, what they say about tags and names taken as held."""
    return [
        statement["Sid"]
        for statement in policy["Statement"]
        if need.action in list_actions(statement)
        and _tells_apart(statement) == (need.key, need.value)
        and any(_matches(pattern, need.resource) for pattern in _listed(statement["Resource"]))
    ]


def _tells_apart(statement: dict[str, Any]) -> tuple[str, str]:
    """Return key and value of the condition that tells a statement's needs from others, as `Need` has them."""
    equals = statement.get("Condition", {}).get("StringEquals", {})
    return next(((key, equals[key]) for key in (PASSED, ALIAS) if key in equals), ("", ""))


def list_granted(policy: dict[str, Any]) -> set[str]:
    """Return every action that a policy allows."""
    return {action for statement in policy["Statement"] for action in list_actions(statement)}


def list_actions(statement: dict[str, Any]) -> list[str]:
    """Return the actions of a statement."""
    return _listed(statement["Action"])


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _matches(pattern: str, resource: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), resource) is not None
