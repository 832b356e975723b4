"""Kraken WebSocket API v1 (docs.kraken.com, "Websockets API v1"): arrays for data, objects for events.

Messages of the v2 API are told by their ``channel`` or ``method`` and read by ``_kraken_v2``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import attributes, decimal, each, integer, levels, member, seconds_ns, side, text
from tapeproof.market.model import Bar, Book, Head, Origin, Quote, Record, RecordType, Status, Trade
from tapeproof.market.symbols import join_pair
from tapeproof.market.venues._kraken_v2 import CURRENCIES, parse_v2

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    ('"level3"', "order"),
    ('"ohlc', "bar"),
)

_ORDER_TYPES = {"l": "limit", "m": "market"}
_NARROWEST = 4  # channel id, payload, channel name, pair
_LEVEL_TIME, _LEVEL_MARK = 2, 3
_REPUBLISHED = "r"
_TRADE_VALUES, _BAR_VALUES = 6, 9
Found = list[Record | Rejection]


class _Channel(NamedTuple):
    """What all entries of a message share."""

    name: str
    native: str
    symbol: str
    origin: Origin

    def head(self, channel: str, ts_ns: int | None, extra: Json = None) -> Head:
        return self.origin.head(self.symbol, self.native, ts_event_ns=ts_ns, channel=channel, extra=extra or None)


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message: several for a message of several trades."""
    if isinstance(message, dict) and ("channel" in message or "method" in message):
        return parse_v2(message, origin)
    if isinstance(message, dict):
        return [_event(message, origin)]
    if not isinstance(message, list) or len(message) < _NARROWEST:
        raise Rejection("bad-shape", f"expected [channel id, payload, channel, pair], got {describe_value(message)}")
    name, native = message[-2], message[-1]
    if not isinstance(name, str) or not isinstance(native, str) or not native.isprintable():
        raise Rejection("bad-shape", f"expected channel and pair as text, got {describe_value(message[-2:])}")
    reader = _READERS.get(name.partition("-")[0])
    if reader is None:
        raise Rejection("unsupported", f"unknown channel {describe_value(name)}")
    return reader(message[1:-2], _Channel(name, native, join_pair(native, "/", CURRENCIES), origin))


def _event(message: dict[str, Any], origin: Origin) -> Record:
    if "event" not in message and "error" in message:
        return Status(**origin.whole(), kind="error", text=origin.raw)
    kind = text(message, "event")
    if kind == "systemStatus":
        return Status(**origin.whole(), kind="trading", state=text(message, "status"), text=origin.raw)
    if "pair" not in message:
        return Status(**origin.whole(), kind=kind, text=origin.raw)
    native = text(message, "pair")
    head = origin.head(join_pair(native, "/", CURRENCIES), native, ts_event_ns=None)
    return Status(**head, kind=kind, text=origin.raw)


def _row(value: Json, width: int, what: str) -> list[Any]:
    if not isinstance(value, list) or len(value) < width:
        raise Rejection("bad-shape", f"expected a {what} of {width} or more values, got {describe_value(value)}")
    return value


def _trades(payload: list[Any], about: _Channel) -> Found:
    def read(entry: Json) -> Record:
        price, size, time, taker, order_type = _row(entry, 5, "trade")[:5]
        known = _ORDER_TYPES.get(order_type) if isinstance(order_type, str) else None
        return Trade(
            **about.head("trade/v1", seconds_ns(time, "time"), entry[_TRADE_VALUES:]),
            price=decimal(price, "price", signed=True),
            size=decimal(size, "volume"),
            side=side(taker),
            attributes=(("order_type", known),) if known else (),
        )

    return list(each(_row(payload[0], 1, "list of trades"), "trades", read))


def _ticker(payload: list[Any], about: _Channel) -> Found:
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
        **about.head("ticker", None),
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


def _spread(payload: list[Any], about: _Channel) -> Found:
    bid, ask, time, bid_size, ask_size = _row(payload[0], 5, "spread")[:5]
    quote = Quote(
        **about.head("spread", seconds_ns(time, "time"), payload[0][5:]),
        bid_price=decimal(bid, "bid", signed=True),
        bid_size=decimal(bid_size, "bid volume"),
        ask_price=decimal(ask, "ask", signed=True),
        ask_size=decimal(ask_size, "ask volume"),
    )
    return [quote]


def _bars(payload: list[Any], about: _Channel) -> Found:
    row = _row(payload[0], _BAR_VALUES, "bar")
    time, end = seconds_ns(row[0], "time"), seconds_ns(row[1], "end time")
    minutes = about.name.partition("-")[2] or "1"
    open_, high, low, close, vwap = (decimal(value, "price", signed=True) for value in row[2:7])
    bar = Bar(
        **about.head(about.name, time, row[_BAR_VALUES:]),
        interval=f"{integer(minutes, 'interval')}m",
        # It names the end of the interval only.
        start_ns=max(end - integer(minutes, "interval") * 60_000_000_000, 0),
        open=open_,
        high=high,
        low=low,
        close=close,
        vwap=vwap,
        volume=decimal(row[7], "volume"),
        trades=integer(row[8], "count"),
    )
    return [bar]


def _book(payload: list[Any], about: _Channel) -> Found:
    with mark_broken_book(about.symbol, about.name):
        sides: dict[str, Any] = {}
        for part in payload:
            if not isinstance(part, dict):
                raise Rejection("bad-shape", f"expected an object of book sides, got {describe_value(part)}")
            sides.update(part)
        snapshot = "as" in sides or "bs" in sides
        asks, bids = (sides.get(name, []) for name in (("as", "bs") if snapshot else ("a", "b")))
        if not snapshot and not ("a" in sides or "b" in sides):
            raise Rejection("missing-field", "the book message has none of as, bs, a, b")
        depth = about.name.partition("-")[2]
        book = Book(
            **about.head(about.name, _book_time(asks, bids)),
            action="snapshot" if snapshot else "delta",
            bids=levels(bids, "bids"),
            asks=levels(asks, "asks"),
            checksum=str(integer(sides["c"], "checksum")) if "c" in sides else "",
            depth=int(depth) if depth.isascii() and depth.isdecimal() and len(depth) <= _NARROWEST else None,
        )
    return [book]


def _book_time(*sides: list[list[Any]]) -> int | None:
    """Return when the last of the levels changed; those that come into scope changed long ago and do not count."""
    times = [
        seconds_ns(row[_LEVEL_TIME], "level time")
        for rows in sides
        if isinstance(rows, list)
        for row in rows
        if isinstance(row, list) and len(row) > _LEVEL_TIME and row[_LEVEL_MARK:] != [_REPUBLISHED]
    ]
    return max(times, default=None)


_READERS: dict[str, Callable[[list[Any], _Channel], Found]] = {
    "book": _book,
    "ohlc": _bars,
    "spread": _spread,
    "ticker": _ticker,
    "trade": _trades,
}
