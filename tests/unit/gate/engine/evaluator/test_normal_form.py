"""An accent written by itself is the same letter, wherever a string comes from; other values stay as they are."""

from __future__ import annotations

from tapeproof.gate.engine.evaluator.normal_form import compose, compose_text
from tapeproof.gate.engine.model import Known, Piece, Unknown

APART, TOGETHER = "cafe\u0301", "caf\u00e9"


def test_strings_are_composed_at_any_depth_and_in_keys() -> None:
    value = Known({APART: Known((Known(APART), Known(3)), kind="tuple")}, kind="object")
    assert compose(value).plain() == {TOGETHER: [TOGETHER, 3]}


def test_of_two_keys_that_become_one_the_last_counts() -> None:
    assert compose(Known({APART: Known(1), TOGETHER: Known(2)}, kind="object")).plain() == {TOGETHER: 2}


def test_what_is_composed_already_or_no_string_is_the_same_value() -> None:
    for value in (
        Known("plain"),
        Known(TOGETHER),
        Known(3),
        Known(None),
        Known((Known("a"),), kind="tuple"),
        Unknown("x"),
    ):
        assert compose(value) is value


def test_places_of_pieces_that_no_longer_fit_are_given_up() -> None:
    value = compose(Known(APART, pieces=(Piece("cafe"), Piece("\u0301"))))
    assert (value.text(), [piece.content for piece in value.pieces_of_text()]) == (TOGETHER, [TOGETHER])
    assert compose_text(APART) == TOGETHER
