"""Conditions against what a request carries; the absent key above all.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from __future__ import annotations

import pytest

from tapeproof.gate.access.condition import build_test, clause_variables
from tapeproof.gate.access.document import Clause
from tapeproof.gate.access.operators import read_operator


def _holds(operator: str, values: list[str], carried: list[str]) -> bool:
    clause = Clause(read_operator(operator), "t:k", "T:K", tuple(values))
    return build_test(clause, lambda _: None, live=True).holds(tuple(carried))


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("StringEquals", False),
        ("StringNotEquals", True),
        ("StringEqualsIfExists", True),
        ("StringNotEqualsIfExists", True),
        ("ForAllValues:StringEquals", True),
        ("ForAllValues:StringNotEquals", True),
        ("ForAnyValue:StringEquals", False),
        ("ForAnyValue:StringNotEquals", False),
        ("ForAnyValue:StringEqualsIfExists", True),
    ],
)
def test_an_absent_key_meets_what_aws_says_it_meets(operator: str, expected: bool) -> None:
    assert _holds(operator, ["a"], []) is expected


@pytest.mark.parametrize(
    ("operator", "carried", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "c"], False),
        ("ForAnyValue:StringEquals", ["c", "b"], True),
        ("ForAnyValue:StringEquals", ["c", "d"], False),
        ("ForAllValues:StringNotEquals", ["c", "d"], True),
        ("ForAllValues:StringNotEquals", ["c", "a"], False),
        ("ForAnyValue:StringNotEquals", ["a", "c"], True),
        ("ForAnyValue:StringNotEquals", ["a", "b"], False),
        ("StringNotEquals", ["c"], True),
        ("StringNotEquals", ["b"], False),
        ("StringEquals", ["A"], False),
        ("StringEqualsIgnoreCase", ["A"], True),
    ],
)
def test_lists_are_quantified(operator: str, carried: list[str], expected: bool) -> None:
    assert _holds(operator, ["a", "b"], carried) is expected


@pytest.mark.parametrize(
    ("values", "present", "absent"),
    [(["true"], False, True), (["false"], True, False), (["TRUE"], False, True), (["true", "false"], True, True)],
)
def test_null_asks_whether_the_key_is_there(values: list[str], present: bool, absent: bool) -> None:
    assert (_holds("Null", values, ["x"]), _holds("Null", values, [])) == (present, absent)


def test_a_key_that_is_there_and_empty_is_there() -> None:
    assert _holds("Null", ["false"], [""])
    assert _holds("StringEquals", [""], [""])


def test_a_condition_without_values_holds_for_nothing() -> None:
    assert not _holds("StringEquals", [], ["a"])
    assert _holds("StringNotEquals", [], ["a"])


def test_variables_are_put_in_and_their_stars_are_no_wildcards() -> None:
    clause = Clause(read_operator("StringLike"), "s3:prefix", "s3:prefix", ("home/${aws:username}/*",))
    test = build_test(clause, {"aws:username": "m*a"}.get, live=True)
    assert test.texts == ("home/m*a/*",)
    assert test.holds(("home/m*a/x",))
    assert not test.holds(("home/mara/x",))


def test_a_value_whose_variable_has_none_equals_nothing() -> None:
    clause = Clause(read_operator("StringEquals"), "t:k", "t:k", ("${aws:username}", "b"))
    test = build_test(clause, lambda _: None, live=True)
    assert test.texts == ("b",)
    assert not test.holds(("${aws:username}",))


def test_the_variables_of_a_clause_are_those_of_its_values() -> None:
    clause = Clause(read_operator("StringLike"), "k", "k", ("${aws:UserName}-${*}", "${aws:userid, 'none'}"))
    assert clause_variables(clause, live=True) == ("aws:username", "aws:userid")
    assert clause_variables(clause, live=False) == ()
