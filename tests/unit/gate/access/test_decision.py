"""Decisions beside those of the field: siblings of each kind."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tapeproof.gate.access.cases import read_request_case
from tapeproof.gate.access.decision import Answer, Decision, decide
from tapeproof.gate.access.wording import say_conditions
from tests.effort import seconds_here

ROLE = {
    "kind": "role",
    "arn": "arn:aws:iam::111122223333:role/app",
    "session_arn": "arn:aws:sts::111122223333:assumed-role/app/s",
    "account": "111122223333",
}
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"


def _allow(action: object = "s3:GetObject", resource: object = "*", **members: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **members}


def _deny(**members: object) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": "*", "Resource": "*", **members}


def _document(*statements: dict[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    return {"Version": version, "Statement": list(statements)}


def _decide(policies: dict[str, Any], **request: object) -> Decision:
    asked: dict[str, object] = {
        "principal": ROLE,
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::data/x",
        **request,
    }
    asked.setdefault("resource_account", "111122223333")
    return decide(*read_request_case({"policies": policies, "request": asked}, "case"))


def test_nothing_given_is_nothing_allowed() -> None:
    assert _decide({}).answer is Answer.DENIED


@pytest.mark.parametrize(
    ("operator", "value", "context", "expected"),
    [
        ("NumericLessThan", "10", "9.5", True),
        ("NumericLessThan", "10", "10", False),
        ("NumericEquals", "10", "10.0", True),
        ("NumericEquals", "10", "ten", False),
        ("NumericNotEquals", "10", "11", True),
        ("DateGreaterThanEquals", "2026-01-01T00:00:00Z", "1767225600", True),
        ("DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", True),
        ("IpAddress", "2001:db8::/32", "2001:db8::1", True),
        ("IpAddress", "10.0.0.0/8", "::ffff:a00:1", False),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", True),
        ("Bool", "TRUE", "true", True),
        ("StringNotEqualsIgnoreCase", "DEV", "dev", False),
        ("ArnLike", "arn:aws:sns:*:111122223333:news", "arn:aws:sns:eu-west-1:111122223333:news", True),
        ("ArnLike", "arn:aws:s*:news", "arn:aws:sns:eu-west-1:111122223333:news", False),
        ("ArnNotLike", "arn:aws:sns:*:*:*", "arn:aws:sqs:eu-west-1:111122223333:news", True),
    ],
)
def test_operators_compare_by_their_kind(operator: str, value: str, context: str, expected: bool) -> None:
    policies = {"identity": [_document(_allow(Condition={operator: {"t:Key": value}}))]}
    decided = _decide(policies, context={"T:key": context})
    assert decided.answer is (Answer.ALLOWED if expected else Answer.DENIED)


@pytest.mark.parametrize(
    "conditions",
    [
        [{"NumericLessThan": {"t:k": "10"}}, {"NumericGreaterThanEquals": {"t:k": "10"}}, {"Null": {"t:k": "true"}}],
        [{"IpAddress": {"t:k": "0.0.0.0/0"}}, {"IpAddress": {"t:k": "::/0"}}, {"Null": {"t:k": "true"}}],
        [{"StringLike": {"t:k": "?*"}}, {"StringEquals": {"t:k": ""}}, {"Null": {"t:k": "true"}}],
        [{"Bool": {"t:k": "true"}}, {"Bool": {"t:k": "false"}}, {"Null": {"t:k": "true"}}],
        [{"ForAnyValue:StringEquals": {"t:k": "a"}}, {"ForAllValues:StringNotEquals": {"t:k": "a"}}],
    ],
)
def test_conditions_that_cover_everything_leave_nothing_open(conditions: list[dict[str, Any]]) -> None:
    policies = {"identity": [_document(*(_allow(Condition=condition) for condition in conditions))]}
    assert _decide(policies, unknown=["t:k"]).answer is Answer.ALLOWED


def test_two_unknown_keys_compared_with_each_other_are_decided_by_trying() -> None:
    condition = {"StringEquals": {"aws:ResourceTag/owner": "${aws:PrincipalTag/owner}"}}
    policies = {"identity": [_document(_allow(Condition=condition))]}
    decided = _decide(policies, unknown=["aws:ResourceTag/owner", "aws:PrincipalTag/owner"])
    assert decided.answer is Answer.ALLOWED_IF


def test_a_variable_in_the_resource_is_solved_for_its_key() -> None:
    policies = {"identity": [_document(_allow(resource="arn:aws:s3:::${t:a}-${t:b}/x"))]}
    one = _decide(policies, resource="arn:aws:s3:::red-blue/x", context={"t:a": "red"}, unknown=["t:b"])
    assert (one.answer, say_conditions(one.when, {})) == (Answer.ALLOWED_IF, ["t:b is blue"])
    other = _decide(policies, resource="arn:aws:s3:::green-blue/x", context={"t:a": "red"}, unknown=["t:b"])
    assert other.answer is Answer.DENIED


@pytest.mark.parametrize(
    ("grant", "context", "expected"),
    [
        ({"constraints": {"EncryptionContextEquals": {"table": "ledger"}}}, {"table": "ledger"}, Answer.ALLOWED),
        (
            {"constraints": {"EncryptionContextEquals": {"table": "ledger"}}},
            {"table": "ledger", "a": "b"},
            Answer.DENIED,
        ),
        (
            {"constraints": {"EncryptionContextSubset": {"table": "ledger"}}},
            {"table": "ledger", "a": "b"},
            Answer.ALLOWED,
        ),
        ({"operations": ["Encrypt"]}, {}, Answer.DENIED),
        ({"grantee": "arn:aws:iam::111122223333:role/other"}, {}, Answer.DENIED),
    ],
)
def test_grants_reach_as_far_as_their_constraints(
    grant: dict[str, Any], context: dict[str, str], expected: Answer
) -> None:
    policies = {"grants": [{"grantee": ROLE["arn"], "operations": ["Decrypt"], **grant}], "key": _document()}
    carried = {f"kms:EncryptionContext:{name}": value for name, value in context.items()}
    assert _decide(policies, action="kms:Decrypt", resource=KEY, context=carried).answer is expected


def test_an_explicit_deny_beats_a_grant() -> None:
    grants = [{"grantee": ROLE["arn"], "operations": ["Decrypt"]}]
    decided = _decide({"grants": grants, "identity": [_document(_deny())]}, action="kms:Decrypt", resource=KEY)
    assert decided.answer is Answer.DENIED


def test_kms_actions_on_no_key_need_no_key_policy() -> None:
    policies = {"identity": [_document(_allow("kms:ListKeys"))]}
    assert _decide(policies, action="kms:ListKeys", resource="*").answer is Answer.ALLOWED


def test_ten_thousand_statements_take_no_more_than_seconds() -> None:
    statements = [
        _allow([f"s3:Get{number}*", "s3:Put?"], [f"arn:aws:s3:::bucket-{number}/*", f"arn:aws:sqs:*:1:q{number}*"])
        for number in range(10_000)
    ]
    conditions = {"StringLike": {"aws:ResourceTag/env": "dev*"}, "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    policies = {"identity": [_document(*statements, _allow(Condition=conditions))]}
    begun = time.process_time()
    assert (
        _decide(policies, unknown=["aws:SourceIp"], context={"aws:ResourceTag/env": "dev-1"}).answer
        is Answer.ALLOWED_IF
    )
    assert time.process_time() - begun < seconds_here(10)
