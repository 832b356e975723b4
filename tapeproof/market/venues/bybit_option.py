"""Bybit options (bybit-exchange.github.io/docs/v5, "WebSocket Stream: public", category option)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.symbols import capitals, valid_symbol
from tapeproof.market.venues._bybit import Market, parse_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.market.errors import Rejection
    from tapeproof.market.model import Origin, Record, RecordType
    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

CONTIGUOUS: frozenset[RecordType] = frozenset()  # each topic names its own count
HINTS: tuple[tuple[str, RecordType], ...] = (("orderbook", "book"), ("publicTrade", "trade"), ("tickers", "quote"))
# BTC-27JUN25-100000-C-USDT says all there is to say, and stays as it is.
_OPTIONS = Market(lambda native: valid_symbol(capitals(native), native=native))


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message."""
    return parse_message(message, origin, _OPTIONS)
