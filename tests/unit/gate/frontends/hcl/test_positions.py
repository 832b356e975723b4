"""Positions in a text become lines and columns, both from 1."""

from __future__ import annotations

import pytest

from tapeproof.gate.frontends.hcl.positions import Positions


@pytest.mark.parametrize(
    ("text", "position", "place"),
    [
        ("ab\ncd", 0, (1, 1)),
        ("ab\ncd", 2, (1, 3)),
        ("ab\ncd", 3, (2, 1)),
        ("ab\ncd", 5, (2, 3)),
        ("", 0, (1, 1)),
        ("\n\n", 1, (2, 1)),
        ("é😀x", 2, (1, 3)),
        ("\ufeffab", 1, (1, 1)),
        ("\ufeffab", 0, (1, 1)),
        ("a\r\nb", 3, (2, 1)),
    ],
)
def test_a_character_has_a_line_and_a_column(text: str, position: int, place: tuple[int, int]) -> None:
    assert Positions(text).of(position) == place


@pytest.mark.parametrize(
    ("start", "end", "place"), [(0, 2, (1, 1, 1, 3)), (1, 4, (1, 2, 2, 2)), (3, 3, (2, 1, 2, 1)), (4, 5, (2, 2, 2, 3))]
)
def test_a_stretch_begins_and_ends(start: int, end: int, place: tuple[int, int, int, int]) -> None:
    assert Positions("ab\ncd").at(start, end) == place


def test_lines_before_the_text_do_not_count() -> None:
    positions = Positions("x = <<E\nab\n", lines_before=1)
    assert positions.of(8) == (1, 1)
    assert positions.of(9) == (1, 2)
    assert positions.of(0) == (1, 1)
