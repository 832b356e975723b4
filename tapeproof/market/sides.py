"""One side of an order book of levels."""

from __future__ import annotations

import bisect
import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.market.fields import Level

__all__ = ["Side"]


class Side:
    """One side of a book: its levels by price, and the prices in order."""

    def __init__(self, *, best_is_highest: bool) -> None:
        self._levels: dict[Decimal, Level] = {}
        self._prices: list[Decimal] = []
        self._descending = best_is_highest

    def set(self, levels: Sequence[Level]) -> None:
        """Take changes in, in their order; size 0 removes a level."""
        for price, size in levels:
            number = Decimal(price)
            if Decimal(size):
                if number not in self._levels:
                    bisect.insort(self._prices, number)
                self._levels[number] = (price, size)
            elif self._levels.pop(number, None) is not None:
                del self._prices[bisect.bisect_left(self._prices, number)]

    def cut(self, depth: int) -> None:
        """Forget what falls out of the venue's view, which is not kept up to date any more."""
        while len(self._prices) > depth:
            del self._levels[self._prices.pop(0 if self._descending else -1)]

    @property
    def best(self) -> Decimal | None:
        """Return the best price, None when there is none."""
        return self._prices[-1 if self._descending else 0] if self._prices else None

    def levels(self, depth: int | None = None) -> tuple[Level, ...]:
        """Return the levels, the best first: all of them, or as many as ``depth``."""
        ordered = reversed(self._prices) if self._descending else iter(self._prices)
        return tuple(self._levels[one] for one in itertools.islice(ordered, depth))
