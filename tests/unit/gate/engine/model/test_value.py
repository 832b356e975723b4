"""Values answer what a rule asks, or say why they cannot; what cannot be told is never an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.model import NOWHERE, Known, Origin, Piece, Ref, Span, Text, Undecided, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE_ARN = Ref("aws_dynamodb_table.market", "arn")
SUFFIX = Unknown("var.environment_suffix has no value", "var.environment_suffix")


def text(*contents: str | Ref | Unknown, span: Span = NOWHERE) -> Value:
    return Text(tuple(Piece(content, span) for content in contents), span=span)


@pytest.mark.parametrize(
    ("value", "question"),
    [
        (Unknown("it depends"), "number"),
        (TABLE_ARN, "text"),
        (Known(None), "number"),
        (Known("seven"), "number"),
        (Known("NaN"), "number"),
        (Known((Known(1),)), "text"),
        (text("a", SUFFIX), "text"),
        (Known("yes"), "boolean"),
        (Known("a"), "entries"),
    ],
)
def test_a_question_without_an_answer_raises_undecided(value: Value, question: str) -> None:
    with pytest.raises(Undecided) as raised:
        getattr(value, question)()
    assert raised.value.why


def why_not(question: Callable[[], object]) -> str:
    """Return why a question has no answer."""
    try:
        question()
    except Undecided as undecided:
        return undecided.why
    return "it has one"


@pytest.mark.parametrize("value", [text("*"), TABLE_ARN, SUFFIX, Known("*"), Known(7), Known(True), Known(())])
@pytest.mark.parametrize("question", ["plain", "text", "number", "boolean", "elements", "entries", "pieces_of_text"])
def test_whatever_cannot_be_told_says_why(value: Value, question: str) -> None:
    assert why_not(getattr(value, question))


@pytest.mark.parametrize("value", [text("*"), text("a-", TABLE_ARN), TABLE_ARN, SUFFIX, Known("*")])
@pytest.mark.parametrize("other", [text("a", TABLE_ARN, "b"), TABLE_ARN, SUFFIX, Known("b")])
def test_a_comparison_that_cannot_be_made_says_why(value: Value, other: Value) -> None:
    assert why_not(lambda: value.same_as(other))


def test_a_wildcard_beside_a_reference_is_seen() -> None:
    assert text(TABLE_ARN, "/index/*").contains("*")


def test_a_reference_alone_holds_no_wildcard() -> None:
    assert not text(TABLE_ARN, "/index/all").contains("*")


def test_an_unknown_piece_may_hold_a_wildcard() -> None:
    with pytest.raises(Undecided):
        text("arn:aws:s3:::", SUFFIX).contains("*")


def test_origins_tell_which_variable_flowed_in() -> None:
    assert Known("lambda-dev", origins=frozenset({Origin("var.environment_suffix")})).comes_from(
        "var.environment_suffix"
    )


def test_a_place_of_a_fragment_is_in_the_piece_that_holds_it() -> None:
    first, second = Span("main.tf", 1, 5, 1, 8), Span("main.tf", 1, 20, 1, 23)
    value = Text((Piece("abc", first), Piece(SUFFIX), Piece("d*f", second)), span=NOWHERE)
    assert value.place_of("*") == Span("main.tf", 1, 21, 1, 22)
    assert value.place_of("nowhere") == NOWHERE


def test_undecided_says_why_in_the_values_own_words_or_in_general() -> None:
    assert Undecided(Unknown("it depends")).why == "it depends"
    assert Undecided(Known(1)).why == "is not of the type that is expected here"
    assert Undecided(Known(1), "is odd").why == "is odd"


def test_a_value_moved_elsewhere_is_the_same_value() -> None:
    place = Span("main.tf", 9, 1, 9, 2)
    assert Known(1, sensitive=True).at(place) == Known(1, sensitive=True, span=place)
