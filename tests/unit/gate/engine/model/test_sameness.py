"""Two strings are the same, or not, or it cannot be told."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import NOWHERE, Known, Piece, Ref, Span, Text, Undecided, Unknown, Value
from tapeproof.gate.engine.model.sameness import same

TABLE_ARN = Ref("aws_dynamodb_table.market", "arn")
SUFFIX = Unknown("var.environment_suffix has no value", "var.environment_suffix")


def text(*contents: str | Ref | Unknown, span: Span = NOWHERE) -> Value:
    return Text(tuple(Piece(content, span) for content in contents), span=span)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Known("a"), Known("a"), True),
        (Known("a"), Known("b"), False),
        (text("lambda-", SUFFIX), text("lambda-", SUFFIX), True),
        (text("lambda-", SUFFIX), text("queue-", SUFFIX), False),
        (text(SUFFIX, "-dlq"), Known("orders"), False),
        (TABLE_ARN, Ref("aws_dynamodb_table.market", "arn", span=Span("x", 1, 1, 1, 2)), True),
    ],
)
def test_values_are_compared_by_what_they_are_made_of(one: Value, other: Value, same: bool) -> None:
    assert one.same_as(other) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Unknown("x"), Unknown("x")),
        (text("lambda-", SUFFIX), Known("lambda-trade-dev")),
        (TABLE_ARN, Known("arn:aws:dynamodb:us-east-1:1:table/market")),
    ],
)
def test_values_that_may_be_equal_are_undecided(one: Value, other: Value) -> None:
    with pytest.raises(Undecided):
        one.same_as(other)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ((Piece("a"), Piece("b")), (Piece("ab"),), True),
        ((), (Piece(""),), False),
        ((Piece(SUFFIX),), (Piece(SUFFIX),), True),
        ((Piece(Unknown("x")),), (Piece(Unknown("x")),), None),
        ((Piece(Ref("a.b", "arn")),), (Piece(Ref("a.c", "arn")),), False),
        ((Piece(Ref("a.b", "arn")),), (Piece(Ref("a.c", "name")),), None),
        ((Piece(Ref("a.b[?]", "arn")),), (Piece(Ref("a.b[0]", "arn")),), None),
        ((Piece(Ref("data.a.b", "arn")),), (Piece(Ref("a.c", "arn")),), None),
        ((Piece("a-"), Piece(SUFFIX)), (Piece("a"), Piece(SUFFIX)), None),
        ((Piece(SUFFIX), Piece("-x")), (Piece(SUFFIX), Piece("-y")), False),
        ((Piece("ab"), Piece(SUFFIX)), (Piece("a"),), None),
    ],
)
def test_pieces_built_alike_are_the_same_and_other_ends_tell_them_apart(
    one: tuple[Piece, ...], other: tuple[Piece, ...], answer: bool | None
) -> None:
    assert same(one, other) is answer
    assert same(other, one) is answer
