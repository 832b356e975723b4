"""Patterns are RE2's: what RE2 has not is refused, what it does not count is not counted, and no search runs on."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions import patterns
from tapeproof.gate.engine.evaluator.functions.patterns import compile_pattern, replace_text


@pytest.mark.parametrize("pattern", [r"(a)\1", "a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(?>a)", "(?P=x)", "(", "[a"])
def test_what_re2_has_not_is_refused(pattern: str) -> None:
    with pytest.raises(Fault):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("a*", "baac", ["", "aa", ""]),
        ("", "ab", ["", "", ""]),
        ("[[:alpha:]]+", "12ab", ["ab"]),
        (r"\pL+", "1é2", ["é"]),
        ("(?i)A", "aA", ["a", "A"]),
        ("(?m)^b$", "a\nb\nc", ["b"]),
        (r"b\z", "bb", ["b"]),
        ("x", "a", []),
    ],
)
def test_an_empty_match_right_behind_another_does_not_count(pattern: str, text: str, matches: list[str]) -> None:
    assert [found[0] for found in compile_pattern(pattern).finditer(text)] == matches


@pytest.mark.parametrize(
    ("text", "old", "new", "result"),
    [
        ("abc", "/(b)/", "[$1]", "a[b]c"),
        ("abc", "/(?P<x>b)/", "${x}!", "ab!c"),
        ("abc", "/b/", "$1z", "ac"),
        ("abc", "/b/", "$$1", "a$1c"),
        ("abc", "/b/", "$2", "ac"),
        ("baac", "/a*/", "x", "xbxcx"),
        ("abc", "", "-", "-a-b-c-"),
        ("a/b", "/", "-", "a-b"),
        ("a//b", "//", "-", "-a-/-/-b-"),
    ],
)
def test_slashes_make_a_pattern_and_dollars_a_group(text: str, old: str, new: str, result: str) -> None:
    assert replace_text(text, old, new) == result


def test_a_pattern_that_backtracks_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_SECONDS", 0.01)
    hostile = compile_pattern("(a|a|aa)+b(c)?")
    for search in (hostile.search, hostile.finditer):
        with pytest.raises(Fault, match="too long"):
            search("a" * 5000)


def test_matches_without_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_MOST_MATCHES", 99)
    with pytest.raises(Fault, match="more than 99 times"):
        compile_pattern("").finditer("a" * 100)
