"""The base of every error that is made for people."""

from __future__ import annotations

import pytest

from tapeproof.errors import TapeproofError


@pytest.mark.parametrize(
    ("why", "fix", "told"),
    [
        ("", "", "what"),
        ("because", "", "what\n  why: because"),
        ("", "do it", "what\n  fix: do it"),
        ("because", "do it", "what\n  why: because\n  fix: do it"),
    ],
)
def test_it_says_what_and_where_known_why_and_the_way_out(why: str, fix: str, told: str) -> None:
    assert TapeproofError("what", why=why, fix=fix).diagnostics() == told


def test_nothing_in_it_steers_a_terminal() -> None:
    told = TapeproofError("a\x1b[2J", why="b\r\u202e\nc", fix="\x9b\x00").diagnostics()
    assert told == "a\\x1b[2J\n  why: b\\r\\u202e\nc\n  fix: \\x9b\\x00"


def test_its_text_is_what_happened_and_its_status_is_no_success() -> None:
    error = TapeproofError("what", why="because")
    assert (str(error), error.exit_status) == ("what", 1)
