"""AWS's order of evaluation, in three values.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.access.document import Document, read_document
from tapeproof.gate.access.evaluation import Grant, Policies, allows_by_itself, read_request
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.request import Request

HOME, AWAY = "111122223333", "444455556666"
ROLE = Principal("role", f"arn:aws:iam::{HOME}:role/app", HOME, f"arn:aws:sts::{HOME}:assumed-role/app/s")
SERVICE = Principal("service", "events.amazonaws.com")
KEY = f"arn:aws:kms:eu-west-1:{HOME}:key/1"


def _document(effect: str = "Allow", **members: object) -> Document:
    statement: dict[str, Any] = {"Effect": effect, "Action": "*", "Resource": "*", **members}
    return read_document({"Version": "2012-10-17", "Statement": statement})


ALLOW, DENY = _document(), _document("Deny")
FOR_ROLE = _document(Principal={"AWS": ROLE.name})
FOR_SESSION = _document(Principal={"AWS": ROLE.session})
FOR_ACCOUNT = _document(Principal={"AWS": HOME})
FOR_SERVICE = _document(Principal={"Service": SERVICE.name})


def _outcome(policies: Policies, principal: Principal = ROLE, account: str = HOME, **asked: str) -> bool | None:
    request = Request(
        principal, asked.get("action", "sqs:SendMessage"), asked.get("resource", "arn:aws:sqs:r:1:q"), account
    )
    return read_request(policies, request).outcome({})


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        (Policies(), False),
        (Policies((ALLOW,)), True),
        (Policies((ALLOW, DENY)), False),
        (Policies((ALLOW,), boundary=Document(())), False),
        (Policies((ALLOW,), boundary=ALLOW), True),
        (Policies((ALLOW,), session=Document(())), False),
        (Policies((ALLOW,), endpoint=Document(())), False),
        (Policies(resource=FOR_ROLE), True),
        (Policies(resource=FOR_ROLE, boundary=Document(())), False),
        (Policies(resource=FOR_SESSION, boundary=Document(())), True),
        (Policies(resource=FOR_ACCOUNT), False),
        (Policies((ALLOW,), resource=FOR_ACCOUNT), True),
    ],
)
def test_within_an_account_either_side_may_allow(policies: Policies, expected: bool) -> None:
    assert _outcome(policies) is expected


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        (Policies((ALLOW,)), False),
        (Policies(resource=FOR_ROLE), False),
        (Policies((ALLOW,), resource=FOR_ROLE), True),
        (Policies((ALLOW,), resource=FOR_ACCOUNT), True),
    ],
)
def test_between_accounts_both_sides_must_allow(policies: Policies, expected: bool) -> None:
    assert _outcome(policies, account=AWAY) is expected


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        (Policies((ALLOW,), key=Document(())), False),
        (Policies((ALLOW,), key=FOR_ACCOUNT), True),
        (Policies(key=FOR_ROLE), True),
        (Policies(key=Document(()), grants=(Grant(ROLE.session, ("Decrypt",)),)), True),
        (Policies(key=Document(()), grants=(Grant(ROLE.session, ("Encrypt",)),)), False),
    ],
)
def test_a_key_is_used_only_by_whom_its_policy_or_a_grant_lets(policies: Policies, expected: bool) -> None:
    assert _outcome(policies, action="kms:Decrypt", resource=KEY) is expected


def test_to_assume_a_role_its_trust_is_needed() -> None:
    role = {"action": "sts:AssumeRole", "resource": f"arn:aws:iam::{HOME}:role/other"}
    assert _outcome(Policies((ALLOW,)), **role) is False
    assert _outcome(Policies((ALLOW,), resource=FOR_ACCOUNT), **role) is True
    assert _outcome(Policies(resource=FOR_ROLE), **role) is True


def test_a_service_is_let_in_by_name_only() -> None:
    assert _outcome(Policies(resource=FOR_SERVICE), SERVICE) is True
    assert _outcome(Policies(resource=FOR_ACCOUNT), SERVICE) is False


def test_an_open_condition_leaves_the_outcome_open_until_it_is_assumed() -> None:
    guarded = _document(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}})
    request = Request(ROLE, "sqs:SendMessage", "arn:aws:sqs:r:1:q", HOME, unknown=frozenset({"aws:principalorgid"}))
    reading = read_request(Policies((guarded,)), request)
    (condition,) = reading.conditions()
    outcomes = [reading.outcome(assumed) for assumed in ({}, {condition: True}, {condition: False})]
    assert outcomes == [None, True, False]


def test_a_document_allows_by_itself_where_none_of_its_denies_applies() -> None:
    request = Request(ROLE, "sqs:SendMessage", "arn:aws:sqs:r:1:q", HOME)
    assert allows_by_itself(ALLOW, request)
    assert not allows_by_itself(Document((*ALLOW.statements, *DENY.statements)), request)
    assert not allows_by_itself(Document(()), request)


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("sts:AssumeRole", f"arn:aws:iam::{HOME}:role/r", False),
        ("sts:TagSession", f"arn:aws:iam::{HOME}:role/r", False),
        ("STS:SetSourceIdentity", f"arn:aws:iam::{HOME}:role/r", False),
        ("sts:SetContext", f"arn:aws:iam::{HOME}:role/r", False),
        ("sts:TagSession", f"arn:aws:sts::{HOME}:federated-user/u", True),
        ("iam:PassRole", f"arn:aws:iam::{HOME}:role/r", True),
    ],
)
def test_what_a_role_is_assumed_with_must_be_in_its_trust_policy(action: str, resource: str, expected: bool) -> None:
    assert _outcome(Policies((ALLOW,)), action=action, resource=resource) is expected
    assert _outcome(Policies((ALLOW,), resource=FOR_ACCOUNT), action=action, resource=resource) is True
