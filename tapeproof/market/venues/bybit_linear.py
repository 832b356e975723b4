"""Bybit linear contracts (bybit-exchange.github.io/docs/v5, "WebSocket Stream: public"), margined in dollars."""

from __future__ import annotations

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


def linear_symbol(native: str) -> str:
    """Return the normal form: ``BTCUSDT`` and ``BTCPERP`` (in USDC) are perpetual, ``BTC-27DEC24`` ends on that day."""
    upper = capitals(native)
    if "-" in upper:
        return upper
    if upper.endswith("PERP"):
        return f"{upper.removesuffix('PERP')}-USDC-PERP"
    return f"{split_pair(upper, ('USDT', 'USDC'))}-PERP"


_LINEAR = Market(linear_symbol)


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message."""
    return parse_message(message, origin, _LINEAR)
