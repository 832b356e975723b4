"""A request inside one product of sets and outside the others."""

from __future__ import annotations

import pytest

from tapeproof.gate.access.demand import ACTION, RESOURCE, Box, Demanded, is_absent, is_value
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.patterns import resource_pattern, wildcard
from tapeproof.gate.access.solver import Found, Solver


def _box(action: str, resource: str, **keys: str) -> Box:
    marked = [(letter, letter in "*?") for letter in resource]
    named = (
        Demanded(ACTION, (wildcard(action, folded=True),)),
        Demanded(RESOURCE, (resource_pattern(marked, resource),)),
    )
    return (*named, *(is_value(key, value) for key, value in keys.items()))


def _solve(inside: Box, *outside: Box, extra: Box = ()) -> Found | None:
    return Solver(frozenset(), inside).solve(extra, outside)


def test_a_request_inside_is_found_with_what_it_carries() -> None:
    found = _solve(_box("s3:GetObject", "arn:aws:s3:::a", org="o-1"))
    assert found is not None
    assert (found.action.lower(), found.resource, found.context) == (
        "s3:getobject",
        "arn:aws:s3:::a",
        {"org": ("o-1",)},
    )


@pytest.mark.parametrize(
    "outside",
    [
        [_box("s3:*", "*")],
        [_box("*", "arn:aws:s3:::*")],
        [_box("s3:get*", "arn:aws:s3:::a"), _box("s3:put*", "arn:aws:s3:::a")],
    ],
)
def test_nothing_is_left_where_the_others_cover_it(outside: list[Box]) -> None:
    inside = (
        Demanded(ACTION, (wildcard("s3:get*", folded=True), wildcard("s3:put*", folded=True))),
        *_box("*", "arn:aws:s3:::a")[1:],
    )
    assert _solve(inside, *outside) is None


def test_a_hole_between_products_that_only_cross_is_found() -> None:
    inside = _box("s3:*", "arn:aws:s3:::*")
    found = _solve(inside, _box("s3:get*", "arn:aws:s3:::*"), _box("s3:*", "arn:aws:s3:::a*"))
    assert found is not None
    assert not found.action.lower().startswith("s3:get")
    assert not found.resource.startswith("arn:aws:s3:::a")


def test_a_key_that_the_others_ask_for_is_left_out() -> None:
    found = _solve(_box("s3:Get", "arn:aws:s3:::a"), _box("s3:Get", "arn:aws:s3:::a", org="o-1"))
    assert found is not None
    assert found.context.get("org") != ("o-1",)


def test_what_is_given_besides_narrows_the_search() -> None:
    inside = _box("s3:Get", "arn:aws:s3:::a", org="o-1")
    assert _solve(inside, extra=(is_absent("org"),)) is None


def test_an_empty_product_holds_nothing() -> None:
    assert _solve((*_box("s3:Get", "*"), Demanded(ACTION, (wildcard("sqs:*", folded=True),)))) is None


def test_a_search_that_outgrows_its_bound_is_not_decided() -> None:
    solver = Solver(frozenset(), _box("s3:Get", "arn:aws:s3:::a"))
    solver.steps = 200_000
    with pytest.raises(UndecidedError, match="more than 200000 steps"):
        solver.solve((), [])
