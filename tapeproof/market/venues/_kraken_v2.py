"""Kraken WebSocket API v2 (docs.kraken.com, "Spot WebSocket v2"): objects with a channel and a list of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, shown
from tapeproof.market.fields import attributes, decimal, integer, iso_ns, levels, member, optional_decimal, side, text
from tapeproof.market.model import Book, Origin, Quote, Record, Status, Trade
from tapeproof.market.symbols import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.model import Head
    from tapeproof.market.wire import Json

__all__ = ["parse_v2"]

_TODAY = ("change", "change_pct", "high", "last", "low", "volume", "vwap")
_CURRENCIES = {"XBT": "BTC", "XDG": "DOGE"}


def parse_v2(message: dict[str, Any], origin: Origin) -> list[Record]:
    """Return the records of one message: several for a message of several trades."""
    if "method" in message:
        return [Status(**origin.whole(), kind=text(message, "method"), text=origin.raw)]
    channel = text(message, "channel")
    if channel in {"heartbeat", "status"}:
        return [Status(**origin.whole(), kind=channel, text=origin.raw)]
    reader = _READERS.get(channel)
    if reader is None:
        raise Rejection("unsupported", f"unknown channel {shown(channel)}")
    data = member(message, "data")
    if not isinstance(data, list):
        raise Rejection("bad-shape", f"data must be a list, got {shown(data)}")
    snapshot = message.get("type") == "snapshot"
    return [reader(entry, origin, snapshot) for entry in data]


def _head(entry: Json, origin: Origin, sequence: int | None, *, backfill: bool) -> Head:
    native = text(entry, "symbol")
    time = entry.get("timestamp")
    return origin.head(
        joined(native, "/", _CURRENCIES),
        native,
        ts_event_ns=None if time is None else iso_ns(time, "timestamp"),
        sequence=sequence,
        backfill=backfill,
    )


def _trade(entry: Json, origin: Origin, snapshot: bool) -> Record:
    trade_id = integer(member(entry, "trade_id"), "trade_id")
    return Trade(
        **_head(entry, origin, trade_id, backfill=snapshot),
        price=decimal(member(entry, "price"), "price", signed=True),
        size=decimal(member(entry, "qty"), "qty"),
        side=side(member(entry, "side")),
        trade_id=str(trade_id),
        attributes=attributes(entry, {"ord_type": "order_type"}),
    )


def _ticker(entry: Json, origin: Origin, snapshot: bool) -> Record:
    return Quote(
        **_head(entry, origin, None, backfill=snapshot),
        bid_price=optional_decimal(entry, "bid", signed=True),
        bid_size=optional_decimal(entry, "bid_qty"),
        ask_price=optional_decimal(entry, "ask", signed=True),
        ask_size=optional_decimal(entry, "ask_qty"),
        attributes=attributes(entry, {name: "last_price" if name == "last" else name for name in _TODAY}),
    )


def _book(entry: Json, origin: Origin, snapshot: bool) -> Record:
    return Book(
        **_head(entry, origin, None, backfill=snapshot),
        action="snapshot" if snapshot else "delta",
        bids=levels(_rows(entry, "bids"), "bids"),
        asks=levels(_rows(entry, "asks"), "asks"),
        attributes=attributes(entry, {"checksum": "checksum"}),
    )


def _rows(entry: dict[str, Any], name: str) -> Json:
    rows = entry.get(name, [])
    return [[member(row, "price"), member(row, "qty")] for row in rows] if isinstance(rows, list) else rows


_READERS: dict[str, Callable[[Json, Origin, bool], Record]] = {"book": _book, "ticker": _ticker, "trade": _trade}
