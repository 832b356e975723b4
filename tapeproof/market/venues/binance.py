"""Binance spot (github.com/binance/binance-spot-api-docs, "WebSocket Streams")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.symbols import split_pair
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

# The longest first: a pair in RLUSD is none in USD.
_QUOTES: tuple[str, ...] = (
    "FDUSD",
    "RLUSD",
    "BFUSD",
    "USDT",
    "USDC",
    "USDE",
    "USDP",
    "USDS",
    "TUSD",
    "BUSD",
    "XUSD",
    "USD1",
    "BIDR",
    "EURI",
    "BTC",
    "ETH",
    "BNB",
    "EUR",
    "TRY",
    "BRL",
)
_QUOTES += ("AUD", "GBP", "RUB", "UAH", "ZAR", "PLN", "RON", "ARS", "JPY", "MXN", "CZK", "NGN", "DAI", "TRX", "XRP")
_QUOTES += ("AEUR", "BKRW", "BVND", "COP", "DOGE", "DOT", "IDR", "IDRT", "KZT", "PAX", "SOL", "UST", "VAI")
_SPOT = Market(lambda native: split_pair(native, _QUOTES), lambda native: split_pair(native, _QUOTES))


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message."""
    return parse_message(message, origin, _SPOT)
