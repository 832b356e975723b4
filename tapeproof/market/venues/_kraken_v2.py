"""Kraken WebSocket API v2 (docs.kraken.com, "Spot WebSocket v2"): objects with a channel and a list of data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import (
    attributes,
    bar_prices,
    decimal,
    each,
    integer,
    iso_ns,
    levels,
    member,
    optional_decimal,
    rest,
    side,
    text,
)
from tapeproof.market.model import Bar, Book, Order, Origin, Quote, Record, Status, Trade
from tapeproof.market.symbols import join_pair
from tapeproof.market.wire import compact

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.model import Head
    from tapeproof.market.wire import Json

__all__ = ["CURRENCIES", "parse_v2"]

CURRENCIES = {"XBT": "BTC", "XDG": "DOGE"}
_TODAY = ("change", "change_pct", "high", "last", "low", "volume", "vwap")
_QUOTE_MEMBERS = frozenset({"symbol", "bid", "bid_qty", "ask", "ask_qty", "timestamp", *_TODAY})
_TRADE_MEMBERS = frozenset({"symbol", "side", "price", "qty", "ord_type", "trade_id", "timestamp"})
_BOOK_MEMBERS = frozenset({"symbol", "bids", "asks", "checksum", "timestamp"})
_BAR_MEMBERS = frozenset({"symbol", "open", "high", "low", "close", "trades", "volume", "vwap"}) | {
    "interval_begin",
    "interval",
    "timestamp",
}
_DEPTHS = (10, 25, 100, 500, 1000)
_ORDER_DEPTHS = (10, 100, 1000)
_ASKED = re.compile(r"\"depth\"\s*:\s*([0-9]{1,4})")
_EVENTS = {"add": "add", "modify": "modify", "delete": "cancel"}
Found = list[Record | Rejection]


class _Message:
    """What all entries of a message share."""

    def __init__(self, message: dict[str, Any], origin: Origin) -> None:
        self.origin = origin
        self.channel = text(message, "channel")
        self.is_snapshot = message.get("type") == "snapshot"
        self.time = message.get("timestamp")

    def head(self, entry: Json, channel: str, time: Json, **more: Any) -> Head:  # noqa: ANN401 - of Origin.head
        """Return the head of a record of a pair."""
        native = text(entry, "symbol")
        ts = None if time is None else iso_ns(time, "timestamp")
        return self.origin.head(
            join_pair(native, "/", CURRENCIES), native, ts_event_ns=ts, channel=f"{channel}/v2", **more
        )


def parse_v2(message: dict[str, Any], origin: Origin) -> Found:
    """Return the records of one message: several for a message of several trades."""
    if "method" in message:
        return [Status(**origin.whole(), kind=text(message, "method"), text=origin.raw)]
    about = _Message(message, origin)
    if about.channel == "heartbeat":
        return [Status(**origin.whole(), kind=about.channel, text=origin.raw)]
    reader = _READERS.get(about.channel)
    if reader is None:
        raise Rejection("unsupported", f"unknown channel {describe_value(about.channel)}")
    data = member(message, "data")
    if about.channel == "status" and data == []:
        return [Status(**origin.whole(), kind="status", text=origin.raw)]
    if isinstance(data, dict) and about.channel == "instrument":
        pairs = each(data.get("pairs", []), "pairs", lambda pair: _instrument(pair, about))
        assets = each(data.get("assets", []), "assets", lambda asset: _asset(asset, about))
        return [*pairs, *assets]
    if about.channel in {"book", "level3"}:
        if not isinstance(data, list):
            raise Rejection("bad-shape", f"data must be a list, got {describe_value(data)}")
        return [record for entry in data for record in reader(entry, about)]
    return [
        one
        for found in each(data, "data", lambda entry: reader(entry, about))
        for one in ([found] if isinstance(found, Rejection) else found)
    ]


def _trade(entry: Json, about: _Message) -> list[Record]:
    trade_id = integer(member(entry, "trade_id"), "trade_id")
    head = about.head(
        entry,
        "trade",
        entry.get("timestamp"),
        sequence=trade_id,
        backfill=about.is_snapshot,
        extra=rest(entry, _TRADE_MEMBERS),
    )
    trade = Trade(
        **head,
        price=decimal(member(entry, "price"), "price", signed=True),
        size=decimal(member(entry, "qty"), "qty"),
        side=side(member(entry, "side")),
        trade_id=str(trade_id),
        attributes=attributes(entry, {"ord_type": "order_type"}),
    )
    return [trade]


def _ticker(entry: Json, about: _Message) -> list[Record]:
    text(entry, "symbol")
    head = about.head(
        entry, "ticker", entry.get("timestamp"), backfill=about.is_snapshot, extra=rest(entry, _QUOTE_MEMBERS)
    )
    quote = Quote(
        **head,
        bid_price=optional_decimal(entry, "bid", signed=True),
        bid_size=optional_decimal(entry, "bid_qty"),
        ask_price=optional_decimal(entry, "ask", signed=True),
        ask_size=optional_decimal(entry, "ask_qty"),
        attributes=attributes(entry, {name: "last_price" if name == "last" else name for name in _TODAY}),
    )
    return [quote]


def _book(entry: Json, about: _Message) -> list[Record]:
    native = text(entry, "symbol")
    with mark_broken_book(join_pair(native, "/", CURRENCIES), "book/v2"):
        book = Book(
            **about.head(entry, "book", entry.get("timestamp"), extra=rest(entry, _BOOK_MEMBERS)),
            action="snapshot" if about.is_snapshot else "delta",
            bids=levels(_rows(entry, "bids"), "bids"),
            asks=levels(_rows(entry, "asks"), "asks"),
            checksum=_checksum(entry),
        )
    return [replace(book, depth=_depth(book, about.origin.request))] if about.is_snapshot else [book]


def _depth(snapshot: Book, request: str) -> int | None:
    """Return how many levels were subscribed, as the request says; else the fewest on offer that hold the snapshot."""
    if asked := _ASKED.search(request):
        return int(asked[1])
    most = max(len(snapshot.bids), len(snapshot.asks))
    return next((depth for depth in _DEPTHS if most <= depth), None)


def _order_depth(rows: list[tuple[str, Json]], request: str) -> int:
    """Return how many price levels of a side are kept up to date; see :func:`_depth`."""
    if asked := _ASKED.search(request):
        return int(asked[1])
    prices = {(own, str(member(row, "limit_price"))) for own, row in rows}
    most = max(sum(own == side for own, _ in prices) for side in ("buy", "sell"))
    return next((depth for depth in _ORDER_DEPTHS if most <= depth), _ORDER_DEPTHS[-1])


def _checksum(entry: dict[str, Any]) -> str:
    return str(integer(entry["checksum"], "checksum")) if "checksum" in entry else ""


def _rows(entry: dict[str, Any], name: str) -> Json:
    rows = entry.get(name, [])
    return [[member(row, "price"), member(row, "qty")] for row in rows] if isinstance(rows, list) else rows


def _orders(entry: Json, about: _Message) -> list[Record]:
    """Return what happened to each order; the sum of the book stands in the last of them."""
    native = text(entry, "symbol")
    with mark_broken_book(join_pair(native, "/", CURRENCIES), "level3/v2"):
        checksum = _checksum(entry)
        found: list[Record] = []
        rows = [(own, row) for name, own in (("bids", "buy"), ("asks", "sell")) for row in _read_list(entry, name)]
        if about.is_snapshot:
            kept = (("depth", str(_order_depth(rows, about.origin.request))),)
            found.append(Order(**about.head(entry, "level3", entry.get("timestamp")), action="clear", attributes=kept))
        for place, (own, row) in enumerate(rows, start=1):
            found.append(_order(entry, row, own, about, checksum if place == len(rows) else ""))
    return found


def _read_list(entry: dict[str, Any], name: str) -> list[Json]:
    rows = entry.get(name, [])
    if not isinstance(rows, list):
        raise Rejection("bad-shape", f"{name} must be a list, got {describe_value(rows)}")
    return rows


def _order(entry: Json, row: Json, own: str, about: _Message, checksum: str) -> Record:
    event = "add" if about.is_snapshot else text(row, "event")
    if event not in _EVENTS:
        raise Rejection("unsupported", f"event must be add, modify or delete, got {describe_value(event)}")
    return Order(
        **about.head(entry, "level3", member(row, "timestamp"), backfill=about.is_snapshot),
        action=_EVENTS[event],
        order_id=text(row, "order_id"),
        side=own,
        price=decimal(member(row, "limit_price"), "limit_price", signed=True),
        size=decimal(member(row, "order_qty"), "order_qty"),
        is_snapshot=True if about.is_snapshot else None,
        checksum=checksum,
    )


def _bar(entry: Json, about: _Message) -> list[Record]:
    prices = bar_prices(entry)
    time = about.time if about.time is not None else entry.get("timestamp")
    bar = Bar(
        **about.head(entry, "ohlc", time, backfill=about.is_snapshot, extra=rest(entry, _BAR_MEMBERS)),
        interval=f"{integer(member(entry, 'interval'), 'interval')}m",
        start_ns=iso_ns(member(entry, "interval_begin"), "interval_begin"),
        **prices,
        volume=optional_decimal(entry, "volume"),
        trades=integer(entry["trades"], "trades") if "trades" in entry else None,
        vwap=optional_decimal(entry, "vwap", signed=True),
    )
    return [bar]


def _instrument(pair: Json, about: _Message) -> Record:
    head = about.head(pair, "instrument", None)
    return Status(**head, kind="trading", state=text(pair, "status"), text=compact(pair))


def _asset(asset: Json, about: _Message) -> Record:
    native = text(asset, "id")
    head = about.origin.head(join_pair(native, "/", CURRENCIES), native, ts_event_ns=None, channel="instrument/v2")
    return Status(**head, kind="currency", state=text(asset, "status"), text=compact(asset))


def _system(entry: Json, about: _Message) -> list[Record]:
    return [Status(**about.origin.whole(), kind="trading", state=text(entry, "system"), text=compact(entry))]


_READERS: dict[str, Callable[[Json, _Message], list[Record]]] = {
    "book": _book,
    "instrument": lambda pair, about: [_instrument(pair, about)],
    "level3": _orders,
    "ohlc": _bar,
    "status": _system,
    "ticker": _ticker,
    "trade": _trade,
}
