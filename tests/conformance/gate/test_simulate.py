"""Another evaluator of AWS's policies, run as a program of its own, gives the answers that ours gives.

It is `@cloud-copilot/iam-simulate`, which `make test-setup` installs where npm is at hand.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tapeproof.gate.access.cases import read_request_case
from tapeproof.gate.access.decision import Answer, decide
from tests.effort import cases
from tests.places import PROJECT, SHARED

PEER = PROJECT / ".environments" / "iam-simulate"
DRIVER = Path(__file__).with_name("simulate.mjs")
OWN = Path(__file__).with_name("decisions.json")
FIELD = SHARED / "field" / "access" / "decisions.json"
RANDOM = cases(300)

LITERAL = "variables are literal before Version 2012-10-17 (IAM User Guide, JSON policy elements: Version)"
UNLISTED = "it drops keys that its list of the action's keys lacks; AWS compares whatever key a request carries"
DIFFERENT = {
    "P003": "a grant to the session's own ARN passes an implicit deny (IAM User Guide, implicit denies)",
    "P008": "a Deny with NotPrincipal spares no session by its role's ARN (AWS re:Post, NotPrincipal and roles)",
    "P052": "a key's statement for the account lets its root user in (AWS KMS Developer Guide, Default key policy)",
    "P073": LITERAL,
    "P074": UNLISTED + " (IAM User Guide, aws:PrincipalTag in a resource)",
    "D042": LITERAL,
    "D043": LITERAL,
    "R060": LITERAL,
    "R053": "a date may be seconds since 1970 (IAM User Guide, Date condition operators); it takes ISO 8601 only",
    "R057": UNLISTED,
    "R077": UNLISTED + " (AWS KMS Developer Guide, kms:EncryptionContext:context-key)",
    "S002": "an empty list is no value (IAM User Guide, Multivalued context key examples: a null dataset)",
    "S028": "a date may be seconds since 1970 (IAM User Guide, Date condition operators); it takes ISO 8601 only",
    "S045": UNLISTED + " (AWS KMS Developer Guide, kms:EncryptionContext:context-key)",
    "S049": "naming the account spares none of its users and roles (IAM User Guide, NotPrincipal, example)",
    "S061": UNLISTED + " (Amazon EventBridge User Guide, events:source)",
    "S064": UNLISTED + " (IAM User Guide, keys of OIDC providers)",
    "R081": "who assumes a role must be in its trust policy (IAM User Guide, sts:AssumeRole); it asks less",
}

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (PEER / "node_modules").is_dir(),
    reason="iam-simulate is not installed: make test-setup does it where npm is",
)


def _answers(asked: list[dict[str, Any]]) -> list[str]:
    done = subprocess.run(
        ["node", str(DRIVER), str(PEER)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    told = json.loads(done.stdout)
    assert not [one for one in told if "error" in one]
    return [Answer.ALLOWED.value if one["answer"] == "Allowed" else Answer.DENIED.value for one in told]


def _closed(path: Path) -> list[dict[str, Any]]:
    """Return the cases in which nothing is open, which is what the other one takes; it knows no grants either."""
    listed: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return [one for one in listed if not one["request"].get("unknown") and not one["policies"].get("grants")]


@pytest.mark.parametrize(
    "path",
    [
        OWN,
        pytest.param(
            FIELD, marks=[pytest.mark.shared, pytest.mark.skipif(not FIELD.is_file(), reason="no field inputs")]
        ),
    ],
)
def test_the_other_evaluator_agrees_but_where_a_page_of_aws_says_otherwise(path: Path) -> None:
    asked = _closed(path)
    answers = _answers(asked)
    assert len(asked) >= 80
    differing = {one["id"] for one, answer in zip(asked, answers, strict=True) if answer != one["expected"]}
    assert differing == {name for name in DIFFERENT if name in {one["id"] for one in asked}}


HOME, AWAY = "111122223333", "444455556666"
QUEUE, BUCKET = f"arn:aws:sqs:eu-west-1:{HOME}:jobs", "arn:aws:s3:::tiles/2026/a"
KEY = f"arn:aws:kms:eu-west-1:{HOME}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
REQUESTS = [("sqs:SendMessage", QUEUE), ("sqs:DeleteMessage", QUEUE), ("s3:GetObject", BUCKET), ("kms:Decrypt", KEY)]
ACTIONS = [
    "sqs:SendMessage",
    "sqs:*",
    "sqs:?endMessage",
    "s3:Get*",
    "s3:GetObject",
    "kms:Decrypt",
    "*",
    "SQS:sendmessage",
]
RESOURCES = [
    QUEUE,
    "*",
    "arn:aws:sqs:*:*:jobs",
    "arn:aws:s3:::tiles/*",
    "arn:aws:s3:::tiles/????/a",
    KEY,
    f"{KEY[:-4]}*",
]
CONDITIONS: list[dict[str, Any]] = [
    {},
    {},
    {"StringEquals": {"aws:PrincipalOrgID": "o-desk"}},
    {"StringNotEquals": {"aws:PrincipalOrgID": "o-desk"}},
    {"StringLikeIfExists": {"aws:PrincipalOrgID": "o-*"}},
    {"Null": {"aws:PrincipalOrgID": "true"}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
    {"NotIpAddress": {"aws:SourceIp": ["10.1.0.0/16", "192.0.2.0/24"]}},
    {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{HOME}:role/*"}},
]


def _caller(draw: random.Random) -> dict[str, str]:
    account = draw.choice([HOME, HOME, AWAY])
    if draw.random() < 0.3:
        return {"kind": "user", "arn": f"arn:aws:iam::{account}:user/mara", "account": account}
    session = f"arn:aws:sts::{account}:assumed-role/app/run-1"
    return {"kind": "role", "arn": f"arn:aws:iam::{account}:role/app", "account": account, "session_arn": session}


def _document(draw: random.Random, caller: dict[str, str], *, principals: bool) -> dict[str, Any]:
    named = [caller["arn"], f"arn:aws:iam::{caller['account']}:root", f"arn:aws:iam::{AWAY}:root", "*"]
    statements: list[dict[str, Any]] = []
    for _ in range(draw.choice([1, 1, 2, 3])):
        action = "Action" if draw.random() < 0.85 else "NotAction"
        resource = "Resource" if draw.random() < 0.85 else "NotResource"
        statement: dict[str, Any] = {
            "Effect": "Allow" if draw.random() < 0.75 else "Deny",
            action: draw.sample(ACTIONS, draw.choice([1, 2])),
            resource: draw.sample(RESOURCES, draw.choice([1, 2])),
        }
        condition = draw.choice(CONDITIONS)
        statements.append(statement | ({"Condition": condition} if condition else {}))
        if principals:
            statements[-1]["Principal"] = {"AWS": draw.choice(named)}
    return {"Version": "2012-10-17", "Statement": statements}


def _case(draw: random.Random) -> dict[str, Any]:
    caller = _caller(draw)
    action, resource = draw.choice(REQUESTS)
    guard = "key" if action.startswith("kms:") else "resource"
    context: dict[str, Any] = {"aws:SecureTransport": draw.choice(["true", "false"]), "aws:PrincipalArn": caller["arn"]}
    context |= {"aws:PrincipalOrgID": "o-desk"} if draw.random() < 0.6 else {}
    context |= {"aws:SourceIp": draw.choice(["10.1.2.3", "10.9.9.9", "192.0.2.7"])} if draw.random() < 0.7 else {}
    guarded = guard == "key" or draw.random() < 0.5
    return {
        "policies": {
            "identity": [_document(draw, caller, principals=False) for _ in range(draw.choice([0, 1, 2]))],
            guard: _document(draw, caller, principals=True) if guarded else None,
            "boundary": _document(draw, caller, principals=False) if draw.random() < 0.2 else None,
        },
        "request": {
            "principal": caller, "action": action, "resource": resource, "resource_account": HOME, "context": context,
        },
    }  # fmt: skip


def test_the_other_evaluator_agrees_on_random_policies() -> None:
    draw = random.Random(16)
    asked = [_case(draw) for _ in range(RANDOM)]
    ours = [decide(*read_request_case(one, "case")).answer.value for one in asked]
    assert set(ours) == {"ALLOWED", "DENIED"}
    differing = [(one, own) for one, own, theirs in zip(asked, ours, _answers(asked), strict=True) if own != theirs]
    assert differing == []
