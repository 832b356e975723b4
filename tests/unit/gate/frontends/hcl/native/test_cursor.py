"""Where a reader is in a text, and what it passes over."""

from __future__ import annotations

import pytest

from tapeproof.gate.frontends.hcl.native.cursor import DEEPEST, Cursor, NotTakenError
from tapeproof.gate.frontends.hcl.positions import Positions


def cursor(text: str) -> Cursor:
    return Cursor(text, Positions(text))


@pytest.mark.parametrize(
    ("text", "blank", "lines"),
    [
        ("  a", 2, 2),
        ("# c\na", 3, 4),
        (" // c\n\n a", 5, 8),
        ("/* x\n*/ a", 8, 8),
        ("/* open", 0, 0),
        ("/**/a", 4, 4),
        ("\ufeff a", 2, 2),
        ("", 0, 0),
    ],
)
def test_comments_and_spaces_are_passed_over_and_newlines_where_they_mean_nothing(
    text: str, blank: int, lines: int
) -> None:
    assert cursor(text).skip() == blank
    assert cursor(text).skip_lines() == lines


def test_newlines_mean_nothing_inside_brackets() -> None:
    here = cursor("\n a")
    before = here.newlines_mean(something=False)
    assert here.skip() == 2
    here.blank, here.here = before, 0
    assert here.skip() == 0


def test_a_sign_is_taken_or_left() -> None:
    here = cursor(" => a")
    assert not here.comes("==")
    assert here.comes("=>")
    with pytest.raises(NotTakenError):
        here.take("b")
    here.take("a")
    assert here.here == here.end


def test_too_deep_is_left_to_the_reference() -> None:
    here = cursor("")
    for _ in range(DEEPEST):
        here.enter()
    with pytest.raises(NotTakenError):
        here.enter()
    here.leave()
    here.leave()
    here.enter()


@pytest.mark.parametrize("text", ["ab\ncd\n\nef", "\ufeffab\ncd", "", "\n"])
def test_places_are_those_of_positions_in_whatever_order_they_are_asked(text: str) -> None:
    here, known = cursor(text), Positions(text)
    stretches = [(start, end) for start in range(len(text) + 1) for end in range(start, len(text) + 1)]
    for start, end in [*stretches, *reversed(stretches)]:
        assert here.at(start, end) == known.at(start, end)
