"""Patterns mean what they mean to RE2, or are refused; the table of expressions holds them to Terraform itself."""

from __future__ import annotations

import pytest
import regex

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.re2 import translate


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"^\d+$", "\u0663", False),
        (r"^\w$", "\u00e9", False),
        (r"^\s$", "\v", False),
        (r"a$", "a\n", False),
        (r"(?m)a$", "a\nb", True),
        (r"(?m:a$)b|c$", "c\n", False),
        (r"a(?i)b|C", "c", True),
        (r"(?:(?i)a)B", "AB", True),
        (r"(?:(?i)a)B", "Ab", False),
        (r"\Qa.b\E", "axb", False),
        (r"[\D]", "1", False),
        (r"[^\W]", "_", True),
        (r"\x{1F600}", "\U0001f600", True),
        (r"[[:^alpha:]]", "a", False),
        (r"a{,2}", "a{,2}", True),
        (r"(?:foo){e<=1}", "fob", False),
        (r"\p{^Greek}", "\u03b1", False),
    ],
)
def test_a_pattern_means_what_it_means_to_re2(pattern: str, text: str, matches: bool) -> None:
    assert bool(regex.search(translate(pattern), text)) is matches


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "a++",
            "a**",
            "a{1001}",
            "a{2,1}",
            "*a",
            "a|*",
            "(*)",
            "(?i)*",
            "[z-a]",
            "[a",
            "[[:nope:]]",
            "(a",
            "a)",
            "[a-",
        ),
        *("\\", r"\Z", r"\K", r"\p{Alphabetic}", r"\é", r"\8", r"\x{110000}"),
        *("(?x)a", "(?|a)", "(?R)", "(?#c)", "(?U)a"),
    ],
)
def test_what_re2_refuses_or_is_not_translated_is_a_fault(pattern: str) -> None:
    with pytest.raises(Fault, match="no regular expression"):
        translate(pattern)
