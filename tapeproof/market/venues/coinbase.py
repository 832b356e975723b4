"""Coinbase: the Exchange feed (docs.cdp.coinbase.com, "Exchange WebSocket Channels") and Advanced Trade's.

Messages of Advanced Trade are told by their ``channel`` and read by ``_coinbase_advanced``, the lists of the level3
channel by ``_coinbase_level3``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import (
    attributes,
    changes,
    decimal,
    each,
    integer,
    iso_ns,
    levels,
    member,
    optional_decimal,
    rest,
    seconds_ns,
    side,
    text,
)
from tapeproof.market.model import Book, Head, Order, Origin, Quote, Record, RecordType, Status, Trade
from tapeproof.market.numbering import Numbering
from tapeproof.market.symbols import join_pair, valid_symbol
from tapeproof.market.venues._coinbase_advanced import parse_advanced
from tapeproof.market.venues._coinbase_level3 import parse_level3
from tapeproof.market.wire import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

# trade_id rises by one per product; `sequence` counts every order message, of which only the full channel shows all.
CONTIGUOUS: frozenset[RecordType] = frozenset({"trade"})
HINTS: tuple[tuple[str, RecordType], ...] = (
    ("match", "trade"),
    ("market_trades", "trade"),
    ("ticker", "quote"),
    ("l2_data", "book"),
    ("l2update", "book"),
    ("snapshot", "book"),
    ('["', "order"),
)

_LEVEL2 = "level2"
_FULL = "full"
_COMMON = {"type": "", "time": "", "product_id": ""}
_TRADE_ATTRIBUTES = {
    "maker_order_id": "maker_order_id",
    "sequence": "venue_sequence",
    "taker_order_id": "taker_order_id",
}
_TRADE_MEMBERS = frozenset(_COMMON | _TRADE_ATTRIBUTES) | {"trade_id", "side", "size", "price"}
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
_QUOTE_MEMBERS = frozenset(_COMMON | _QUOTE_ATTRIBUTES) | {
    "sequence",
    "best_bid",
    "best_bid_size",
    "best_ask",
    "best_ask_size",
}
_ORDER_MEMBERS = (
    frozenset(_COMMON)
    | {"sequence", "order_id", "side", "price", "size", "remaining_size"}
    | {
        "new_size",
        "new_price",
    }
)
_AGGRESSOR = {"buy": "sell", "sell": "buy"}
_ORDERS = {"received": "received", "activate": "received", "open": "add", "change": "modify", "done": "cancel"}
_SIZES = {"received": "size", "activate": "size", "open": "remaining_size", "change": "new_size"}


def parse(message: Json, origin: Origin) -> Sequence[Record | Rejection]:
    """Return the records of one message: a match of the full channel also executes the maker's order."""
    if isinstance(message, dict) and "channel" in message:
        return parse_advanced(message, origin)
    if isinstance(message, list):
        return parse_level3(message, origin)
    kind = text(message, "type")
    if kind in _ORDERS:
        return [_order(message, origin, kind)]
    if kind == "status" and "products" in message:
        products = each(message["products"], "products", lambda product: _product(product, origin))
        currencies = each(message.get("currencies", []), "currencies", lambda one: _currency(one, origin))
        return [*products, *currencies]
    reader = _READERS.get(kind)
    if reader is None:
        raise Rejection("unsupported", f"unknown message type {describe_value(kind)}")
    first = reader(message, origin)
    return [first, _execution(message, origin)] if kind == "match" and origin.request.endswith(_FULL) else [first]


def _head(message: dict[str, Any], origin: Origin, **more: Any) -> Head:  # noqa: ANN401 - arguments of Origin.head
    native = text(message, "product_id")
    time = message.get("time")
    ts = None if time is None else iso_ns(time, "time")
    if time is None and message.get("type") == "activate" and "timestamp" in message:
        ts = seconds_ns(message["timestamp"], "timestamp")
    return origin.head(join_pair(native, "-"), native, ts_event_ns=ts, **more)


def _trade(message: dict[str, Any], origin: Origin) -> Record:
    trade_id = integer(member(message, "trade_id"), "trade_id")
    head = _head(
        message,
        origin,
        sequence=trade_id,
        backfill=message["type"] == "last_match",
        extra=rest(message, _TRADE_MEMBERS),
    )
    return Trade(
        **head,
        price=decimal(member(message, "price"), "price", signed=True),
        size=decimal(member(message, "size"), "size"),
        # The feed names the maker's side.
        side=_AGGRESSOR[side(member(message, "side"))],
        trade_id=str(trade_id),
        attributes=attributes(message, _TRADE_ATTRIBUTES),
    )


def _quote(message: dict[str, Any], origin: Origin) -> Record:
    # A product that has never traded has no number, no time, and prices of nothing without sizes.
    sequence = integer(message["sequence"], "sequence") if "sequence" in message else None
    return Quote(
        **_head(message, origin, sequence=sequence, extra=rest(message, _QUOTE_MEMBERS)),
        bid_price=_best_price(message, "best_bid"),
        bid_size=optional_decimal(message, "best_bid_size"),
        ask_price=_best_price(message, "best_ask"),
        ask_size=optional_decimal(message, "best_ask_size"),
        attributes=attributes(message, _QUOTE_ATTRIBUTES),
    )


def _best_price(message: dict[str, Any], name: str) -> str | None:
    price = optional_decimal(message, name, signed=True)
    return None if price is not None and not price.strip("-0.") and f"{name}_size" not in message else price


def _snapshot(message: dict[str, Any], origin: Origin) -> Record:
    bids, asks = (levels(member(message, name), name) for name in ("bids", "asks"))
    return Book(**_level2(message, origin), action="snapshot", bids=bids, asks=asks)


def _delta(message: dict[str, Any], origin: Origin) -> Record:
    bids, asks = changes(member(message, "changes"), "changes")
    return Book(**_level2(message, origin), action="delta", bids=bids, asks=asks)


def _level2(message: dict[str, Any], origin: Origin) -> Head:
    extra = rest(message, frozenset(_COMMON) | {"bids", "asks", "changes"})
    return _head(message, origin, channel=_LEVEL2, extra=extra)


def _levels_of(reader: Callable[[dict[str, Any], Origin], Record]) -> Callable[[dict[str, Any], Origin], Record]:
    def read(message: dict[str, Any], origin: Origin) -> Record:
        with mark_broken_book(join_pair(text(message, "product_id"), "-"), _LEVEL2):
            return reader(message, origin)

    return read


def _parse_counted_head(message: dict[str, Any], origin: Origin) -> Head:
    """Return the head of a message of the full channel, whose sequence rises by one per product.

    A stop order that is activated has none, and its time in seconds.
    """
    extra = rest(message, _ORDER_MEMBERS)
    if message["type"] == "activate" and "sequence" not in message:
        return _head(message, origin, channel=_FULL, extra=rest(message, _ORDER_MEMBERS | {"timestamp"}))
    number = integer(member(message, "sequence"), "sequence")
    numbering = Numbering(f"{_FULL}/{text(message, 'product_id')}", number)
    return _head(message, origin, sequence=number, channel=_FULL, extra=extra, numbering=numbering)


def _order(message: dict[str, Any], origin: Origin, kind: str) -> Record:
    action, size = _ORDERS[kind], _SIZES.get(kind, "remaining_size")
    # An order that is done because it was filled left the book with its last match.
    filled = kind == "done" and message.get("reason") == "filled"
    return Order(
        **_parse_counted_head(message, origin),
        action="fill" if filled else action,
        order_id=text(message, "order_id"),
        side=side(member(message, "side")),
        # A modified order goes to its new price.
        price=optional_decimal(message, "new_price" if message.get("new_price") else "price", signed=True),
        size=optional_decimal(message, size),
    )


def _execution(message: dict[str, Any], origin: Origin) -> Record:
    head = _parse_counted_head(message, origin)
    head["extra"] = None  # the trade beside it has it
    return Order(
        **head,
        action="execute",
        order_id=text(message, "maker_order_id"),
        side=side(member(message, "side")),
        price=decimal(member(message, "price"), "price", signed=True),
        size=decimal(member(message, "size"), "size"),
    )


def _heartbeat(message: dict[str, Any], origin: Origin) -> Record:
    numbering = None
    if "last_trade_id" in message and "product_id" in message:
        last = integer(message["last_trade_id"], "last_trade_id")
        numbering = Numbering(f"trade/{text(message, 'product_id')}", last, role="announced", shared=True)
    head = _head(message, origin, numbering=numbering) if "product_id" in message else origin.whole()
    return Status(**head, kind="heartbeat", text=origin.raw)


def _product(product: Json, origin: Origin) -> Record:
    native = text(product, "id")
    modes = [name for name in ("cancel_only", "limit_only", "post_only", "auction_mode") if product.get(name) is True]
    return Status(
        **origin.head(join_pair(native, "-"), native, ts_event_ns=None),
        kind="trading",
        state=modes[0] if modes else text(product, "status"),
        reason=product["status_message"] if isinstance(product.get("status_message"), str) else "",
        text=compact(product),
    )


def _currency(currency: Json, origin: Origin) -> Record:
    native = text(currency, "id")
    head = origin.head(valid_symbol(native), native, ts_event_ns=None)
    return Status(**head, kind="currency", state=text(currency, "status"), text=compact(currency))


def _auction(message: dict[str, Any], origin: Origin) -> Record:
    return Status(**_head(message, origin), kind="auction", state=text(message, "auction_state"), text=origin.raw)


def _status(message: dict[str, Any], origin: Origin) -> Record:
    head = _head(message, origin) if "product_id" in message else origin.whole()
    return Status(**head, kind=message["type"], text=origin.raw)


_READERS: dict[str, Callable[[dict[str, Any], Origin], Record]] = {
    "auction": _auction,
    "error": _status,
    "heartbeat": _heartbeat,
    "l2update": _levels_of(_delta),
    "last_match": _trade,
    "level3": _status,
    "match": _trade,
    "rfq_match": _trade,
    "snapshot": _levels_of(_snapshot),
    "status": _status,
    "subscriptions": _status,
    "ticker": _quote,
    "ticker_batch": _quote,
}
