"""Text that others wrote, made safe to show."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.terminal import count_of, escape_lines, escape_text
from tests.effort import cases


@pytest.mark.parametrize(
    ("number", "many", "told"),
    [(0, "", "0 findings"), (1, "", "1 finding"), (2, "", "2 findings"), (1, "findings are", "1 finding")],
)
def test_what_is_one_is_counted_as_one(number: int, many: str, told: str) -> None:
    assert count_of(number, "finding", many) == told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("queue-trade \u00e9\u5e02\U0001f4c8", "queue-trade \u00e9\u5e02\U0001f4c8"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\x9b2J", "\\x9b2J"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u2028::error::", "\\u2028::error::"),
        ("\ud800", "\\ud800"),
        ("\U000e0001", "\\U000e0001"),
        (None, "None"),
        (7, "7"),
    ],
)
def test_what_moves_hides_or_turns_letters_is_shown_as_its_escape(text: object, shown: str) -> None:
    assert escape_text(text) == shown


@settings(max_examples=cases(100))
@given(st.text())
def test_whatever_is_shown_is_one_line_of_printable_letters(text: str) -> None:
    shown = escape_text(text)
    assert shown.isprintable()
    assert (shown == text) is text.isprintable()
    assert escape_text(shown) == shown


@settings(max_examples=cases(100))
@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n")), min_size=1))
def test_lines_stay_as_many_as_they_are(lines: list[str]) -> None:
    assert escape_lines("\n".join(lines)).split("\n") == [escape_text(line) for line in lines]
