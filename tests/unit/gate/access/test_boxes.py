"""Where a statement applies, as one set for each coordinate."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.gate.access.boxes import box_of, multivalued_keys
from tapeproof.gate.access.demand import ACTION, RESOURCE
from tapeproof.gate.access.document import Names, Statement, read_document
from tapeproof.gate.access.faults import UndecidedError


def _statement(**members: object) -> Statement:
    whole: dict[str, Any] = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", **members}
    return read_document({"Version": "2012-10-17", "Statement": whole}).statements[0]


def test_action_resource_and_each_key_are_coordinates() -> None:
    box = box_of(_statement(Condition={"StringEquals": {"aws:PrincipalTag/Job": "seal"}}), {})
    assert [demand.coordinate for demand in box] == [ACTION, RESOURCE, "aws:principaltag/job"]


@pytest.mark.parametrize(
    ("members", "coordinate", "wanted"),
    [
        ({}, ACTION, True),
        ({"Action": ..., "NotAction": "s3:*"}, ACTION, False),
        ({"Resource": ..., "NotResource": "arn:aws:s3:::a"}, RESOURCE, False),
    ],
)
def test_what_is_excepted_is_demanded_to_be_outside(members: dict[str, Any], coordinate: str, wanted: bool) -> None:
    given = {"Action": "s3:Get*", "Resource": "*", **members}
    whole = {"Effect": "Allow", **{key: value for key, value in given.items() if value is not ...}}
    statement = read_document({"Version": "2012-10-17", "Statement": whole}).statements[0]
    assert {demand.coordinate: demand.wanted for demand in box_of(statement, {})}[coordinate] is wanted


def test_a_trust_policy_demands_no_resource() -> None:
    box = box_of(Statement("Allow", Names(("sts:AssumeRole",))), {})
    assert [demand.coordinate for demand in box] == [ACTION]


def test_a_resource_whose_variable_has_no_value_is_no_resource() -> None:
    statement = _statement(Resource=["arn:aws:s3:::${aws:username}", "arn:aws:s3:::shared"])
    named = {demand.coordinate: demand.within for demand in box_of(statement, {"aws:username": None})}
    assert [glob.text for glob in named[RESOURCE]] == ["arn:aws:s3:::shared"]  # type: ignore[union-attr]
    known = {demand.coordinate: demand.within for demand in box_of(statement, {"aws:username": "mara"})}
    assert any("arn:aws:s3:::mara" in glob for glob in known[RESOURCE])  # type: ignore[union-attr]


def test_a_condition_that_is_written_twice_is_demanded_once() -> None:
    twice = {"StringEquals": {"t:k": "a"}, "StringLike": {"t:K": "a*"}}
    assert len(box_of(_statement(Condition=twice), {})) == 4
    statement = _statement(Condition={"StringEquals": {"t:k": "a", "T:K": "a"}})
    assert len({demand.coordinate for demand in box_of(statement, {})}) == 3


def test_a_statement_that_is_not_known_whole_is_not_decided() -> None:
    with pytest.raises(UndecidedError, match=r"var\.actions has no value"):
        box_of(Statement("Allow", Names(("*",)), unread=("var.actions has no value",)), {})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"ForAnyValue:StringEquals": {"dynamodb:Attributes": "a"}}, {"dynamodb:attributes"}),
        ({"ForAllValues:StringLike": {"aws:TagKeys": "a*"}}, {"aws:tagkeys"}),
        ({"ForAnyValue:StringEquals": {"aws:PrincipalArn": "a"}}, set()),
        ({"StringEquals": {"dynamodb:Attributes": "a"}}, set()),
        ({}, set()),
    ],
)
def test_keys_tested_by_a_quantifier_carry_lists_unless_aws_says_one(
    condition: dict[str, Any], expected: set[str]
) -> None:
    assert multivalued_keys([_statement(Condition=condition)]) == expected
