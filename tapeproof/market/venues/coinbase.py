"""Coinbase Exchange WebSocket feed (docs.cdp.coinbase.com, "Exchange WebSocket Channels")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, shown
from tapeproof.market.fields import (
    attributes,
    changes,
    decimal,
    integer,
    iso_ns,
    levels,
    member,
    optional_decimal,
    side,
    text,
)
from tapeproof.market.model import Book, Head, Origin, Quote, Record, RecordType, Status, Trade
from tapeproof.market.symbols import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

# trade_id rises by one per product; `sequence` counts every order message, of which a feed shows only some.
CONTIGUOUS: frozenset[RecordType] = frozenset({"trade"})
HINTS: tuple[tuple[str, RecordType], ...] = (
    ("match", "trade"),
    ("ticker", "quote"),
    ("l2update", "book"),
    ("snapshot", "book"),
)

_ORDER_MESSAGES = frozenset({"received", "open", "done", "change", "activate"})
_TRADE_ATTRIBUTES = {
    "maker_order_id": "maker_order_id",
    "sequence": "venue_sequence",
    "taker_order_id": "taker_order_id",
}
_QUOTE_ATTRIBUTES = {
    "high_24h": "high_24h",
    "last_size": "last_size",
    "low_24h": "low_24h",
    "open_24h": "open_24h",
    "price": "last_price",
    "side": "last_side",
    "trade_id": "last_trade_id",
    "volume_24h": "volume_24h",
    "volume_30d": "volume_30d",
}
_AGGRESSOR = {"buy": "sell", "sell": "buy"}


def parse(message: Json, origin: Origin) -> list[Record]:
    """Return the record of one message."""
    kind = text(message, "type")
    reader = _READERS.get(kind)
    if reader:
        return [reader(message, origin)]
    if kind in _ORDER_MESSAGES:
        raise Rejection("unsupported", f"order message {kind}: subscribe to matches, ticker or level2 instead of full")
    raise Rejection("unsupported", f"unknown message type {shown(kind)}")


def _head(message: dict[str, Any], origin: Origin, sequence: int | None, *, backfill: bool = False) -> Head:
    native = text(message, "product_id")
    time = message.get("time")
    return origin.head(
        joined(native, "-"),
        native,
        ts_event_ns=None if time is None else iso_ns(time, "time"),
        sequence=sequence,
        backfill=backfill,
    )


def _trade(message: dict[str, Any], origin: Origin) -> Record:
    trade_id = integer(member(message, "trade_id"), "trade_id")
    return Trade(
        **_head(message, origin, trade_id, backfill=message["type"] == "last_match"),
        price=decimal(member(message, "price"), "price", signed=True),
        size=decimal(member(message, "size"), "size"),
        # The feed names the maker's side.
        side=_AGGRESSOR[side(member(message, "side"))],
        trade_id=str(trade_id),
        attributes=attributes(message, _TRADE_ATTRIBUTES),
    )


def _quote(message: dict[str, Any], origin: Origin) -> Record:
    return Quote(
        **_head(message, origin, integer(member(message, "sequence"), "sequence")),
        bid_price=optional_decimal(message, "best_bid", signed=True),
        bid_size=optional_decimal(message, "best_bid_size"),
        ask_price=optional_decimal(message, "best_ask", signed=True),
        ask_size=optional_decimal(message, "best_ask_size"),
        attributes=attributes(message, _QUOTE_ATTRIBUTES),
    )


def _snapshot(message: dict[str, Any], origin: Origin) -> Record:
    return Book(
        **_head(message, origin, None),
        action="snapshot",
        bids=levels(member(message, "bids"), "bids"),
        asks=levels(member(message, "asks"), "asks"),
    )


def _delta(message: dict[str, Any], origin: Origin) -> Record:
    bids, asks = changes(member(message, "changes"), "changes")
    return Book(**_head(message, origin, None), action="delta", bids=bids, asks=asks)


def _status(message: dict[str, Any], origin: Origin) -> Record:
    head = _head(message, origin, None) if "product_id" in message else origin.whole()
    return Status(**head, kind=message["type"], text=origin.raw)


_READERS: dict[str, Callable[[dict[str, Any], Origin], Record]] = {
    "error": _status,
    "heartbeat": _status,
    "l2update": _delta,
    "last_match": _trade,
    "match": _trade,
    "snapshot": _snapshot,
    "status": _status,
    "subscriptions": _status,
    "ticker": _quote,
    "ticker_batch": _quote,
}
