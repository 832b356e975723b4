"""One part of a string, and where parts of it stand."""

from __future__ import annotations

from tapeproof.gate.engine.model import NOWHERE, Piece, Ref, Span

PLACE = Span("main.tf", 2, 10, 2, 15)


def test_a_part_of_literal_text_stands_within_it() -> None:
    piece = Piece("abcde", PLACE)
    assert piece.part(1, 2) == Span("main.tf", 2, 11, 2, 13)
    assert piece.place_of("cd") == Span("main.tf", 2, 12, 2, 14)
    assert piece.part(0, 5) == PLACE


def test_an_escape_makes_what_comes_after_it_stand_further_on() -> None:
    piece = Piece("a\nbcd", Span("main.tf", 2, 10, 2, 16), shifts=((2, 1),))
    assert piece.place_of("b") == Span("main.tf", 2, 13, 2, 14)


def test_what_a_function_made_has_no_parts_of_its_own() -> None:
    made = Piece("abcdefgh", PLACE)
    assert made.part(1, 2) is None
    assert made.place_of("b") == PLACE


def test_what_is_not_text_has_no_parts() -> None:
    piece = Piece(Ref("x.y", "arn"), PLACE)
    assert piece.part(0, 1) is None
    assert piece.place_of("x") == PLACE
    assert Piece("abc").place_of("b") == NOWHERE
