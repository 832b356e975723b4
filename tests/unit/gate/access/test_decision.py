"""Decisions beside those of the field: siblings of each kind."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.cli import main
from tapeproof.gate.access.cases import decide_file, read_request_case, render_cases
from tapeproof.gate.access.decision import Answer, Decision, decide
from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.wording import say_conditions

if TYPE_CHECKING:
    from pathlib import Path

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
    ("condition", "told"),
    [
        ({"NumericLessThan": {"s3:max-keys": "10"}}, "s3:max-keys is less than 10"),
        (
            {"DateGreaterThan": {"s3:max-keys": "2026-01-01T00:00:00Z"}},
            "s3:max-keys is greater than 2026-01-01T00:00:00Z",
        ),
        ({"Null": {"s3:max-keys": "true"}}, "s3:max-keys is absent"),
        ({"Null": {"s3:max-keys": "false"}}, "s3:max-keys is there"),
        ({"StringNotEquals": {"s3:max-keys": ["a", "b"]}}, "s3:max-keys is not a and is not b"),
        ({"ForAnyValue:StringEquals": {"s3:max-keys": "a"}}, "some value of s3:max-keys is a"),
        ({"ForAllValues:StringLike": {"s3:max-keys": "a*"}}, "every value of s3:max-keys matches a* or is absent"),
        ({"StringEqualsIfExists": {"s3:max-keys": "a"}}, "s3:max-keys is a or is absent"),
    ],
)
def test_what_decides_is_told(condition: dict[str, Any], told: str) -> None:
    policies = {"identity": [_document(_allow(Condition=condition))]}
    decided = _decide(policies, unknown=["s3:max-keys"])
    assert decided.answer is Answer.ALLOWED_IF
    assert say_conditions(decided.when, {}) == [told]


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
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{}", 'expected {"cases": [...]} or a list of cases'),
        ('[{"id": "A"}]', "case A: policies is missing"),
        ('[{"policies": {}}]', "case 1: request is missing"),
        ('[{"policies": {"scp": {}}, "request": {}}]', "'scp' is no kind of policy"),
        ('[{"policies": {}, "request": {"action": "s3:Get"}}]', "resource expects text, got None"),
        ('[{"policies": {}, "request": {"action": "s3:Get", "resource": "*"}}]', "principal expects a kind among"),
        (
            '[{"policies": {}, "request": {"action": "s3:Get", "resource": "*", "principal": {"kind": "user"}}}]',
            "a principal of kind user needs its ARN",
        ),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "cases.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AccessError) as error:
        decide_file(path)
    assert told in str(error.value)


def test_the_answers_are_rendered_with_what_was_expected(tmp_path: Path) -> None:
    case = {
        "policies": {"identity": [_document(_allow(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}))]},
        "request": {
            "principal": ROLE, "action": "s3:GetObject", "resource": "arn:aws:s3:::x",
            "resource_account": "111122223333", "unknown": ["aws:PrincipalOrgID"],
        },
    }  # fmt: skip
    path = tmp_path / "cases.json"
    cases = [{"id": "one", **case}, {"id": "two", **case, "expected": "DENIED"}]
    path.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    assert render_cases(decide_file(path)) == [
        "one: ALLOWED IF aws:PrincipalOrgID is o-1",
        "two: ALLOWED IF aws:PrincipalOrgID is o-1 (expected DENIED)",
        "0 of 1 answers as expected",
    ]


def test_the_command_answers_with_its_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    request = {"principal": ROLE, "action": "s3:GetObject", "resource": "arn:aws:s3:::x"}
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([{"policies": {}, "request": request, "expected": "ALLOWED"}]), encoding="utf-8")
    assert main(["gate", "decide", str(path)]) == 1
    assert "1: DENIED (expected ALLOWED)" in capsys.readouterr().out
    assert main(["gate", "decide", str(tmp_path / "none.json")]) == 2
    assert "none.json: No such file or directory" in capsys.readouterr().err
