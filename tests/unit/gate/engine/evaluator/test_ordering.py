"""A set holds each element once, in Terraform's order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tapeproof.gate.engine.evaluator.ordering import order_elements
from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Unknown, Value


@pytest.mark.parametrize(
    ("elements", "answer"),
    [
        (["b", "a", "B", "é"], ["B", "a", "b", "é"]),
        ([10, 2, Decimal("2.5"), 2], [2, Decimal("2.5"), 10]),
        ([1, Decimal("1.0"), "1"], [1, "1"]),
        ([True, False, True], [False, True]),
        ([None, None], [None]),
        ([], []),
    ],
)
def test_each_element_is_there_once_and_in_order(elements: list[object], answer: list[object]) -> None:
    found = order_elements(Known(element) for element in elements)  # type: ignore[arg-type]
    assert [element.plain() for element in found] == answer


def test_of_equal_elements_the_first_stays() -> None:
    first = Known("a", sensitive=True)
    assert order_elements([first, Known("a")]) == (first,)


def test_collections_are_compared_by_what_is_in_them() -> None:
    def pair(*keys: str) -> Value:
        return Known({key: Known((Known(1),)) for key in keys}, kind="object")

    assert len(order_elements([pair("a", "b"), pair("b", "a"), pair("a")])) == 2


def test_what_is_not_known_comes_last_and_once_where_it_is_surely_the_same() -> None:
    named, nameless = Unknown("x", "var.x"), Unknown("y")
    text = Text((Piece("a-"), Piece(named)))
    arn = Ref("aws_sqs_queue.q", "arn")
    elements = [named, text, nameless, arn, Known("z"), named, Text((Piece("a-"), Piece(named))), Unknown("y"), arn]
    assert [element.known for element in order_elements(elements)] == [True, False, False, False, False, False]
