"""Which conditions fix something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.conditions import base_operator, conditions_on, holds_without_key, is_bound

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Statement


KEYS = frozenset({"aws:sourceaccount", "aws:principalorgid", "aws:sourceip", "aws:principalorgpaths"})


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
        ("{}", False),
    ],
)
def test_a_condition_binds_what_it_fixes(
    statement_of: Callable[[str], Statement], condition: str, *, bound: bool
) -> None:
    assert is_bound(statement_of(condition), KEYS) is bound


def test_a_quantifier_is_no_part_of_the_operator(statement_of: Callable[[str], Statement]) -> None:
    statement = statement_of('{ "ForAllValues:StringLikeIfExists" = { "aws:SourceIp" = "x" } }')
    (condition,) = conditions_on(statement, KEYS)
    assert base_operator(condition) == "stringlike"
    assert holds_without_key(statement, condition) is True
