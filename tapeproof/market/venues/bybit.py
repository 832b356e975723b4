"""Bybit spot (bybit-exchange.github.io/docs/v5, "WebSocket Stream: public")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.symbols import split_pair
from tapeproof.market.venues._bybit import Market, parse_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.market.errors import Rejection
    from tapeproof.market.model import Origin, Record, RecordType
    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

CONTIGUOUS: frozenset[RecordType] = frozenset()  # each topic names its own count
HINTS: tuple[tuple[str, RecordType], ...] = (("orderbook", "book"), ("publicTrade", "trade"), ("tickers", "quote"))
_QUOTES = (
    "RLUSD",
    "USDT",
    "USDC",
    "USDE",
    "USDR",
    "USDQ",
    "USD1",
    "XUSD",
    "BRZ",
    "EUR",
    "BTC",
    "ETH",
    "DAI",
    "TRY",
    "BRL",
)
_SPOT = Market(lambda native: split_pair(native, _QUOTES))


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message."""
    return parse_message(message, origin, _SPOT)
