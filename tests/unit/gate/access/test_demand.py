"""A value for one coordinate of a request that meets every demand on it."""

from __future__ import annotations

import pytest

from tapeproof.gate.access.demand import (
    ACTION,
    RESOURCE,
    Demanded,
    find_coordinate,
    find_resource_of,
    is_absent,
    is_value,
    matches_arn,
)
from tapeproof.gate.access.patterns import resource_pattern, wildcard


def _resources(text: str, *, wanted: bool = True) -> Demanded:
    return Demanded(RESOURCE, (resource_pattern([(letter, letter in "*?") for letter in text], text),), wanted)


def _actions(text: str, *, wanted: bool = True) -> Demanded:
    return Demanded(ACTION, (wildcard(text, folded=True),), wanted)


@pytest.mark.parametrize(
    ("demands", "expected"),
    [
        ([_actions("s3:GetObject")], "s3:getobject"),
        ([_actions("s3:Get*"), _actions("*:GetObject")], "s3:getobject"),
        ([_actions("s3:Get*"), _actions("S3:GET*", wanted=False)], None),
        ([_actions("nocolon")], None),
        ([_actions("a:b:c")], None),
    ],
)
def test_an_action_has_a_service_and_a_name(demands: list[Demanded], expected: str | None) -> None:
    found = find_coordinate(ACTION, demands, many=False)
    assert (found.lower() if isinstance(found, str) else found) == expected


@pytest.mark.parametrize(
    ("demands", "expected"),
    [
        ([_resources("arn:aws:s3:::a")], "arn:aws:s3:::a"),
        ([_resources("*"), _resources("arn:*", wanted=False)], "*"),
        ([_resources("arn:aws:s3:::a"), _resources("*", wanted=False)], None),
        ([_resources("bucket")], None),
    ],
)
def test_a_resource_is_an_arn_or_the_star_of_actions_on_none(demands: list[Demanded], expected: str | None) -> None:
    assert find_coordinate(RESOURCE, demands, many=False) == expected


def test_a_key_carries_a_value_or_is_absent() -> None:
    assert find_coordinate("t:k", [is_value("t:k", "a*")], many=False) == ("a*",)
    assert find_coordinate("t:k", [is_absent("t:k")], many=False) == ()
    assert find_coordinate("t:k", [is_value("t:k", "a"), is_absent("t:k")], many=False) is None
    assert find_coordinate("t:k", [is_value("t:k", "a"), is_value("t:k", "b")], many=False) is None


def test_an_arn_of_a_key_is_compared_part_by_part() -> None:
    role = "arn:aws:iam::111122223333:role/app"
    inside = [matches_arn("aws:principalarn", "arn:aws:iam::*:role/*"), is_value("aws:principalarn", role)]
    assert find_coordinate("aws:principalarn", inside, many=False) == (role,)
    beyond = [matches_arn("aws:principalarn", "arn:aws:*:role/*"), is_value("aws:principalarn", role)]
    assert find_coordinate("aws:principalarn", beyond, many=False) is None


def test_the_opposite_holds_exactly_where_the_demand_does_not() -> None:
    demand = is_value("t:k", "a")
    assert find_coordinate("t:k", [demand, demand.opposite()], many=False) is None
    assert demand.opposite().opposite() == demand
    assert hash(demand.opposite().opposite()) == hash(demand)


def test_an_example_for_people_is_of_the_service_that_is_asked_about() -> None:
    found = find_resource_of("sqs", [_resources("*"), _resources("arn:aws:s3:::*", wanted=False)])
    assert found is not None
    assert found.startswith("arn:aws:sqs:")
    assert find_resource_of("sqs", [_resources("arn:aws:s3:::*")]) is None
