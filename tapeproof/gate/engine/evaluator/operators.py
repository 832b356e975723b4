"""Operators. What decides alone decides, also beside something unknown: ``false && x`` is false."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.equality import equal
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.marks import lift_value, marks_of, unknown_from
from tapeproof.gate.engine.evaluator.numerals import PRECISION, Number, normal
from tapeproof.gate.engine.evaluator.types import BOOL, NUMBER
from tapeproof.gate.engine.model import Known, Span, Value

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["binary", "unary"]

_BITS = 512
_LONGEST = 4096
_NOTHING = Decimal("1e-150")


def _divide(left: Number, right: Number) -> Number:
    if right == 0:
        raise Fault("division by zero")
    return normal(Decimal(left) / Decimal(right))


def _remainder(left: Number, right: Number) -> Number:
    if right == 0:
        return left  # as Terraform has it
    if isinstance(left, int) and isinstance(right, int):
        return abs(left) % abs(right) * (-1 if left < 0 else 1)
    return normal(Decimal(left) % Decimal(right))


_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divide,
    "%": _remainder,
}
_ORDER: dict[str, Callable[[Number, Number], bool]] = {
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}
_DECISIVE = {"&&": False, "||": True}


def binary(operator: str, left: Value, right: Value, span: Span) -> Value:
    """Return ``left operator right``.

    Raises:
        Fault: The operands have no such operation.
    """
    if operator in {"==", "!="}:
        answer = equal(left, right)
        if answer is None:
            return unknown_from((left, right), span)
        return lift_value(answer is (operator == "=="), span, marks_of((left, right)))
    if operator in _DECISIVE:
        return _logical(operator, convert(_present(left), BOOL), convert(_present(right), BOOL), span)
    first, second = convert(_present(left), NUMBER), convert(_present(right), NUMBER)
    if not (isinstance(first, Known) and isinstance(second, Known)):
        return unknown_from((first, second), span)
    return lift_value(_apply_operator(operator, first.number(), second.number()), span, marks_of((first, second)))


def _apply_operator(operator: str, left: Number, right: Number) -> Number | bool:
    if operator in _ORDER:
        return _ORDER[operator](left, right)
    try:
        with localcontext(PRECISION):
            result = _ARITHMETIC[operator](left, right)
            return _round_number(result) if isinstance(result, Decimal) else _bound_number(result)
    except (DivisionByZero, InvalidOperation, OverflowError) as error:
        raise Fault(f"{left} {operator} {right} is no number") from error


def _bound_number(number: int) -> int:
    """Return a whole number to the digits that Terraform's 512 bits hold; noughts stand for further ones.

    Raises:
        Fault: It is longer than anything that anybody writes.
    """
    bits = number.bit_length()
    if bits > _LONGEST:
        raise Fault(f"a number of {bits:,} bits is more than the gate computes with")
    return number if bits <= _BITS else int(PRECISION.create_decimal(number))


def _round_number(number: Decimal) -> Number:
    """Return a number as whole when it only misses that by the last digits: thirds times three."""
    nearest = number.to_integral_value()
    if abs(number - nearest) <= _NOTHING * max(abs(number), Decimal(1)):
        return int(nearest)
    return normal(number)


def _logical(operator: str, left: Value, right: Value, span: Span) -> Value:
    decisive = _DECISIVE[operator]
    for value in (left, right):
        if isinstance(value, Known) and value.value is decisive:
            return lift_value(decisive, span, marks_of((left, right)))
    if isinstance(left, Known) and isinstance(right, Known):
        return lift_value(not decisive, span, marks_of((left, right)))
    return unknown_from((left, right), span)


def unary(operator: str, operand: Value, span: Span) -> Value:
    """Return ``-operand`` or ``!operand``.

    Raises:
        Fault: The operand has no such operation.
    """
    value = convert(_present(operand), NUMBER if operator == "-" else BOOL)
    if not isinstance(value, Known):
        return unknown_from((value,), span)
    result = _negative(value.number()) if operator == "-" else not value.boolean()
    return lift_value(result, span, marks_of((value,)))


def _negative(number: Number) -> Number:
    return -number if isinstance(number, int) else number.copy_negate()  # `-` would round it


def _present(value: Value) -> Value:
    if isinstance(value, Known) and value.value is None:
        raise Fault("null has no operators")
    return value
