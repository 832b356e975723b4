"""What Binance's streams tell of trading: trades, books, quotes, liquidations."""

from __future__ import annotations

import re
from typing import Any, TypedDict

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import attributes, decimal, integer, levels, member, optional_decimal, rest, side, text
from tapeproof.market.model import Book, Liquidation, Quote, Record, Trade
from tapeproof.market.numbering import Numbering
from tapeproof.market.venues._binance_message import COMMON, Message

__all__ = [
    "PARTIAL",
    "read_aggregate",
    "read_book",
    "read_changes",
    "read_liquidation",
    "read_quote",
    "read_trade",
]

_DEPTH = "depth"
PARTIAL = re.compile(r"depth(5|10|20)")
"""Streams that send a book of a few levels as a whole each time."""
_ASKED = re.compile(r"(?:[?&]symbol=|\"symbol\"\s*:\s*\")([^&\s\"]{1,40})")
_SUBSCRIBED = re.compile(r"([^\s/\"&=?@]{1,40})@([a-zA-Z0-9_@]{1,40})")
_ORDINARY = frozenset({"MARKET", ""})
_QUOTE_ATTRIBUTES = {
    "u": "update_id",
    "c": "last_price",
    "o": "open_24h",
    "h": "high_24h",
    "l": "low_24h",
    "v": "volume_24h",
}


def read_trade(about: Message) -> list[Record]:
    """Return the record of a trade."""
    data = about.data
    native, number = text(data, "s"), integer(member(data, "t"), "t")
    kind = text(data, "X") if data.get("X") else ""
    head = about.head(
        native,
        member(data, "T"),
        sequence=number,
        channel="trade",
        numbering=Numbering(f"trade/{native}", number),
        extra=rest(data, COMMON | {"t", "p", "q", "m", "X", "M"}),
    )
    conditions = () if kind in _ORDINARY else (kind,)
    return [Trade(**head, **_deal(data), trade_id=str(number), conditions=conditions)]


class _Deal(TypedDict):
    """What all trades say."""

    price: str
    size: str
    side: str


def _deal(data: dict[str, Any]) -> _Deal:
    maker = member(data, "m")
    if not isinstance(maker, bool):
        raise Rejection("bad-side", f"m must be true or false, got {describe_value(maker)}")
    price, size = decimal(member(data, "p"), "p", signed=True), decimal(member(data, "q"), "q")
    # Whether the buyer was the maker.
    return _Deal(price=price, size=size, side="sell" if maker else "buy")


def read_aggregate(about: Message) -> list[Record]:
    """Return the record of an aggregate: trades at one price that the venue tells as one."""
    data = about.data
    native, number = text(data, "s"), integer(member(data, "a"), "a")
    head = about.head(
        native,
        member(data, "T"),
        sequence=number,
        channel="aggTrade",
        identity=(("aggregate_id", str(number)),),
        numbering=Numbering(f"aggTrade/{native}", number),
        extra=rest(data, COMMON | {"a", "p", "q", "f", "l", "m", "M"}),
    )
    covered = attributes(data, {"f": "first_trade_id", "l": "last_trade_id"})
    return [Trade(**head, **_deal(data), attributes=covered)]


def read_changes(about: Message) -> list[Record]:
    """Return the record of changes of a book."""
    data = about.data
    native = text(data, "s")
    with mark_broken_book(about.market.symbol(native), _DEPTH):
        first, last = integer(member(data, "U"), "U"), integer(member(data, "u"), "u")
        previous = integer(data["pu"], "pu") if "pu" in data else None
        numbering = Numbering(f"{_DEPTH}/{native}", last, first, previous, "count" if previous is None else "chain")
        head = about.head(
            native,
            data.get("T", data.get("E")),
            sequence=last,
            channel=_DEPTH,
            numbering=numbering,
            extra=rest(data, COMMON | {"U", "u", "pu", "b", "a"}),
        )
        bids, asks = levels(member(data, "b"), "b"), levels(member(data, "a"), "a")
    return [Book(**head, action="delta", bids=bids, asks=asks)]


def read_book(about: Message) -> Record:
    """Return a book that is sent or was asked for as a whole."""
    data = about.data
    # A connection of one stream wraps nothing: what was subscribed tells the stream.
    subscribed = _SUBSCRIBED.findall(about.origin.request)
    if not about.stream and "s" not in data and len(subscribed) == 1:
        about = about._replace(stream="@".join(subscribed[0]))
    partial = PARTIAL.match(about.stream.partition("@")[2])
    native = _find_symbol(about)
    channel = partial[0] if partial else _DEPTH
    with mark_broken_book(about.market.symbol(native), channel):
        number = integer(member(data, "lastUpdateId" if "lastUpdateId" in data else "u"), "lastUpdateId")
        numbering = None if partial else Numbering(f"{_DEPTH}/{native}", number, role="rest")
        head = about.head(native, data.get("T", data.get("E")), sequence=number, channel=channel, numbering=numbering)
        bids, asks = (levels(member(data, name if name in data else name[0]), name) for name in ("bids", "asks"))
    last = (("last_update_id", str(number)),)
    return Book(**head, action="snapshot", bids=bids, asks=asks, attributes=last)


def _find_symbol(about: Message) -> str:
    asked = _ASKED.search(about.origin.request)
    if "s" in about.data:
        return text(about.data, "s")
    if about.stream:
        return about.stream.partition("@")[0].upper()
    if asked:
        return asked[1].upper()
    raise Rejection("missing-field", "the book names no symbol: publish it with the request that asked for it")


def read_quote(about: Message) -> list[Record]:
    """Return the record of a best bid and ask."""
    data = about.data
    known = COMMON | _QUOTE_ATTRIBUTES.keys() | {"b", "B", "a", "A"}
    head = about.head(
        text(data, "s"), data.get("T", data.get("E")), channel=data.get("e", "bookTicker"), extra=rest(data, known)
    )
    quote = Quote(
        **head,
        bid_price=optional_decimal(data, "b", signed=True),
        bid_size=optional_decimal(data, "B"),
        ask_price=optional_decimal(data, "a", signed=True),
        ask_size=optional_decimal(data, "A"),
        attributes=attributes(data, _QUOTE_ATTRIBUTES),
    )
    return [quote]


def read_liquidation(about: Message) -> list[Record]:
    """Return the record of a liquidation."""
    order = member(about.data, "o")
    head = about.head(
        text(order, "s"),
        member(order, "T"),
        channel="forceOrder",
        extra=rest(order, frozenset({"s", "S", "q", "p", "ap", "X", "T"})),
    )
    record = Liquidation(
        **head,
        side=side(member(order, "S"), "S"),
        size=decimal(member(order, "q"), "q"),
        price=decimal(member(order, "p"), "p", signed=True),
        average_price=optional_decimal(order, "ap", signed=True),
        state=text(order, "X"),
    )
    return [record]
