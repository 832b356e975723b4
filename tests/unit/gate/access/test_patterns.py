"""Wildcard patterns: what they hold, and that nothing makes them slow."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.access.patterns import exact, resource_pattern, wildcard
from tapeproof.gate.access.search import Demand, find_string, includes
from tests.effort import seconds_here


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


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a*b*c", "abc", True),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "acb", False),
        ("a*ab", "ab", False),
        ("*ab*ab*", "xabx", False),
        ("*ab*ab*", "xabab", True),
        ("*", "", True),
        ("a*", "", False),
        ("**b", "b", True),
        ("a:*:c", "a:b:b:c", True),
    ],
)
def test_stars_take_any_run_of_characters(pattern: str, text: str, *, expected: bool) -> None:
    assert (text in wildcard(pattern)) is expected
    assert (text.upper() in wildcard(pattern, folded=True)) is expected


def test_long_patterns_take_bounded_time() -> None:
    begun = time.process_time()
    pattern = wildcard("*a" * 200 + "*")
    assert "a" * 199 not in pattern
    assert "ba" * 200 in pattern
    assert includes([wildcard("*")], [pattern])
    assert time.process_time() - begun < seconds_here(5)
