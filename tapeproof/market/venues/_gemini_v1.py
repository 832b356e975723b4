"""Gemini market data API v1 (docs.gemini.com, "Market Data WebSocket v1"): a socket per symbol, unnamed in messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import decimal, integer, member, rest, scaled_ns, side, text
from tapeproof.market.model import Book, Head, Origin, Record, Status, Trade
from tapeproof.market.numbering import Numbering
from tapeproof.market.symbols import capitals, split_pair
from tapeproof.market.wire import compact

if TYPE_CHECKING:
    from tapeproof.market.fields import Level
    from tapeproof.market.wire import Json

__all__ = ["gemini_symbol", "parse_v1"]

_QUOTES = ("RLUSD", "USDT", "USDC", "USD", "EUR", "GBP", "SGD", "DAI", "BTC", "ETH", "BCH", "LTC", "FIL", "SOL")
# The dollar token is a quote currency in these, while PAXGUSD is PAXG in dollars.
_WHOLE = {"BTCGUSD": "BTC-GUSD", "ETHGUSD": "ETH-GUSD"}
_PERPETUAL = "PERP"
_PERPETUAL_QUOTES = ("GUSD", "USDC")
_REQUEST = re.compile(r"v1/marketdata/([A-Za-z0-9]{1,32})")
_MILLISECOND = 1_000_000
_V1 = "v1"
# The maker's side; an auction has no aggressor.
_AGGRESSOR = {"ask": "buy", "bid": "sell", "auction": ""}
_TRADE_MEMBERS = frozenset({"type", "symbol", "tid", "price", "amount", "makerSide"})


def gemini_symbol(native: str) -> str:
    """Return the normal form of a symbol of this venue."""
    upper = capitals(native)
    if upper.endswith(_PERPETUAL):
        return f"{split_pair(upper.removesuffix(_PERPETUAL), _PERPETUAL_QUOTES)}-{_PERPETUAL}"
    return split_pair(upper, _QUOTES, _WHOLE)


def parse_v1(message: dict[str, Any], origin: Origin) -> list[Record]:
    """Return the records of one message: trades where they stand, and all changes of the book as one record."""
    if text(message, "type") == "heartbeat":
        return [Status(**_beat(message, origin), kind="heartbeat", text=origin.raw)]
    events = member(message, "events")
    if not isinstance(events, list):
        raise Rejection("bad-shape", f"events must be a list, got {describe_value(events)}")
    native = _native(events, origin)
    with mark_broken_book(gemini_symbol(native), _V1):
        return _records(message, events, native, origin)


def _beat(message: dict[str, Any], origin: Origin) -> Head:
    """Return the head of a heartbeat, which is counted with the updates of its socket."""
    asked = _REQUEST.search(origin.request)
    if asked:
        return _head(message, asked[1], origin)
    head = origin.whole()
    if origin.connection:
        head["numbering"] = _build_numbering(message, origin.connection)
    return head


def _native(events: list[Json], origin: Origin) -> str:
    asked = _REQUEST.search(origin.request)
    if asked:
        return asked[1]
    if events and isinstance(events[0], dict) and "symbol" in events[0]:
        return text(events[0], "symbol")
    raise Rejection(
        "missing-field", "the message names no symbol: publish it with the request, /v1/marketdata/<symbol>"
    )


def _records(message: dict[str, Any], events: list[Json], native: str, origin: Origin) -> list[Record]:
    head = _head(message, native, origin)
    found: list[Record] = []
    bids: list[Level] = []
    asks: list[Level] = []
    snapshot, place = False, -1
    for event in events:
        kind = text(event, "type")
        if kind == "change":
            place = len(found) if place < 0 else place
            snapshot = snapshot or event.get("reason") == "initial"
            level = (
                decimal(member(event, "price"), "price", signed=True),
                decimal(member(event, "remaining"), "remaining"),
            )
            (bids if side(member(event, "side")) == "buy" else asks).append(level)
        elif kind in {"trade", "block_trade"}:
            found.append(_trade(event, kind, head))
        elif kind.startswith("auction"):
            state = kind.partition("_")[2] or kind
            found.append(Status(**head, kind="auction", state=state, text=compact(event)))
        else:
            raise Rejection("unsupported", f"unknown event {describe_value(kind)}")
    if place >= 0:
        book = Book(**head, action="snapshot" if snapshot else "delta", bids=tuple(bids), asks=tuple(asks))
        found.insert(place, book)
    return found


def _head(message: dict[str, Any], native: str, origin: Origin) -> Head:
    time = message.get("timestampms")
    return origin.head(
        gemini_symbol(native),
        native,
        ts_event_ns=None if time is None else scaled_ns(time, "timestampms", scale=_MILLISECOND),
        channel=_V1,
        numbering=_build_numbering(message, origin.connection or native),
    )


def _build_numbering(message: dict[str, Any], socket: str) -> Numbering | None:
    if "socket_sequence" not in message:
        return None
    return Numbering(f"socket/{socket}", integer(message["socket_sequence"], "socket_sequence"), shared=True)


def _trade(event: dict[str, Any], kind: str, head: Head) -> Record:
    maker = "auction" if kind == "block_trade" else text(event, "makerSide")
    if maker not in _AGGRESSOR:
        raise Rejection("bad-side", f"makerSide must be ask, bid or auction, got {describe_value(maker)}")
    own = head.copy()
    own["extra"] = rest(event, _TRADE_MEMBERS)
    return Trade(
        **own,
        price=decimal(member(event, "price"), "price", signed=True),
        size=decimal(member(event, "amount"), "amount"),
        side=_AGGRESSOR[maker],
        trade_id=str(integer(member(event, "tid"), "tid")),
        conditions=("block",) if kind == "block_trade" else ("auction",) if maker == "auction" else (),
    )
