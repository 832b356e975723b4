"""Operators of criteria: globs."""

from __future__ import annotations

import pytest

from tapeproof.evidence.verifier.operators import glob_matches


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("*", "", True),
        ("a*c", "abbc", True),
        ("a*c", "ab", False),
        ("a?c", "abc", True),
        ("?", "", False),
        ("**a", "a", True),
    ],
)
def test_globs_match_as_shells_do(pattern: str, text: str, matches: bool) -> None:
    assert glob_matches(pattern, text) is matches


@pytest.mark.timeout(5)
def test_a_hostile_glob_does_not_hang() -> None:
    assert glob_matches("*a" * 200 + "b", "a" * 5000) is False
