"""Gemini market data API v2 (docs.gemini.com, "Market Data WebSocket v2"): order book, trades and auctions.

Messages of the v1 API have ``type`` update and a list of events, and are read by ``_gemini_v1``; those of the newer
streams name no type, and are read by ``_gemini_streams``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import (
    attributes,
    changes,
    decimal,
    each,
    integer,
    member,
    rest,
    scaled_ns,
    side,
    text,
)
from tapeproof.market.model import Bar, Book, Origin, Record, RecordType, Status, Trade
from tapeproof.market.venues._gemini_streams import is_stream, parse_stream
from tapeproof.market.venues._gemini_v1 import gemini_symbol, parse_v1
from tapeproof.market.wire import Json, compact

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

# An event_id counts the events of the whole exchange, so within one symbol it jumps.
CONTIGUOUS: frozenset[RecordType] = frozenset()
HINTS: tuple[tuple[str, RecordType], ...] = (
    ("l2_updates", "book"),
    ("candles_", "bar"),
    ("trade", "trade"),
    ("depthUpdate", "book"),
    ("lastUpdateId", "book"),
)

_MILLISECOND = 1_000_000
_L2 = "l2"
_TRADE_MEMBERS = frozenset({"type", "symbol", "event_id", "eventid", "timestamp", "price", "quantity", "side"})
_CANDLES = re.compile(r"candles_(1m|5m|15m|30m|1h|6h|1d|1D)_updates")
_CANDLE_VALUES = 6
_AUCTION = "auction_"
_AUCTION_ATTRIBUTES = {
    name: name
    for name in (
        "auction_price",
        "auction_quantity",
        "auction_time_ms",
        "collar_price",
        "highest_bid_price",
        "indicative_price",
        "indicative_quantity",
        "lowest_ask_price",
    )
}
_BOOK_MEMBERS = frozenset({"type", "symbol", "changes", "trades", "auction_events"})
Found = list[Record | Rejection]


def parse(message: Json, origin: Origin) -> Found:
    """Return the records of one message: the book, then the trades and auctions that a subscription repeats."""
    if isinstance(message, dict) and "type" not in message and "result" in message:
        kind = "result" if not isinstance(message["result"], str) else text(message, "result")
        return [Status(**origin.whole(), kind=kind, text=origin.raw)]
    if isinstance(message, dict) and is_stream(message):
        return parse_stream(message, origin)
    kind = text(message, "type")
    if kind == "update" or "socket_sequence" in message:
        return list(parse_v1(message, origin))
    if kind in _READERS:
        return _READERS[kind](message, origin)
    if candles := _CANDLES.fullmatch(kind):
        return _candles(message, candles[1].lower(), origin)
    if kind.startswith(_AUCTION):
        return [_auction(message, text(message, "symbol"), origin)]
    raise Rejection("unsupported", f"unknown message type {describe_value(kind)}")


def _book(message: dict[str, Any], origin: Origin) -> Found:
    native = text(message, "symbol")
    symbol = gemini_symbol(native)
    with mark_broken_book(symbol, _L2):
        bids, asks = changes(member(message, "changes"), "changes")
    book = Book(
        **origin.head(symbol, native, ts_event_ns=None, channel=_L2, extra=rest(message, _BOOK_MEMBERS)),
        # The first answer to a subscription is the whole book, with the last trades beside it.
        action="snapshot" if "trades" in message else "delta",
        bids=bids,
        asks=asks,
    )
    trades = each(message.get("trades", []), "trades", lambda entry: _trade(entry, origin, backfill=True))
    auctions = each(
        message.get("auction_events", []),
        "auction_events",
        lambda entry: _auction(entry, native, origin, backfill=True),
    )
    return [book, *trades, *auctions]


def _trade(message: Json, origin: Origin, *, backfill: bool = False) -> Record:
    native = text(message, "symbol")
    # The documentation writes it without the underscore in the trades that a subscription begins with.
    name = "eventid" if "eventid" in message else "event_id"
    event_id = integer(member(message, name), name)
    time = scaled_ns(member(message, "timestamp"), "timestamp", scale=_MILLISECOND)
    head = origin.head(
        gemini_symbol(native),
        native,
        ts_event_ns=time,
        sequence=event_id,
        backfill=backfill,
        identity=(("event_id", str(event_id)),),
        extra=rest(message, _TRADE_MEMBERS),
    )
    return Trade(
        **head,
        price=decimal(member(message, "price"), "price", signed=True),
        size=decimal(member(message, "quantity"), "quantity"),
        side=side(member(message, "side")),
        trade_id=str(event_id),
    )


def _heartbeat(message: dict[str, Any], origin: Origin) -> Record:
    head = origin.whole()
    head["ts_event_ns"] = scaled_ns(member(message, "timestamp"), "timestamp", scale=_MILLISECOND)
    head["ts_source"] = "venue"
    return Status(**head, kind="heartbeat", text=origin.raw)


def _auction(entry: Json, native: str, origin: Origin, *, backfill: bool = False) -> Record:
    kind = text(entry, "type")
    if not kind.startswith(_AUCTION):
        raise Rejection("unsupported", f"unknown event {describe_value(kind)}")
    time = entry.get("time_ms")
    ts = None if time is None else scaled_ns(time, "time_ms", scale=_MILLISECOND)
    return Status(
        **origin.head(gemini_symbol(native), native, ts_event_ns=ts, backfill=backfill),
        kind="auction",
        state=text(entry, "result") if "result" in entry else kind.removeprefix(_AUCTION),
        text=compact(entry),
        attributes=attributes(entry, _AUCTION_ATTRIBUTES),
    )


def _candles(message: dict[str, Any], interval: str, origin: Origin) -> Found:
    native = text(message, "symbol")

    def read(row: Json) -> Record:
        if not isinstance(row, list) or len(row) < _CANDLE_VALUES:
            raise Rejection("bad-shape", f"expected time, open, high, low, close and volume, got {describe_value(row)}")
        prices = [decimal(value, "price", signed=True) for value in row[1:5]]
        return Bar(
            **origin.head(gemini_symbol(native), native, ts_event_ns=None),
            interval=interval,
            start_ns=scaled_ns(row[0], "time", scale=_MILLISECOND),
            open=prices[0],
            high=prices[1],
            low=prices[2],
            close=prices[3],
            volume=decimal(row[5], "volume"),
        )

    return list(each(member(message, "changes"), "changes", read))


_READERS: dict[str, Callable[[dict[str, Any], Origin], Found]] = {
    "heartbeat": lambda message, origin: [_heartbeat(message, origin)],
    "l2_updates": _book,
    "trade": lambda message, origin: [_trade(message, origin)],
}
