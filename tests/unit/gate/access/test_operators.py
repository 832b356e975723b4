"""Condition operators taken apart, and the values they can compare.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.access.operators import Operator, check_value, member, read_operator

if TYPE_CHECKING:
    from tapeproof.gate.access.variables import Marked


def _marked(text: str) -> Marked:
    return tuple((letter, letter in "*?") for letter in text)


@pytest.mark.parametrize(
    ("text", "operator", "kind"),
    [
        ("StringEquals", Operator("StringEquals"), "exact"),
        ("StringNotLike", Operator("StringLike", negated=True), "wildcard"),
        ("NotIpAddress", Operator("IpAddress", negated=True), "address"),
        ("ArnNotLikeIfExists", Operator("ArnLike", negated=True, if_exists=True), "arn"),
        ("ForAllValues:StringEquals", Operator("StringEquals", quantifier="all"), "exact"),
        ("ForAnyValue:BoolIfExists", Operator("Bool", if_exists=True, quantifier="any"), "folded"),
        ("DateGreaterThan", Operator("DateGreaterThan"), "date"),
        ("Null", Operator("Null"), "null"),
    ],
)  # fmt: skip
def test_an_operator_is_taken_apart(text: str, operator: Operator, kind: str) -> None:
    assert read_operator(text) == operator
    assert read_operator(text).kind == kind


@pytest.mark.parametrize(
    "text",
    ["", "StringEqual", "stringequals", "ForAllValues:", "ForSomeValues:StringEquals", "IfExists", "NullIfExists",
     "ForAnyValue:Null", "BoolNot", "StringEquals\n", "ForAllValues:ForAnyValue:StringEquals"],
)  # fmt: skip
def test_what_is_no_operator_is_refused(text: str) -> None:
    with pytest.raises(AccessError, match="there is no condition operator"):
        read_operator(text)


@pytest.mark.parametrize(
    ("operator", "value", "told"),
    [
        ("NumericEquals", "ten", "expects a number, got 'ten'"),
        ("NumericEquals", "", "expects a number, got ''"),
        ("DateLessThan", "soon", "expects a date, got 'soon'"),
        ("IpAddress", "10.0.0.0/33", "an address or a range"),
        ("Bool", "yes", 'expects "true" or "false", got \'yes\''),
        ("Null", "0", 'expects "true" or "false", got \'0\''),
    ],
)
def test_a_value_that_the_operator_cannot_compare_is_refused(operator: str, value: str, told: str) -> None:
    with pytest.raises(AccessError) as error:
        check_value(read_operator(operator), value)
    assert told in str(error.value)


@pytest.mark.parametrize(("operator", "value"), [("NumericEquals", "${t:k}"), ("Bool", "TRUE"), ("IpAddress", "::1")])
def test_a_value_that_may_be_compared_passes(operator: str, value: str) -> None:
    check_value(read_operator(operator), value)


@pytest.mark.parametrize(
    ("operator", "value", "inside", "outside"),
    [
        ("StringEquals", "a*", "a*", "ab"),
        ("StringEqualsIgnoreCase", "Dev", "dEV", "devs"),
        ("StringLike", "a*", "ab", "ba"),
        ("ArnLike", "arn:aws:sns:*:1:n", "arn:aws:sns:eu:1:n", "arn:aws:sns:eu:2:n"),
        ("IpAddress", "10.1.2.3/8", "10.255.0.1", "11.0.0.0"),
        ("NumericLessThan", "10", "9.99", "10"),
        ("NumericLessThanEquals", "10", "10.0", "10.01"),
        ("NumericGreaterThan", "-1", "0", "-1"),
        ("DateEquals", "2026-01-01T00:00:00Z", "1767225600", "1767225601"),
    ],
)
def test_a_value_stands_for_its_set(operator: str, value: str, inside: str, outside: str) -> None:
    found = member(read_operator(operator), _marked(value), value)
    assert inside in found
    assert outside not in found


def test_a_variable_that_became_no_number_is_an_empty_set() -> None:
    found = member(read_operator("NumericEquals"), _marked("ten"), "${t:k}")
    assert "10" not in found
    assert "0.5" not in found


@pytest.mark.parametrize(
    ("operator", "text"),
    [
        ("StringEquals", "Value"), ("StringEqualsIgnoreCase", "Value"), ("StringLike", "Value"), ("Bool", "TRUE"),
        ("ArnLike", "arn:aws:sqs:eu-west-1:111122223333:q"), ("ArnEquals", "arn:aws:s3:::b"), ("Null", "true"),
        ("IpAddress", "10.0.0.0/8"), ("NumericLessThan", "5"), ("DateEquals", "2026-01-01T00:00:00Z"),
    ],
)  # fmt: skip
def test_a_value_without_wildcards_admits_the_same_whichever_way_it_is_read(operator: str, text: str) -> None:
    found = read_operator(operator)
    assert found.plain_member(text) == member(found, _marked(text), text)
