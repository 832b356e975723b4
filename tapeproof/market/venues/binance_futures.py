"""Binance futures (developers.binance.com, "Derivatives: WebSocket Market Streams"), margined in dollars or in coin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.symbols import capitals, split_pair
from tapeproof.market.venues._binance import parse_message
from tapeproof.market.venues._binance_message import Market

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.market.errors import Rejection
    from tapeproof.market.model import Origin, Record, RecordType
    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

CONTIGUOUS: frozenset[RecordType] = frozenset()  # each stream names its own count
HINTS: tuple[tuple[str, RecordType], ...] = (
    ("depth", "book"),
    ("lastUpdateId", "book"),
    ("rade", "trade"),
    ("icker", "quote"),
)
_QUOTES = ("FDUSD", "USDT", "USDC", "BUSD", "USD", "BTC")


def futures_symbol(native: str) -> str:
    """Return the normal form: ``BTCUSDT`` is perpetual, ``BTCUSDT_240628`` ends on that day."""
    pair, _, ends = capitals(native).partition("_")
    return f"{split_pair(pair, _QUOTES)}-{ends or 'PERP'}"


_FUTURES = Market(futures_symbol, lambda native: split_pair(native, _QUOTES))


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message."""
    return parse_message(message, origin, _FUTURES)
