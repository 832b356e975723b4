"""How closely a statement names who asks.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Literal

import pytest

from tapeproof.gate.access.document import Names, Statement
from tapeproof.gate.access.principal import Match, Principal, match_principal, service_name

HOME = "111122223333"
ROLE = Principal(
    "role", f"arn:aws:iam::{HOME}:role/app", HOME, f"arn:aws:sts::{HOME}:assumed-role/app/s"
)  # fmt: skip
USER = Principal("user", f"arn:aws:iam::{HOME}:user/mara", HOME)
ROOT = Principal("root", f"arn:aws:iam::{HOME}:root", HOME)
EVENTS = Principal("service", "events.amazonaws.com")
ANYBODY = Principal("anonymous")


def _names(
    *principals: tuple[str, str], effect: Literal["Allow", "Deny"] = "Allow", excepted: bool = False
) -> Statement:
    return Statement(effect, Names(("*",)), principals=principals, except_principals=excepted)


@pytest.mark.parametrize(
    ("named", "principal", "expected"),
    [
        (("AWS", "*"), ANYBODY, Match.DIRECT),
        (("AWS", "*"), EVENTS, Match.DIRECT),
        (("AWS", ROLE.name), ROLE, Match.ROLE),
        (("AWS", ROLE.session), ROLE, Match.DIRECT),
        (("AWS", USER.name), USER, Match.DIRECT),
        (("AWS", HOME), ROLE, Match.ACCOUNT),
        (("AWS", f"arn:aws:iam::{HOME}:root"), USER, Match.ACCOUNT),
        (("AWS", f"arn:aws-cn:iam::{HOME}:root"), USER, Match.ACCOUNT),
        (("AWS", HOME), ROOT, Match.DIRECT),
        (("AWS", "444455556666"), ROLE, Match.NONE),
        (("AWS", ROLE.name + "*"), ROLE, Match.NONE),
        (("AWS", HOME), EVENTS, Match.NONE),
        (("AWS", f"{HOME}\n"), ROLE, Match.NONE),
        (("Service", "events.amazonaws.com"), EVENTS, Match.DIRECT),
        (("Service", "events.eu-west-1.amazonaws.com"), EVENTS, Match.DIRECT),
        (("Service", "*"), EVENTS, Match.DIRECT),
        (("Service", "*"), USER, Match.NONE),
        (("Service", "sns.amazonaws.com"), EVENTS, Match.NONE),
        (("Federated", "accounts.google.com"), Principal("federated", "accounts.google.com"), Match.DIRECT),
        (("Federated", "accounts.google.com"), Principal("canonical", "accounts.google.com"), Match.NONE),
    ],
)
def test_a_principal_is_named_as_closely_as_aws_takes_it(
    named: tuple[str, str], principal: Principal, expected: Match
) -> None:
    assert match_principal(_names(named), principal) is expected


def test_the_closest_of_several_counts_and_none_names_nobody() -> None:
    assert match_principal(_names(("AWS", HOME), ("AWS", ROLE.session)), ROLE) is Match.DIRECT
    assert match_principal(_names(), ROLE) is Match.NONE


def test_a_policy_of_an_identity_names_who_it_is_attached_to() -> None:
    assert match_principal(Statement("Allow", Names(("*",))), ROLE) is Match.DIRECT


@pytest.mark.parametrize(
    ("excepted", "bounded", "expected"),
    [
        (ROLE.name, False, Match.DIRECT),
        (ROLE.session, False, Match.NONE),
        (HOME, False, Match.DIRECT),
        (USER.name, False, Match.DIRECT),
        (ROLE.name, True, Match.DIRECT),
    ],
)
def test_a_deny_for_all_but_somebody_spares_whom_it_names_unless_a_boundary_is_set(
    excepted: str, bounded: bool, expected: Match
) -> None:
    statement = _names(("AWS", excepted), effect="Deny", excepted=True)
    assert match_principal(statement, ROLE, bounded=bounded) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("logs.eu-west-1.amazonaws.com", "logs.amazonaws.com"),
        ("logs.us-gov-west-1.amazonaws.com", "logs.amazonaws.com"),
        ("lambda.alarms.cloudwatch.amazonaws.com", "lambda.alarms.cloudwatch.amazonaws.com"),
        ("", ""),
    ],
)
def test_a_region_in_a_services_name_does_not_matter(text: str, expected: str) -> None:
    assert service_name(text) == expected


@pytest.mark.parametrize(
    ("named", "asking", "same"),
    [
        ("logs.eu-west-1.amazonaws.com", "logs.eu-west-1.amazonaws.com", True),
        ("logs.amazonaws.com", "logs.eu-south-2.amazonaws.com", True),
        ("logs.us-east-1.amazonaws.com", "logs.eu-west-1.amazonaws.com", False),
        ("sns.amazonaws.com", "sns.amazonaws.com", True),
        ("sns.amazonaws.com", "sns.us-east-1.amazonaws.com", True),
        ("sns.amazonaws.com", "sns.eu-south-2.amazonaws.com", False),
        ("sns.eu-south-2.amazonaws.com", "sns.eu-south-2.amazonaws.com", True),
        ("sns.me-south-1.amazonaws.com", "sns.eu-south-2.amazonaws.com", False),
    ],
)
def test_a_service_that_calls_by_the_name_of_its_region_is_meant_by_it(named: str, asking: str, same: bool) -> None:
    match = match_principal(_names(("Service", named)), Principal("service", asking))
    assert match is (Match.DIRECT if same else Match.NONE)
