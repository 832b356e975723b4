"""Operators compute as Terraform's do, in bounded time; what decides alone decides beside something unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.operators import binary, unary
from tapeproof.gate.engine.model import Known, Span, Unknown, Value

HERE = Span("main.tf", 1, 1, 1, 9)
FREE = Unknown("var.free has no value", "var.free")


@pytest.mark.parametrize(
    ("left", "operator", "right", "answer"),
    [
        (5, "%", 0, 5),
        (-5, "%", 3, -2),
        (Decimal("5.5"), "%", 2, Decimal("1.5")),
        (7, "/", 2, Decimal("3.5")),
        (10**157, "+", 1, 10**157),
        (10**300, "*", 10**300, 10**600),
        ("5", "+", 1, 6),
        (1, "==", "1", False),
        (None, "==", None, True),
        (None, "!=", 1, True),
        ("2", "<", 10, True),
        (Decimal("0.1"), "+", Decimal("0.2"), Decimal("0.3")),
        ("true", "&&", True, True),
    ],
)
def test_known_operands_have_a_known_result(left: object, operator: str, right: object, answer: object) -> None:
    made = binary(operator, Known(left), Known(right), HERE)  # type: ignore[arg-type]
    assert made.plain() == answer
    assert type(made.plain()) is type(answer)


def test_thirds_times_three_are_whole() -> None:
    third = binary("/", Known(1), Known(3), HERE)
    assert binary("*", third, Known(3), HERE).plain() == 1


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        (1, "/", 0),
        (0, "/", 0),
        (True, "+", 1),
        (None, "+", 1),
        (True, "&&", None),
        ("a", "<", "b"),
        (10**1200, "*", 10**1200),
    ],
)
def test_what_has_no_result_is_refused(left: object, operator: str, right: object) -> None:
    with pytest.raises(Fault):
        binary(operator, Known(left), Known(right), HERE)  # type: ignore[arg-type]


def test_a_number_squared_again_and_again_stays_small_or_is_refused() -> None:
    value: Value = Known(9**100)
    for _ in range(3):
        value = binary("*", value, value, HERE)
    assert isinstance(value, Known)
    assert len(value.text().rstrip("0")) <= 154
    with pytest.raises(Fault, match="more than the gate computes with"):
        binary("*", value, value, HERE)


@pytest.mark.parametrize(
    ("operator", "known", "answer"), [("&&", False, False), ("||", True, True), ("&&", True, None), ("||", False, None)]
)
def test_what_decides_alone_decides(operator: str, known: bool, answer: bool | None) -> None:
    for left, right in ((FREE, Known(known)), (Known(known), FREE)):
        made = binary(operator, left, right, HERE)
        assert (made.plain() if made.known else None) is answer


def test_an_unknown_operand_makes_an_unknown_result_that_says_why() -> None:
    for made in (binary("+", FREE, Known(1), HERE), binary("==", FREE, Known(1), HERE), unary("-", FREE, HERE)):
        assert (made.why, made.span) == ("var.free has no value", HERE)


@pytest.mark.parametrize(
    ("operator", "operand", "answer"),
    [("-", "5", -5), ("!", "true", False), ("-", Decimal("0." + "123456789" * 9), Decimal("-0." + "123456789" * 9))],
)
def test_one_operand_is_turned_round_without_rounding(operator: str, operand: object, answer: object) -> None:
    assert unary(operator, Known(operand), HERE).plain() == answer  # type: ignore[arg-type]


@pytest.mark.parametrize(("operator", "operand"), [("-", None), ("!", 5), ("-", "a"), ("!", None), ("-", True)])
def test_what_cannot_be_turned_round_is_refused(operator: str, operand: object) -> None:
    with pytest.raises(Fault):
        unary(operator, Known(operand), HERE)  # type: ignore[arg-type]


def test_a_secret_operand_makes_a_secret_result() -> None:
    assert binary("+", Known(1, sensitive=True), Known(1), HERE).sensitive
