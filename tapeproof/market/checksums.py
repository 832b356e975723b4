"""The sums that venues send with their books, as their documentation tells to make them."""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tapeproof.market.fields import Level

__all__ = ["CHECKS", "orders_sum"]

_KRAKEN_LEVELS = 10
_OKX_LEVELS = 25
_SIGN = 1 << 31


def kraken_sum(bids: Sequence[Level], asks: Sequence[Level]) -> str:
    """Return the sum of a Kraken book (docs.kraken.com, "Book checksum"): ten asks, then ten bids, digits only."""
    return _crc(one for side in (asks, bids) for level in side[:_KRAKEN_LEVELS] for one in level)


def orders_sum(bids: Iterable[Sequence[Level]], asks: Iterable[Sequence[Level]]) -> str:
    """Return the sum of a Kraken level 3 book: as :func:`kraken_sum`, order by order within each level."""
    best = (itertools.islice(side, _KRAKEN_LEVELS) for side in (asks, bids))
    return _crc(one for side in best for level in side for order in level for one in order)


def _crc(numbers: Iterable[str]) -> str:
    text = "".join(number.replace(".", "").lstrip("0") for number in numbers)
    return str(zlib.crc32(text.encode()))


def okx_sum(bids: Sequence[Level], asks: Sequence[Level]) -> str:
    """Return the sum of an OKX book (okx.com, "Order book channel: checksum"): bid and ask by turns, as sent."""
    turns = itertools.zip_longest(bids[:_OKX_LEVELS], asks[:_OKX_LEVELS])
    text = ":".join(f"{price}:{size}" for pair in turns for price, size in (one for one in pair if one))
    value = zlib.crc32(text.encode())
    return str(value - (1 << 32) if value >= _SIGN else value)


CHECKS: dict[str, Callable[[Sequence[Level], Sequence[Level]], str]] = {"kraken": kraken_sum, "okx": okx_sum}
"""By venue. OKX sends 0 or nothing since 2026, which says nothing."""
