"""Kraken WebSocket API v1 (docs.kraken.com, "Websockets API v1"): arrays for data, objects for events.

Messages of the v2 API are told by their ``channel`` or ``method`` and read by ``_kraken_v2``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, shown
from tapeproof.market.fields import attributes, decimal, levels, member, seconds_ns, side, text
from tapeproof.market.model import Book, Head, Origin, Quote, Record, RecordType, Status, Trade
from tapeproof.market.symbols import joined
from tapeproof.market.venues._kraken_v2 import parse_v2

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

# The v2 API numbers the trades of a pair one by one; v1 numbers nothing.
CONTIGUOUS: frozenset[RecordType] = frozenset({"trade"})
HINTS: tuple[tuple[str, RecordType], ...] = (
    ('"event"', "status"),
    ('"trade"', "trade"),
    ('"ticker"', "quote"),
    ('"spread"', "quote"),
    ('"book', "book"),
)

_CURRENCIES = {"XBT": "BTC", "XDG": "DOGE"}
_ORDER_TYPES = {"l": "limit", "m": "market"}
_NARROWEST = 4  # channel id, payload, channel name, pair
_LEVEL_TIME = 2


def parse(message: Json, origin: Origin) -> list[Record]:
    """Return the records of one message: several for a message of several trades."""
    if isinstance(message, dict) and ("channel" in message or "method" in message):
        return parse_v2(message, origin)
    if isinstance(message, dict):
        return [_event(message, origin)]
    if not isinstance(message, list) or len(message) < _NARROWEST:
        raise Rejection("bad-shape", f"expected [channel id, payload, channel, pair], got {shown(message)}")
    channel, native = message[-2], message[-1]
    if not isinstance(channel, str) or not isinstance(native, str) or not native.isprintable():
        raise Rejection("bad-shape", f"expected channel and pair as text, got {shown(message[-2:])}")
    reader = _READERS.get(channel.partition("-")[0])
    if reader is None:
        raise Rejection("unsupported", f"unknown channel {shown(channel)}")
    return reader(message[1:-2], native, joined(native, "/", _CURRENCIES), origin)


def _event(message: dict[str, Any], origin: Origin) -> Record:
    kind = text(message, "event")
    if "pair" not in message:
        return Status(**origin.whole(), kind=kind, text=origin.raw)
    native = text(message, "pair")
    head = origin.head(joined(native, "/", _CURRENCIES), native, ts_event_ns=None)
    return Status(**head, kind=kind, text=origin.raw)


def _row(value: Json, width: int, what: str) -> list[Any]:
    if not isinstance(value, list) or len(value) < width:
        raise Rejection("bad-shape", f"expected a {what} of {width} or more values, got {shown(value)}")
    return value


def _trades(payload: list[Any], native: str, symbol: str, origin: Origin) -> list[Record]:
    found: list[Record] = []
    for entry in _row(payload[0], 1, "list of trades"):
        price, size, time, taker, order_type = _row(entry, 5, "trade")[:5]
        head = origin.head(symbol, native, ts_event_ns=seconds_ns(time, "time"))
        known = _ORDER_TYPES.get(order_type) if isinstance(order_type, str) else None
        found.append(
            Trade(
                **head,
                price=decimal(price, "price", signed=True),
                size=decimal(size, "volume"),
                side=side(taker),
                trade_id="",
                attributes=(("order_type", known),) if known else (),
            )
        )
    return found


def _ticker(payload: list[Any], native: str, symbol: str, origin: Origin) -> list[Record]:
    ask, bid = (_row(member(payload[0], name), 3, "best price, whole lots, lots") for name in ("a", "b"))
    today: dict[str, Any] = {"open": _first(payload[0], "o")}
    for name, ours in (
        ("c", "last_price"),
        ("h", "high"),
        ("l", "low"),
        ("v", "volume"),
        ("p", "vwap"),
        ("t", "trades"),
    ):
        today[ours] = _first(payload[0], name)
    quote = Quote(
        **origin.head(symbol, native, ts_event_ns=None),
        bid_price=decimal(bid[0], "b", signed=True),
        bid_size=decimal(bid[2], "b volume"),
        ask_price=decimal(ask[0], "a", signed=True),
        ask_size=decimal(ask[2], "a volume"),
        attributes=attributes(today, {name: name for name in today}),
    )
    return [quote]


def _first(payload: dict[str, Any], name: str) -> object:
    value = payload.get(name)
    return value[0] if isinstance(value, list) and value else None


def _spread(payload: list[Any], native: str, symbol: str, origin: Origin) -> list[Record]:
    bid, ask, time, bid_size, ask_size = _row(payload[0], 5, "spread")[:5]
    quote = Quote(
        **origin.head(symbol, native, ts_event_ns=seconds_ns(time, "time")),
        bid_price=decimal(bid, "bid", signed=True),
        bid_size=decimal(bid_size, "bid volume"),
        ask_price=decimal(ask, "ask", signed=True),
        ask_size=decimal(ask_size, "ask volume"),
    )
    return [quote]


def _book(payload: list[Any], native: str, symbol: str, origin: Origin) -> list[Record]:
    sides: dict[str, Any] = {}
    for part in payload:
        if not isinstance(part, dict):
            raise Rejection("bad-shape", f"expected an object of book sides, got {shown(part)}")
        sides.update(part)
    snapshot = "as" in sides or "bs" in sides
    asks, bids = (sides.get(name, []) for name in (("as", "bs") if snapshot else ("a", "b")))
    if not snapshot and not ("a" in sides or "b" in sides):
        raise Rejection("missing-field", "the book message has none of as, bs, a, b")
    book = Book(
        **_book_head(native, symbol, origin, asks, bids, snapshot=snapshot),
        action="snapshot" if snapshot else "delta",
        bids=levels(bids, "bids"),
        asks=levels(asks, "asks"),
        attributes=attributes(sides, {"c": "checksum"}),
    )
    return [book]


def _book_head(native: str, symbol: str, origin: Origin, *sides: list[list[Any]], snapshot: bool) -> Head:
    times = [
        seconds_ns(row[_LEVEL_TIME], "level time")
        for rows in sides
        if isinstance(rows, list)
        for row in rows
        if isinstance(row, list) and len(row) > _LEVEL_TIME
    ]
    # A message says when each level changed: it happened when the last of them did, for a snapshot maybe long ago.
    return origin.head(symbol, native, ts_event_ns=max(times, default=None), backfill=snapshot)


_READERS: dict[str, Callable[[list[Any], str, str, Origin], list[Record]]] = {
    "book": _book,
    "spread": _spread,
    "ticker": _ticker,
    "trade": _trades,
}
