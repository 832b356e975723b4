"""Which patterns the standard library's engine searches for: those that are soon over, and mean the same to it."""

from __future__ import annotations

import itertools

import pytest
import regex

from tapeproof.gate.engine.evaluator.functions.brief_patterns import find_brief
from tapeproof.gate.engine.evaluator.functions.patterns import compile_pattern
from tapeproof.gate.engine.evaluator.functions.re2 import translate

BRIEF = [
    "",
    "a",
    "^a.*b$",
    "^[0-9]{12}$",
    "^arn:[a-z-]+:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9+=,.@_/-]+)$",
    "^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$",
    "-(dlq|index|rule|table)$",
    r"^[^\s\"\\].{0,127}$",
    "(?P<head>a+?)(b|bc)?",
    "(?:ab|a)b*",
    r"\Aa?\z",
    "[[:alpha:]]{2,}",
    "a|^b|",
    "^/([ab.]+/)*$",
    "^[ab]+(-[ab]+)*$",
    "(?:a{0,2}b)+(-a*?)*",
    r"(?P<line>\n.+)*b",
]
TEXTS = ["".join(letters) for length in range(5) for letters in itertools.product("ab-/\n", repeat=length)]
ARN = "arn:aws:iam::123456789012:"
LONGER = [f"{ARN}role/x", f"{ARN}user/", "x-dlq\n", "x-index", "abcabc", "é", "0" * 12]


@pytest.mark.parametrize("pattern", BRIEF)
def test_both_engines_find_the_same(pattern: str) -> None:
    brief = find_brief(translate(pattern))
    assert brief is not None
    other = regex.compile(translate(pattern), regex.VERSION0)
    for text, start in itertools.product([*TEXTS, *LONGER], (0, 1)):
        found, wanted = brief.compiled.search(text, start), other.search(text, start)
        assert (found and (found.span(), found.groups())) == (wanted and (wanted.span(), wanted.groups())), text


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "([ab]+b)*",
        "(-a+-)*",
        r"(\..*)*",
        "(.a+)*",
        "(a|aa)*b",
        "(a){2}",
        "(?i)a",
        "(?s:.)",
        r"\bfoo\b",
        r"\pL+",
        "(?m)^a$",
        "(?P<a>x)(?P<a>y)",
    ],
)
def test_what_repeats_a_group_or_means_something_else_is_for_the_other_engine(pattern: str) -> None:
    assert find_brief(translate(pattern)) is None


@pytest.mark.parametrize(
    ("pattern", "length", "suits"),
    [
        ("a", 400_000, True),
        ("^a*b*$", 600, True),
        ("^a*b*$", 1000, False),
        ("a*b*$", 100, False),
        ("a*b*|c", 60, True),
        ("^a{0,100}b{3,90}$", 1_000_000, True),
        ("^a{0,100}b{3,90}c{1,70}$", 1_000_000, False),
        ("^(a?b|c|d)?" * 10, 10, False),
    ],
)
def test_a_text_suits_where_there_are_few_ways_to_match_it(pattern: str, length: int, suits: bool) -> None:
    brief = find_brief(translate(pattern))
    assert brief is not None
    assert brief.suits("a" * length) is suits


def test_what_does_not_suit_is_found_all_the_same() -> None:
    found = compile_pattern("^a*b*c").search("a" * 1000 + "c")
    assert found is not None
    assert found.end() == 1001
