"""Patterns of files mean what they mean to Terraform's ``fileset``, and no pattern takes long."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.globs import matches


@pytest.mark.parametrize(
    ("pattern", "taken", "left"),
    [
        ("*.txt", ["a.txt", ".txt"], ["a/b.txt", "a.txt2"]),
        ("**", ["a", "a/b/c"], []),
        ("**/*.txt", ["a.txt", "a/b/c.txt"], ["a.tf"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a"]),
        ("a/**/b", ["a/b", "a/x/y/b"], ["ab", "a/x/bb"]),
        ("**.txt", ["a.txt"], ["a/b.txt"]),
        ("a?c", ["abc", "aéc"], ["ac", "a/c"]),
        ("[a-c]x", ["bx"], ["dx", "x"]),
        ("[^a-c]x", ["dx"], ["ax"]),
        ("[!d]x", ["dx", "!x"], ["ax"]),
        ("[d-a]x", [], ["bx"]),
        ("[\\]a]x", ["]x", "ax"], ["\\x"]),
        ("{a,b/c}.tf", ["a.tf", "b/c.tf"], ["{a,b/c}.tf"]),
        ("a,b}", ["a,b}"], ["a"]),
        ("\\*", ["*"], ["a"]),
        ("./a//b/", ["a/b"], ["./a//b/"]),
        ("/a", ["a"], []),
        (".*+(x)", [".y+(x)"], ["y"]),
        ("", [], ["a"]),
    ],
)
def test_a_pattern_takes_these_paths_and_leaves_those(pattern: str, taken: list[str], left: list[str]) -> None:
    assert [name for name in taken + left if matches(name, pattern)] == taken


@pytest.mark.parametrize("pattern", ["[", "a[b", "{a", "{a,{b,c}}", "../*", "{..,a}/b", "{a,b}" * 20])
def test_what_is_no_pattern_or_leads_out_of_the_folder_is_refused(pattern: str) -> None:
    with pytest.raises(Fault):
        matches("a", pattern)


def test_a_pattern_of_many_stars_does_not_backtrack() -> None:
    assert not matches("a" * 255, "*a" * 60 + "b")
    assert not matches("/".join("a" * 120), "**/a/" * 60 + "b")
