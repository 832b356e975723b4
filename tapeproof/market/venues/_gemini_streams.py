"""Gemini's streams (developer.gemini.com, "Stream Reference"): named ``symbol@stream``, with times in nanoseconds.

Their update ids are not said to be without holes, so a jump is no gap.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import best_prices, decimal, integer, levels, member, rest, scaled_ns, text
from tapeproof.market.model import Book, Head, Origin, Quote, Record, Status, Trade
from tapeproof.market.venues._gemini_v1 import gemini_symbol

if TYPE_CHECKING:
    from tapeproof.market.fields import Level
    from tapeproof.market.wire import Json

__all__ = ["is_stream", "parse_stream"]

_SUBSCRIBED = re.compile(r"([A-Za-z0-9-]{1,64})@(depth(?:5|10|20)?)(?:@|$|[\s\"',\]])")
_DEPTH = "depth"
_QUOTE = ("b", "B", "a", "A")
_QUOTE_MEMBERS = frozenset(_QUOTE) | {"u", "E", "s"}
_TRADE_MEMBERS = frozenset({"E", "s", "t", "p", "q", "m"})
_BOOK_MEMBERS = frozenset({"e", "E", "s", "U", "u", "b", "a", "lastUpdateId", "bids", "asks"})
_MARKS = ("E", "lastUpdateId", "status", "stream")


def is_stream(message: Json) -> bool:
    """Return whether a message is one of the streams: the other forms of this venue all name a type or a result."""
    return (
        isinstance(message, dict) and not {"type", "result"} & message.keys() and any(one in message for one in _MARKS)
    )


def parse_stream(message: dict[str, Any], origin: Origin) -> list[Record | Rejection]:
    """Return the records of one message."""
    if "stream" in message and isinstance(message.get("data"), dict):
        message = message["data"]
    if message.get("e") == "depthUpdate":
        return [_changes(message, origin)]
    if "lastUpdateId" in message:
        return [_book(message, origin)]
    if {"s", "t", "p", "q", "m"} <= message.keys():
        return [_trade(message, origin)]
    if {"s", *_QUOTE} <= message.keys():
        return [_quote(message, origin)]
    if "status" in message and "E" not in message:  # an answer to a request of the connection
        return [Status(**origin.whole(), kind="result", text=origin.raw)]
    raise Rejection("unsupported", f"unknown message of a stream, with {describe_value(sorted(message)[:6])}")


def _head(message: dict[str, Any], origin: Origin, native: str, **more: Any) -> Head:  # noqa: ANN401 - of Origin.head
    time = message.get("E")
    ts = None if time is None else scaled_ns(time, "E", scale=1)
    return origin.head(gemini_symbol(native), native, ts_event_ns=ts, **more)


def _trade(message: dict[str, Any], origin: Origin) -> Record:
    native, maker = text(message, "s"), message["m"]
    if not isinstance(maker, bool):
        raise Rejection("bad-side", f"m must be true or false, got {describe_value(maker)}")
    return Trade(
        **_head(message, origin, native, channel="stream/trade", extra=rest(message, _TRADE_MEMBERS)),
        price=decimal(message["p"], "p", signed=True),
        size=decimal(message["q"], "q"),
        # Whether the buyer was the maker.
        side="sell" if maker else "buy",
        trade_id=str(integer(message["t"], "t")),
    )


def _quote(message: dict[str, Any], origin: Origin) -> Record:
    number = integer(message["u"], "u") if "u" in message else None
    extra = rest(message, _QUOTE_MEMBERS)
    head = _head(message, origin, text(message, "s"), sequence=number, channel="stream/bookTicker", extra=extra)
    return Quote(**head, **best_prices(message, _QUOTE))


def _changes(message: dict[str, Any], origin: Origin) -> Record:
    native = text(message, "s")
    with mark_broken_book(gemini_symbol(native), f"stream/{_DEPTH}"):
        number = integer(member(message, "u"), "u")
        extra = rest(message, _BOOK_MEMBERS)
        head = _head(message, origin, native, sequence=number, channel=f"stream/{_DEPTH}", extra=extra)
        return Book(**head, action="delta", bids=_levels(message, "b"), asks=_levels(message, "a"))


def _book(message: dict[str, Any], origin: Origin) -> Record:
    """Return a book that is sent whole: the first of a depth stream, or each of a stream of a few levels."""
    asked = _SUBSCRIBED.findall(origin.request)
    named = message.get("s")
    if named is None and len(asked) != 1:
        raise Rejection(
            "missing-field", "the message names no symbol: publish it with the request, such as btcusd@depth10@100ms"
        )
    native = text(message, "s") if named is not None else asked[0][0]
    channel = f"stream/{asked[0][1] if len(asked) == 1 else _DEPTH}"
    with mark_broken_book(gemini_symbol(native), channel):
        number = integer(message["lastUpdateId"], "lastUpdateId")
        head = _head(message, origin, native, sequence=number, channel=channel, extra=rest(message, _BOOK_MEMBERS))
        return Book(**head, action="snapshot", bids=_levels(message, "bids"), asks=_levels(message, "asks"))


def _levels(message: dict[str, Any], name: str) -> tuple[Level, ...]:
    return levels(member(message, name), name)
