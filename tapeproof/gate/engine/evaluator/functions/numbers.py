"""Functions over numbers."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.registry import plain
from tapeproof.gate.engine.evaluator.numerals import PRECISION, Number, normal
from tapeproof.gate.engine.evaluator.types import ANY, NUMBER, Type

__all__: list[str] = []

_BASES = range(2, 63)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ONE_CASE = 36
_LONGEST_RANGE = 1024
_LONGEST_NUMBER = 1000


plain("abs", NUMBER)(lambda number: abs(number) if isinstance(number, int) else number.copy_abs())
plain("ceil", NUMBER)(lambda number: int(Decimal(number).to_integral_value(ROUND_CEILING)))
plain("floor", NUMBER)(lambda number: int(Decimal(number).to_integral_value(ROUND_FLOOR)))


@plain("signum", NUMBER)
def _signum(number: Number) -> int:
    if not isinstance(number, int):
        raise Fault("signum takes whole numbers")
    return (number > 0) - (number < 0)


@plain("max", rest=NUMBER)
def _max(*numbers: Number) -> Number:
    if not numbers:
        raise Fault("max takes at least one number")
    return max(numbers)


@plain("min", rest=NUMBER)
def _min(*numbers: Number) -> Number:
    if not numbers:
        raise Fault("min takes at least one number")
    return min(numbers)


@plain("sum", Type("list", NUMBER))
def _sum(numbers: list[Number]) -> Number:
    if not numbers:
        raise Fault("sum takes at least one number")
    with localcontext(PRECISION):
        return normal(sum((Decimal(number) for number in numbers), Decimal(0)))


@plain("log", NUMBER, NUMBER)
def _log(number: Number, base: Number) -> Number:
    try:
        return _from_float(math.log(number) / math.log(base))
    except (ValueError, ZeroDivisionError, OverflowError):
        raise Fault(f"log({number}, {base}) is no number") from None


@plain("pow", NUMBER, NUMBER)
def _pow(number: Number, power: Number) -> Number:
    try:
        return _from_float(math.pow(number, power))
    except (ValueError, OverflowError):
        raise Fault(f"pow({number}, {power}) is no number") from None


def _from_float(number: float) -> Number:
    """Return the shortest decimal that is this double, which is what Terraform prints."""
    return normal(Decimal(repr(number)))


@plain("parseint", ANY, NUMBER)
def _parseint(text: str, base: int) -> int:
    if not isinstance(text, str):
        raise Fault("parseint takes a string")
    if base not in _BASES:
        raise Fault(f"parseint's base must be between 2 and 62, not {base}")
    folded = text.lower() if base <= _ONE_CASE else text
    digits = [_DIGITS.find(letter) for letter in folded.lstrip("+-")]
    if not digits or len(folded) - len(folded.lstrip("+-")) > 1 or any(not 0 <= digit < base for digit in digits):
        raise Fault(f"{text!r} is no number in base {base}")
    if len(digits) > _LONGEST_NUMBER:
        raise Fault(f"parseint reads up to {_LONGEST_NUMBER} digits, not {len(digits)}")
    number = 0
    for digit in digits:
        number = number * base + digit
    return -number if folded.startswith("-") else number


@plain("range", rest=NUMBER, gives="list")
def _range(*numbers: Number) -> list[Number]:
    if len(numbers) not in {1, 2, 3}:
        raise Fault("range takes one to three numbers")
    start, limit = (0, numbers[0]) if len(numbers) == 1 else numbers[:2]
    step = numbers[2] if len(numbers) == 3 else (1 if limit >= start else -1)  # noqa: PLR2004 - start, limit, step
    if step == 0 or (limit - start) * step < 0:
        raise Fault("range's step does not lead to its limit")
    result: list[Number] = []
    while (start < limit) if step > 0 else (start > limit):
        if len(result) >= _LONGEST_RANGE:
            raise Fault(f"range makes at most {_LONGEST_RANGE} numbers")
        result.append(start)
        start = start + step
    return result
