"""The search for a string that some sets hold and others do not."""

from __future__ import annotations

import pytest

from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.patterns import exact, wildcard
from tapeproof.gate.access.search import Demand, find_string, includes, overlaps


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        (["a*"], [], "a"),
        (["?*"], ["x"], "y"),
        (["b", "a"], ["b"], "a"),
        (["a?*"], ["a?"], "axx"),
        (["a*"], ["*"], None),
        ([], [], None),
    ],
)
def test_a_shortest_string_is_found_in_readable_letters(
    inside: list[str], outside: list[str], expected: str | None
) -> None:
    demands = [Demand(tuple(map(wildcard, inside))), Demand(tuple(map(wildcard, outside)), wanted=False)]
    assert find_string(demands) == expected


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["arn:aws:s3:::logs/?*", "arn:aws:s3:::logs/2026/*"], "arn:aws:s3:::logs/2026/"),
        (["arn:aws:s3:::logs/?*", "arn:aws:s3:::*"], "arn:aws:s3:::logs/x"),
        (["abc*", "a*c?"], "abcx"),
        (["abc*", "a*cbcx"], "abcbcx"),
        (["abc*", "ab?d*"], "abcd"),
        (["abc*", "?bd*"], None),
    ],
)
def test_a_walk_begins_behind_what_every_string_begins_with(patterns: list[str], expected: str | None) -> None:
    assert find_string([Demand((wildcard(one),)) for one in patterns], bound=8) == expected


def test_sets_that_begin_apart_need_no_walk() -> None:
    assert find_string([Demand((wildcard("shop.*"),)), Demand((wildcard("bank.*"),))], bound=0) is None


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("*", "", True),
        ("?*", "*?", True),
        ("*?", "?*", True),
        ("?*", "*", False),
        ("s3:Get*", "s3:GetObject", True),
        ("s3:GetObject", "s3:Get*", False),
        ("*a*", "*ba*", True),
        ("*ab*", "*a*b*", False),
        ("a*b*c", "a*bxb*c", True),
        ("", "", True),
    ],
)
def test_inclusion_is_decided(outer: str, inner: str, expected: bool) -> None:
    assert includes([wildcard(outer)], [wildcard(inner)]) is expected


def test_a_union_may_hold_what_none_of_its_parts_holds() -> None:
    assert includes([exact(""), wildcard("?*")], [wildcard("*")])
    assert not includes([wildcard("?*")], [wildcard("*")])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("a*", "*b", True), ("shop.*", "shopping.*", False), ("shop*", "shopping*", True), ("?", "??", False)],
)
def test_overlap_is_decided(left: str, right: str, expected: bool) -> None:
    assert overlaps([wildcard(left)], [wildcard(right)]) is expected


def test_what_outgrows_the_bound_is_told_and_not_guessed() -> None:
    hard = [wildcard("*a" + "?" * 30), wildcard("*b" + "?" * 29)]
    with pytest.raises(UndecidedError, match="states"):
        find_string(
            [
                Demand((hard[0],)),
                Demand((wildcard("*a" + "?" * 29 + "c"),), wanted=False),
                Demand((hard[1],), wanted=False),
                Demand((wildcard("*zz"),)),
            ],
            bound=2_000,
        )
