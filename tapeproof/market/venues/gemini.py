"""Gemini market data API v2 (docs.gemini.com, "Market Data WebSocket v2"): order book, trades and auctions."""

from __future__ import annotations

from typing import Any

from tapeproof.market.errors import Rejection, shown
from tapeproof.market.fields import changes, decimal, integer, member, scaled_ns, side, text
from tapeproof.market.model import Book, Origin, Record, RecordType, Status, Trade
from tapeproof.market.symbols import capitals, split_pair
from tapeproof.market.wire import Json, compact

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

# An event_id counts the events of the whole exchange, so within one symbol it jumps.
CONTIGUOUS: frozenset[RecordType] = frozenset()
HINTS: tuple[tuple[str, RecordType], ...] = (("l2_updates", "book"), ("trade", "trade"))

_QUOTES = ("USDT", "USDC", "USD", "EUR", "GBP", "SGD", "DAI", "BTC", "ETH", "BCH", "LTC", "FIL", "SOL")
# The dollar token is a quote currency in these, while PAXGUSD is PAXG in dollars.
_WHOLE = {"BTCGUSD": "BTC-GUSD", "ETHGUSD": "ETH-GUSD"}
_PERPETUAL = "PERP"
_PERPETUAL_QUOTES = ("GUSD", "USDC")
_MILLISECOND = 1_000_000
_AUCTIONS = frozenset({"auction_open", "auction_indicative", "auction_result"})


def parse(message: Json, origin: Origin) -> list[Record]:
    """Return the records of one message: the book, then the trades and auctions that a subscription repeats."""
    if isinstance(message, dict) and "type" not in message and "result" in message:
        return [Status(**origin.whole(), kind=text(message, "result"), text=origin.raw)]
    kind = text(message, "type")
    if kind == "l2_updates":
        return _book(message, origin)
    if kind == "trade":
        return [_trade(message, origin)]
    if kind == "heartbeat":
        return [_heartbeat(message, origin)]
    if kind in _AUCTIONS:
        return [_auction(message, text(message, "symbol"), origin)]
    raise Rejection("unsupported", f"unknown message type {shown(kind)}")


def _symbol(native: str) -> str:
    upper = capitals(native)
    if upper.endswith(_PERPETUAL):
        return f"{split_pair(upper.removesuffix(_PERPETUAL), _PERPETUAL_QUOTES)}-{_PERPETUAL}"
    return split_pair(upper, _QUOTES, _WHOLE)


def _book(message: dict[str, Any], origin: Origin) -> list[Record]:
    native = text(message, "symbol")
    bids, asks = changes(member(message, "changes"), "changes")
    book = Book(
        **origin.head(_symbol(native), native, ts_event_ns=None),
        # The first answer to a subscription is the whole book, with the last trades beside it.
        action="snapshot" if "trades" in message else "delta",
        bids=bids,
        asks=asks,
    )
    trades = (_trade(entry, origin, backfill=True) for entry in _listed(message, "trades"))
    auctions = (_auction(entry, native, origin) for entry in _listed(message, "auction_events"))
    return [book, *trades, *auctions]


def _listed(message: dict[str, Any], name: str) -> list[Any]:
    value = message.get(name, [])
    if not isinstance(value, list):
        raise Rejection("bad-shape", f"{name} must be a list, got {shown(value)}")
    return value


def _trade(message: Json, origin: Origin, *, backfill: bool = False) -> Record:
    native = text(message, "symbol")
    event_id = integer(member(message, "event_id"), "event_id")
    time = scaled_ns(member(message, "timestamp"), "timestamp", scale=_MILLISECOND)
    return Trade(
        **origin.head(_symbol(native), native, ts_event_ns=time, sequence=event_id, backfill=backfill),
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


def _auction(entry: Json, native: str, origin: Origin) -> Record:
    kind = text(entry, "type")
    return Status(**origin.head(_symbol(native), native, ts_event_ns=None), kind=kind, text=compact(entry))
