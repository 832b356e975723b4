"""Conditions in words."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.access.cases import read_request_case
from tapeproof.gate.access.condition import Opaque, build_test
from tapeproof.gate.access.decision import Answer, Decision, decide
from tapeproof.gate.access.document import Clause, Names, Statement
from tapeproof.gate.access.operators import read_operator
from tapeproof.gate.access.wording import say_conditions, say_decision, say_statement

ROLE = {
    "kind": "role",
    "arn": "arn:aws:iam::111122223333:role/app",
    "session_arn": "arn:aws:sts::111122223333:assumed-role/app/s",
    "account": "111122223333",
}


def _allow(action: object = "s3:GetObject", resource: object = "*", **members: object) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **members}


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
    ("operator", "values", "told"),
    [
        ("StringEquals", ["a"], "t:K is not a"),
        ("StringNotEquals", ["a"], "t:K is a"),
        ("NumericLessThan", ["10"], "t:K is not less than 10"),
        ("Null", ["true"], "t:K is there"),
        ("StringLike", ["plain", "a*"], "t:K is not plain and does not match a*"),
        ("IpAddress", ["10.0.0.0/8"], "t:K is not within 10.0.0.0/8"),
        ("StringEquals", [""], "t:K is not empty"),
    ],
)
def test_what_must_not_hold_is_told_the_other_way_round(operator: str, values: list[str], told: str) -> None:
    clause = Clause(read_operator(operator), "t:k", "t:K", tuple(values))
    assert say_conditions([(build_test(clause, lambda _: None, live=True), False)], {}) == [told]


def test_a_key_is_spelled_as_the_request_spells_it() -> None:
    clause = Clause(read_operator("StringEquals"), "t:k", "T:K", ("a",))
    assert say_conditions([(build_test(clause, lambda _: None, live=True), True)], {"t:k": "t:Key"}) == ["t:Key is a"]


def test_what_is_not_known_is_told_by_its_reason() -> None:
    opaque = Opaque("var.policy has no value")
    assert say_conditions([(opaque, True), (opaque, False)], {}) == [
        "var.policy has no value",
        "not: var.policy has no value",
    ]


def test_an_answer_is_told_with_what_it_hangs_on() -> None:
    policies = {"identity": [_document(_allow(Condition={"StringEquals": {"aws:PrincipalTag/Team": "desk"}}))]}
    told = _decide(policies, unknown=["aws:PrincipalTag/Team"])
    assert say_decision(told, {"aws:principaltag/team": "aws:PrincipalTag/Team"}) == (
        "ALLOWED IF aws:PrincipalTag/Team is desk"
    )
    assert say_decision(Decision(Answer.UNKNOWN, missing=("one", "another")), {}) == "UNKNOWN one and another"
    assert say_decision(Decision(Answer.DENIED), {}) == "DENIED"


@pytest.mark.parametrize(
    ("sid", "place", "said"),
    [
        ("", "", "by policy"),
        ("Read", "main.tf:3:5", "by policy (Read) at main.tf:3:5"),
        ("Read", "", "by policy (Read)"),
    ],
)
def test_a_statement_is_named_by_its_policy_and_its_place(sid: str, place: str, said: str) -> None:
    assert say_statement("policy", Statement("Allow", Names(("*",)), sid=sid, place=place)) == said
