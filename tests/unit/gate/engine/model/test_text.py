"""A string with something unknown in it."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Undecided, Unknown

ARN = Ref("aws_sqs_queue.q", "arn")
VALUE = Text((Piece("a-"), Piece(ARN), Piece("-b"), Piece(Unknown("var.x has no value"))))


def test_the_first_part_that_is_not_known_says_why() -> None:
    assert VALUE.why == "aws_sqs_queue.q.arn is known only after apply"


def test_its_literal_text_leaves_the_rest_out() -> None:
    assert VALUE.literal() == "a--b"


@pytest.mark.parametrize("question", ["text", "number", "boolean", "elements", "entries", "plain"])
def test_no_question_about_the_whole_is_answered(question: str) -> None:
    with pytest.raises(Undecided, match="known only after apply"):
        getattr(VALUE, question)()


def test_it_is_not_null_and_its_pieces_are_told() -> None:
    assert not VALUE.is_null
    assert not VALUE.known
    assert VALUE.pieces_of_text() == VALUE.pieces


def test_a_known_piece_answers_what_it_holds_though_the_whole_is_not_known() -> None:
    assert VALUE.contains("-b")
    with pytest.raises(Undecided):
        VALUE.contains("*")
    assert Text((Piece("x"), Piece(ARN))).contains("*") is False
    assert VALUE.same_as(Known("z")) is False
