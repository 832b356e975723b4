"""``==`` as Terraform has it: types matter, and what cannot be told is said."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.equality import equal, is_null
from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Unknown, Value

NULL, ARN = Known(None), Ref("aws_sqs_queue.q", "arn")
FREE = Unknown("var.free has no value", "var.free")


def listed(*values: Value, kind: str = "tuple") -> Known:
    return Known(values, kind=kind)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (Known(1), Known("1"), False),
        (Known(True), Known("true"), False),
        (Known(True), Known(1), False),
        (NULL, NULL, True),
        (NULL, Known(False), False),
        (NULL, listed(), False),
        (listed(Known(1)), listed(Known(1)), True),
        (listed(Known(1)), listed(Known(1), kind="list"), False),
        (listed(Known(1)), listed(Known(1), Known(2)), False),
        (listed(Known(1), FREE), listed(Known(2), Unknown("y")), False),
        (listed(Known(1), Unknown("x")), listed(Known(1), Known(2)), None),
        (listed(FREE), listed(FREE), True),
        (Known({"a": Known(1)}, kind="object"), Known({"a": Known(1)}, kind="object"), True),
        (Known({"a": Known(1)}, kind="object"), Known({"b": Known(1)}, kind="object"), False),
        (FREE, FREE, True),
        (FREE, Unknown("x"), None),
        (FREE, Known("a"), None),
        (FREE, NULL, None),
        (FREE, Known(5), None),
        (ARN, NULL, False),
        (NULL, Ref("aws_sqs_queue.q", "policy"), None),
        (ARN, Known(""), False),
        (Ref("aws_sqs_queue.q", "policy"), Known(""), None),
        (FREE, Known(""), None),
        (Text((Piece("a-"), Piece(FREE))), Known(""), False),
        (Text((Piece(FREE), Piece(ARN))), Known(""), False),
        (Text((Piece(FREE), Piece(FREE))), Known(""), None),
        (ARN, ARN, True),
        (ARN, Ref("aws_sqs_queue.p", "arn"), False),
        (ARN, Known("arn:aws:sqs:us-east-1:1:q"), None),
        (Text((Piece("a-"), Piece(FREE))), Known("b-x"), False),
        (Text((Piece("a-"), Piece(FREE))), Known("a-x"), None),
    ],
)
def test_two_values_are_equal_or_not_or_it_cannot_be_told(one: Value, other: Value, answer: bool | None) -> None:
    assert equal(one, other) is answer
    assert equal(other, one) is answer


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (NULL, True),
        (Known(""), False),
        (listed(FREE), False),
        (FREE, None),
        (ARN, False),
        (Ref("aws_sqs_queue.q", "policy"), None),
        (Ref("aws_sqs_queue.q"), False),
        (Text((Piece("a"), Piece(FREE))), False),
    ],
)
def test_what_every_resource_sets_is_never_null(value: Value, answer: bool | None) -> None:
    assert is_null(value) is answer
