"""Bitstamp WebSocket API v2 (bitstamp.net/websocket/v2): a channel per pair, named in each message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tapeproof.market.errors import Rejection, shown
from tapeproof.market.fields import attributes, decimal, integer, levels, member, scaled_ns, text
from tapeproof.market.model import Book, Origin, Record, RecordType, Status, Trade
from tapeproof.market.symbols import capitals, split_pair

if TYPE_CHECKING:
    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

# A trade's id counts the trades of all pairs together, so within one pair it jumps.
CONTIGUOUS: frozenset[RecordType] = frozenset()
HINTS: tuple[tuple[str, RecordType], ...] = (("live_trades_", "trade"), ("order_book_", "book"))

_QUOTES = ("USDT", "USDC", "EURC", "USD", "EUR", "GBP", "PAX", "BTC", "ETH")
_BOOKS: dict[str, Literal["snapshot", "delta"]] = {
    "diff_order_book_": "delta",
    "order_book_": "snapshot",
    "detail_order_book_": "snapshot",
}
_TRADES = "live_trades_"
_SIDES = {"0": "buy", "1": "sell"}
_TRADE_ATTRIBUTES = {"buy_order_id": "buy_order_id", "sell_order_id": "sell_order_id"}
_MICROSECOND = 1_000


def parse(message: Json, origin: Origin) -> list[Record]:
    """Return the record of one message."""
    event = text(message, "event")
    if event.startswith("bts:"):
        return [Status(**origin.whole(), kind=event.removeprefix("bts:"), text=origin.raw)]
    channel = text(message, "channel")
    data = member(message, "data")
    if event == "trade" and channel.startswith(_TRADES):
        return [_trade(data, channel.removeprefix(_TRADES), origin)]
    for prefix, action in _BOOKS.items():
        if event == "data" and channel.startswith(prefix):
            return [_book(data, channel.removeprefix(prefix), action, origin)]
    raise Rejection("unsupported", f"unknown event {shown(event)} on channel {shown(channel)}")


def _symbol(native: str) -> str:
    pair, dash, kind = native.partition("-")
    return split_pair(pair, _QUOTES) + capitals(dash + kind)


def _time(data: Json) -> int:
    if isinstance(data, dict) and "microtimestamp" not in data:
        return scaled_ns(member(data, "timestamp"), "timestamp", scale=1_000_000 * _MICROSECOND)
    return scaled_ns(member(data, "microtimestamp"), "microtimestamp", scale=_MICROSECOND)


def _trade(data: Json, native: str, origin: Origin) -> Record:
    trade_id = integer(member(data, "id"), "id")
    taker = member(data, "type")
    if not isinstance(taker, str) or taker not in _SIDES:
        raise Rejection("bad-side", f"type must be 0 (buy) or 1 (sell), got {shown(taker)}")
    return Trade(
        **origin.head(_symbol(native), native, ts_event_ns=_time(data), sequence=trade_id),
        price=_exact(data, "price", signed=True),
        size=_exact(data, "amount"),
        side=_SIDES[taker],
        trade_id=str(trade_id),
        attributes=attributes(data, _TRADE_ATTRIBUTES),
    )


def _exact(data: dict[str, Any], name: str, *, signed: bool = False) -> str:
    # The number beside it has lost its trailing zeros.
    written = f"{name}_str" if f"{name}_str" in data else name
    return decimal(member(data, written), written, signed=signed)


def _book(data: Json, native: str, action: Literal["snapshot", "delta"], origin: Origin) -> Record:
    return Book(
        **origin.head(_symbol(native), native, ts_event_ns=_time(data)),
        action=action,
        bids=levels(member(data, "bids"), "bids"),
        asks=levels(member(data, "asks"), "asks"),
    )
