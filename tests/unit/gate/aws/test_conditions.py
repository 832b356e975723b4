"""Which conditions fix something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.conditions import (
    base_operator,
    conditions_on,
    contexts_of_arns,
    denies_others,
    holds_without_key,
    is_bound,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Statement


MOUNT = "elasticfilesystem:AccessedViaMountTarget"
KEYS = frozenset(
    {
        "aws:sourceaccount",
        "aws:principalorgid",
        "aws:sourceip",
        "aws:principalorgpaths",
        "aws:principalarn",
        MOUNT.lower(),
    }
)


@pytest.mark.parametrize(
    ("condition", "bound"),
    [
        ('{ StringEquals = { "aws:SourceAccount" = "111122223333" } }', True),
        ('{ "ForAnyValue:StringLike" = { "aws:PrincipalOrgPaths" = "o-a1b2c3/*" } }', True),
        ('{ IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }', True),
        ('{ IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } }', False),
        ('{ IpAddress = { "aws:SourceIp" = "::/1" } }', False),
        ('{ NotIpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }', False),
        ('{ StringLike = { "aws:PrincipalOrgID" = "o-*" } }', False),
        ('{ StringNotEquals = { "aws:SourceAccount" = "111122223333" } }', False),
        ('{ StringEqualsIfExists = { "aws:SourceAccount" = "111122223333" } }', False),
        ('{ "ForAllValues:StringEquals" = { "aws:PrincipalOrgID" = "o-a1b2c3" } }', False),
        (
            '{ StringEqualsIfExists = { "aws:SourceAccount" = "1" }, Null = { "aws:SourceAccount" = "false" } }',
            True,
        ),
        ('{ StringEquals = { "aws:SourceAccount" = [] } }', False),
        ('{ StringEquals = { "aws:SourceAccount" = "$${aws:ResourceAccount}" } }', True),
        ('{ StringEquals = { "aws:SourceAccount" = "$${aws:SourceAccount}" } }', False),
        ('{ StringEquals = { "aws:PrincipalOrgID" = "&{aws:ResourceOrgID}" } }', True),
        ('{ StringEquals = { "aws:PrincipalOrgID" = "$${aws:PrincipalTag/org}" } }', False),
        ('{ StringEquals = { "aws:PrincipalOrgID" = "$${aws:PrincipalTag/org, \'o-1\'}" } }', False),
        ('{ StringLike = { "aws:PrincipalOrgPaths" = "o-a1b2c3/$${aws:PrincipalTag/unit}/*" } }', True),
        ('{ ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::1:role/$${aws:PrincipalTag/team}" } }', True),
        ('{ ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::$${aws:PrincipalAccount}:role/team" } }', False),
        (f'{{ Bool = {{ "{MOUNT}" = "true" }} }}', True),
        (f'{{ Bool = {{ "{MOUNT}" = "false" }} }}', False),
        (f'{{ BoolIfExists = {{ "{MOUNT}" = "true" }} }}', False),
        ("{}", False),
    ],
)
def test_a_condition_binds_what_it_fixes(
    statement_of: Callable[[str], Statement], condition: str, *, bound: bool
) -> None:
    assert is_bound(statement_of(condition), KEYS) is bound


@pytest.mark.parametrize(
    ("condition", "spares_few"),
    [
        ('{ StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3" } }', True),
        ('{ StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-a1b2c3" } }', True),
        ('{ "ForAllValues:StringNotLike" = { "aws:PrincipalOrgPaths" = "o-a1b2c3/*" } }', True),
        ('{ "ForAnyValue:StringNotLike" = { "aws:PrincipalOrgPaths" = "o-a1b2c3/*" } }', False),
        ('{ NotIpAddress = { "aws:SourceIp" = ["203.0.113.0/24"] } }', True),
        ('{ NotIpAddress = { "aws:SourceIp" = ["203.0.113.0/24", "0.0.0.0/1"] } }', False),
        ('{ StringNotLike = { "aws:PrincipalOrgID" = "o-*" } }', False),
        ('{ StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3" } }', False),
        ('{ IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }', False),
        ('{ StringNotEquals = { "aws:PrincipalTag/team" = "feeds" } }', False),
        ('{ StringNotEquals = { "aws:PrincipalOrgID" = [] } }', False),
    ],
)
def test_a_denial_spares_those_whom_its_condition_names(
    statement_of: Callable[[str], Statement], condition: str, *, spares_few: bool
) -> None:
    (read,) = statement_of(condition).conditions
    assert denies_others(read, KEYS) is spares_few


def test_a_quantifier_is_no_part_of_the_operator(statement_of: Callable[[str], Statement]) -> None:
    statement = statement_of('{ "ForAllValues:StringLikeIfExists" = { "aws:SourceIp" = "x" } }')
    (condition,) = conditions_on(statement, KEYS)
    assert base_operator(condition) == "stringlike"
    assert holds_without_key(statement, condition) is True


@pytest.mark.parametrize(
    ("value", "is_context"), [('"arn:aws:events:us-east-1:1:event-bus/b"', True), ('"prices"', False), ('"*"', False)]
)
def test_an_encryption_context_names_a_resource_by_its_arn(
    statement_of: Callable[[str], Statement], value: str, *, is_context: bool
) -> None:
    key = "kms:EncryptionContext:aws:events:event-bus:arn"
    found = contexts_of_arns(statement_of(f'{{ StringEquals = {{ "{key}" = {value} }} }}'))
    assert found == ({key.lower()} if is_context else set())
