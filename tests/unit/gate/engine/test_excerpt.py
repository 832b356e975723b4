"""What of a long line a result carries."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.excerpt import LONGEST_LINE, cut_line

LINE = "".join(f"{number:05d}" for number in range(4000))


@pytest.mark.parametrize("line", ["", "a = 7", "x" * LONGEST_LINE])
def test_a_line_that_people_read_is_carried_whole(line: str) -> None:
    assert cut_line(line, 5) == (line, 1)


@pytest.mark.parametrize("column", [0, 1, 199, 201, 5001, len(LINE) - 3, len(LINE), len(LINE) + 1])
def test_a_longer_line_is_cut_around_the_value_and_says_where_that_begins(column: int) -> None:
    shown, begins = cut_line(LINE, column)
    assert len(shown) == LONGEST_LINE
    assert LINE[begins - 1 :].startswith(shown)
    assert begins <= max(column, 1) <= begins + LONGEST_LINE


def test_a_value_is_shown_with_most_of_what_follows_it() -> None:
    shown, begins = cut_line(LINE, 5001)
    assert shown[5001 - begins :].startswith(LINE[5000:5700])
