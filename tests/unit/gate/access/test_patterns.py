"""Wildcard patterns: what they hold, and that nothing makes them slow."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.patterns import exact, resource_pattern, wildcard
from tapeproof.gate.access.search import Demand, find_string, includes, overlaps


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


def test_case_is_folded_where_the_document_folds_it() -> None:
    assert "S3:GETOBJECT" in wildcard("s3:Get*", folded=True)
    assert find_string([Demand((exact("dev", folded=True),)), Demand((exact("dev"),), wanted=False)]) not in {
        None,
        "dev",
    }


@pytest.mark.parametrize(
    ("pattern", "resource", "expected"),
    [
        ("arn:aws:sqs:*:111122223333:jobs", "arn:aws:sqs:eu-west-1:111122223333:jobs", True),
        ("arn:aws:sqs:eu-*-1:111122223333:jobs", "arn:aws:sqs:eu-west-1:111122223333:jobs", True),
        ("arn:aws:sqs:eu-*1:111122223333:jobs", "arn:aws:sqs:eu-x:1:111122223333:jobs", False),
        ("arn:aws:logs:r:1:log-group:/f:*", "arn:aws:logs:r:1:log-group:/f:log-stream:a:b", True),
        ("arn:aws:s3:::data/*.csv", "arn:aws:s3:::data/a:b/c.csv", True),
        ("*", "arn:aws:s3:::x", True),
    ],
)
def test_a_star_inside_a_segment_stays_in_it(pattern: str, resource: str, expected: bool) -> None:
    glob = resource_pattern([(letter, letter in "*?") for letter in pattern], pattern)
    assert (resource in glob) is expected


def test_long_patterns_take_bounded_time() -> None:
    begun = time.process_time()
    pattern = wildcard("*a" * 200 + "*")
    assert "a" * 199 not in pattern
    assert "ba" * 200 in pattern
    assert includes([wildcard("*")], [pattern])
    assert time.process_time() - begun < 5


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
