"""Functions over numbers answer as Terraform's console does, in bounded time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("ceil(-1.5)", -1),
        ("floor(-1.5)", -2),
        ("abs(-0.1234567890123456789012345678901234)", Decimal("0.1234567890123456789012345678901234")),
        ("signum(-7)", -1),
        ("signum(0.5)", Fault),
        ("max()", Fault),
        ("min(3, 1, 2)", 1),
        ('max(1, "10")', 10),
        ("sum([])", Fault),
        ('sum(["1", 2.5])', Decimal("3.5")),
        ("log(1000, 10)", Decimal("2.9999999999999996")),
        ("log(0, 10)", Fault),
        ("log(10, 1)", Fault),
        ("pow(2, 0.5)", Decimal("1.4142135623730951")),
        ("pow(0, -1)", Fault),
        ("pow(10, 400)", Fault),
        ('parseint("zZ", 62)', 35 * 62 + 61),
        ('parseint("-ff", 16)', -255),
        ('parseint("FF", 16)', 255),
        ('parseint("--5", 10)', Fault),
        ('parseint("", 10)', Fault),
        ('parseint("8", 8)', Fault),
        ('parseint("1", 63)', Fault),
        ("parseint(5, 10)", Fault),
        ("range(3)", [0, 1, 2]),
        ("range(3, 1)", [3, 2]),
        ("range(0)", []),
        ("range(1, 2, 0.5)", [1, Decimal("1.5")]),
        ("range(1, 3, -1)", Fault),
        ("range(1, 5, 0)", Fault),
        ("range(1, 2, 3, 4)", Fault),
        ("length(range(1024))", 1024),
        ("range(1025)", Fault),
    ],
)
def test_numbers_are_computed_as_terraform_computes_them(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


def test_a_number_of_a_million_digits_is_refused_and_not_worked_on(plain: Callable[[str], object]) -> None:
    assert plain('parseint(format("%01000d", 1), 10)') == 1
    assert plain('parseint(format("%01001d", 1), 10)') is Fault


def test_the_largest_of_numbers_that_are_not_all_known_is_unknown(evaluate: Callable[[str], Value]) -> None:
    assert evaluate("max(1, var.free)").why == "var.free has no value"
