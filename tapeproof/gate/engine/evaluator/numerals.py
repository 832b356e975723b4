"""Terraform's numbers."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TypeAlias

__all__ = ["PRECISION", "Number", "normal"]

Number: TypeAlias = int | Decimal
PRECISION = Context(prec=154)
"""As many digits as the 512 bits of Terraform's numbers hold."""


def normal(number: Decimal) -> Number:
    """Return a number as ``int`` when it is whole, and without trailing zeros when it is not."""
    return int(number) if number == number.to_integral_value() else number.normalize(PRECISION)
