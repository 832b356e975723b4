"""The auditor's role may make every call by which an account is read for the gate and for evidence."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
READERS = ("tapeproof/account", "tapeproof/evidence/collectors/live", "tapeproof/gate/frontends/live")
ROLE = ROOT / "stack/modules/market_data_system/iam.tf"
NAMED_OTHERWISE = {
    ("s3", "GetBucketEncryption"): "GetEncryptionConfiguration",
    ("s3", "GetBucketNotificationConfiguration"): "GetBucketNotification",
    ("s3", "GetObjectLockConfiguration"): "GetBucketObjectLockConfiguration",
    ("s3", "GetPublicAccessBlock"): "GetBucketPublicAccessBlock",
    ("s3", "ListBuckets"): "ListAllMyBuckets",
    ("s3control", "GetPublicAccessBlock"): "GetAccountPublicAccessBlock",
}
"""Service Authorization Reference, Amazon S3: actions that are not named like the call."""
OF_NOBODY = {
    "kinesis:DescribeStreamSummary": "the stack makes no stream, and others' are not read",
    "kinesis:GetResourcePolicy": "the stack makes no stream, and others' are not read",
    "pipes:DescribePipe": "the stack makes no pipe, and others' are not read",
    "iam:ListGroupsForUser": "the stack makes no user, and others' are not read",
    "sts:GetCallerIdentity": "needs no permission (AWS STS API Reference, GetCallerIdentity)",
}


def _calls() -> Iterator[tuple[str, str]]:
    for folder in READERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
                    if node.func.attr in {"ask", "pages"} and len(texts) == 2:
                        yield str(texts[0]), "".join(part.title() for part in str(texts[1]).split("_"))


def _action(service: str, call: str) -> str:
    return f"{'s3' if service == 's3control' else service}:{NAMED_OTHERWISE.get((service, call), call)}"


ACTIONS = sorted({_action(*call) for call in _calls()} | {"iam:GetRole"})


@pytest.mark.parametrize("action", ACTIONS)
def test_the_auditor_may_make_every_call_that_reads_an_account(action: str) -> None:
    granted = set(re.findall(r'"([a-z0-9]+:[A-Z]\w+)"', ROLE.read_text(encoding="utf-8")))
    assert action in granted or action in OF_NOBODY


def test_calls_of_every_reader_are_found() -> None:
    assert len(ACTIONS) > 45
