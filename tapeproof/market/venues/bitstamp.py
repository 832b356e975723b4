"""Bitstamp WebSocket API v2 (bitstamp.net/websocket/v2): a channel per pair, named in each message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import MAX_LEVELS, attributes, decimal, integer, levels, member, rest, scaled_ns, text
from tapeproof.market.model import Book, Head, Order, Origin, Record, RecordType, Status, Trade
from tapeproof.market.symbols import capitals, split_pair

if TYPE_CHECKING:
    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

# A trade's id counts the trades of all pairs together, so within one pair it jumps.
CONTIGUOUS: frozenset[RecordType] = frozenset()
HINTS: tuple[tuple[str, RecordType], ...] = (
    ("live_trades_", "trade"),
    ("order_book_", "book"),
    ("live_orders_", "order"),
)

_QUOTES = ("RLUSD", "USDT", "USDC", "EURC", "USD", "EUR", "GBP", "PAX", "BTC", "ETH")
_BOOKS: dict[str, Literal["snapshot", "delta"]] = {"diff_order_book": "delta", "order_book": "snapshot"}
_DETAILS = "detail_order_book"
_TRADES = "live_trades_"
_ORDERS = "live_orders_"
_ORDER_EVENTS = {"order_created": "add", "order_changed": "modify", "order_deleted": "cancel"}
_SIDES = {"0": "buy", "1": "sell"}
_TRADE_ATTRIBUTES = {"buy_order_id": "buy_order_id", "sell_order_id": "sell_order_id"}
_TIMES = frozenset({"timestamp", "microtimestamp", "datetime"})
_TRADE_MEMBERS = (
    _TIMES | set(_TRADE_ATTRIBUTES) | {"id", "id_str", "amount", "amount_str", "price", "price_str", "type"}
)
_ORDER_MEMBERS = _TIMES | {"id", "id_str", "amount", "amount_str", "price", "price_str", "order_type"}
_DETAIL_VALUES = 3  # price, size, order id
_MICROSECOND = 1_000


def parse(message: Json, origin: Origin) -> list[Record]:
    """Return the records of one message: one, or one for each order of a book of orders."""
    event = text(message, "event")
    if event.startswith("bts:"):
        return [Status(**origin.whole(), kind=event.removeprefix("bts:"), text=origin.raw)]
    channel = text(message, "channel")
    data = member(message, "data")
    if event == "trade" and channel.startswith(_TRADES):
        return [_trade(data, channel.removeprefix(_TRADES), origin)]
    if event in _ORDER_EVENTS and channel.startswith(_ORDERS):
        return [_order(data, channel.removeprefix(_ORDERS), _ORDER_EVENTS[event], origin)]
    if event == "data" and channel.startswith(f"{_DETAILS}_"):
        return _details(data, channel.removeprefix(f"{_DETAILS}_"), origin)
    for name, action in _BOOKS.items():
        if event == "data" and channel.startswith(f"{name}_"):
            native = channel.removeprefix(f"{name}_")
            with mark_broken_book(_symbol(native), name):
                return [_book(data, native, name, action, origin)]
    raise Rejection("unsupported", f"unknown event {describe_value(event)} on channel {describe_value(channel)}")


def _symbol(native: str) -> str:
    pair, dash, kind = native.partition("-")
    return split_pair(pair, _QUOTES) + capitals(dash + kind)


def _time(data: Json) -> int:
    if isinstance(data, dict) and "microtimestamp" not in data:
        return scaled_ns(member(data, "timestamp"), "timestamp", scale=1_000_000 * _MICROSECOND)
    return scaled_ns(member(data, "microtimestamp"), "microtimestamp", scale=_MICROSECOND)


def _side(data: Json, name: str) -> str:
    value = member(data, name)
    if not isinstance(value, str) or value not in _SIDES:
        raise Rejection("bad-side", f"{name} must be 0 (buy) or 1 (sell), got {describe_value(value)}")
    return _SIDES[value]


def _trade(data: Json, native: str, origin: Origin) -> Record:
    trade_id = integer(member(data, "id"), "id")
    taker = _side(data, "type")
    extra = rest(data, _TRADE_MEMBERS)
    return Trade(
        **origin.head(_symbol(native), native, ts_event_ns=_time(data), sequence=trade_id, extra=extra),
        price=_exact(data, "price", signed=True),
        size=_exact(data, "amount"),
        side=taker,
        trade_id=str(trade_id),
        attributes=attributes(data, _TRADE_ATTRIBUTES),
    )


def _exact(data: dict[str, Any], name: str, *, signed: bool = False) -> str:
    # The number beside it has lost its trailing zeros.
    written = f"{name}_str" if f"{name}_str" in data else name
    return decimal(member(data, written), written, signed=signed)


def _book(data: Json, native: str, channel: str, action: Literal["snapshot", "delta"], origin: Origin) -> Record:
    head = _book_head(data, native, channel, origin)
    bids, asks = (levels(member(data, name), name) for name in ("bids", "asks"))
    return Book(**head, action=action, bids=bids, asks=asks)


def _book_head(data: Json, native: str, channel: str, origin: Origin) -> Head:
    extra = rest(data, _TIMES | {"bids", "asks"}) if isinstance(data, dict) else None
    return origin.head(_symbol(native), native, ts_event_ns=_time(data), channel=channel, extra=extra)


def _details(data: Json, native: str, origin: Origin) -> list[Record]:
    """Return the orders of a whole book, after the record that takes the earlier ones away."""
    with mark_broken_book(_symbol(native), _DETAILS):
        head = _book_head(data, native, _DETAILS, origin)
        found: list[Record] = [Order(**head, action="clear")]
        head["extra"] = None
        for name, own in (("bids", "buy"), ("asks", "sell")):
            rows = member(data, name)
            if not isinstance(rows, list) or len(rows) > MAX_LEVELS:
                raise Rejection("bad-levels", f"{name} must be a list of at most {MAX_LEVELS} orders")
            found += [_detail(row, own, head) for row in rows]
    return found


def _detail(row: Json, own: str, head: Head) -> Record:
    if not isinstance(row, list) or len(row) < _DETAIL_VALUES:
        raise Rejection("bad-levels", f"expected price, size and order id, got {describe_value(row)}")
    price, size = decimal(row[0], "price", signed=True), decimal(row[1], "size")
    order_id = str(integer(row[2], "order id"))
    return Order(**head, action="add", order_id=order_id, side=own, price=price, size=size, is_snapshot=True)


def _order(data: Json, native: str, action: str, origin: Origin) -> Record:
    extra = rest(data, _ORDER_MEMBERS) if isinstance(data, dict) else None
    return Order(
        **origin.head(_symbol(native), native, ts_event_ns=_time(data), channel="live_orders", extra=extra),
        action=action,
        order_id=str(integer(member(data, "id_str" if "id_str" in data else "id"), "id")),
        side=_side(data, "order_type"),
        price=_exact(data, "price", signed=True),
        size=_exact(data, "amount"),
    )
