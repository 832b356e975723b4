"""Bybit contracts (bybit-exchange.github.io/docs/v5, "WebSocket Stream: public"): linear ones, and those in coin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.market.symbols import capitals, split_pair
from tapeproof.market.venues._bybit import Market, parse_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.market.errors import Rejection
    from tapeproof.market.model import Origin, Record, RecordType
    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

CONTIGUOUS: frozenset[RecordType] = frozenset()  # each topic names its own count
HINTS: tuple[tuple[str, RecordType], ...] = (("orderbook", "book"), ("publicTrade", "trade"), ("tickers", "quote"))
_QUOTES = ("USDT", "USDC", "USDE", "USD")
_OF_A_MONTH = re.compile(r"([A-Z0-9]+)(USD)([FGHJKMNQUVXZ][0-9]{2})")


def linear_symbol(native: str) -> str:
    """Return the normal form of a symbol.

    ``BTCUSDT``, ``BTCPERP`` (in USDC) and ``BTCUSD`` (in coin) are perpetual, ``BTC-27DEC24`` ends on that day and
    ``BTCUSDH25`` in the month of its letter.
    """
    upper = capitals(native)
    if "-" in upper:
        return upper
    if upper.endswith("PERP"):
        return f"{upper.removesuffix('PERP')}-USDC-PERP"
    if match := _OF_A_MONTH.fullmatch(upper):
        return "-".join(match.groups())
    return f"{split_pair(upper, _QUOTES)}-PERP"


_LINEAR = Market(linear_symbol)


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message."""
    return parse_message(message, origin, _LINEAR)
