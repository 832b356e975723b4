"""What the streams of Binance's markets have in common: objects whose ``e`` names the event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import (
    all_of,
    attributes,
    bar_prices,
    decimal,
    integer,
    levels,
    member,
    optional_decimal,
    rest,
    scaled_ns,
    side,
    text,
)
from tapeproof.market.model import (
    Bar,
    Book,
    Funding,
    Head,
    Liquidation,
    Origin,
    Quote,
    Record,
    Statistic,
    Status,
    Trade,
)
from tapeproof.market.numbering import Numbering
from tapeproof.market.symbols import EVERYTHING
from tapeproof.market.wire import compact

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["Market", "parse_message"]

_MILLISECONDS, _MICROSECONDS = 1_000_000, 1_000
_MICROSECOND_DIGITS = 16
_DEPTH = "depth"
_PARTIAL = re.compile(r"depth(5|10|20)")
_ASKED = re.compile(r"(?:[?&]symbol=|\"symbol\"\s*:\s*\")([^&\s\"]{1,40})")
_SUBSCRIBED = re.compile(r"([^\s/\"&=?@]{1,40})@([a-zA-Z0-9_@]{1,40})")
_WINDOW = re.compile(r"(1h|4h|1d)Ticker")
_ORDINARY = frozenset({"MARKET", ""})
_COMMON = frozenset({"e", "E", "s", "T"})
_QUOTE_ATTRIBUTES = {
    "u": "update_id",
    "c": "last_price",
    "o": "open_24h",
    "h": "high_24h",
    "l": "low_24h",
    "v": "volume_24h",
}
_BAR_MEMBERS = frozenset("tTsiohlcvnx")
_WITHOUT_TRADES = frozenset({"indexPrice_kline", "markPrice_kline"})


class Market(NamedTuple):
    """What tells one market from another: how the symbols of its instruments and of its pairs are read."""

    symbol: Callable[[str], str]
    pair: Callable[[str], str]


class _Message(NamedTuple):
    """A message out of its wrapping."""

    data: dict[str, Any]
    stream: str
    origin: Origin
    market: Market

    def head(self, native: str, time: Json, symbol: str = "", **more: Any) -> Head:  # noqa: ANN401 - of Origin.head
        """Return the head of a record of a symbol."""
        ts = None if time is None else _time(time)
        return self.origin.head(symbol or self.market.symbol(native), native, ts_event_ns=ts, **more)


def parse_message(message: Json, origin: Origin, market: Market) -> list[Record | Rejection]:
    """Return the records of one message of a market; streams of all symbols send a list of messages."""
    stream = ""
    if isinstance(message, dict) and "stream" in message and "data" in message:
        stream, message = text(message, "stream", limit=128), message["data"]
    if isinstance(message, list):
        return list(all_of(message, "the message", lambda one: _records(_Message(one, stream, origin, market))))
    return list(_records(_Message(message, stream, origin, market)))


def _records(about: _Message) -> list[Record]:
    message, stream = about.data, about.stream
    if not isinstance(message, dict):
        raise Rejection("bad-shape", f"expected an object, got {describe_value(message)}")
    if _PARTIAL.match(stream.partition("@")[2]) or "lastUpdateId" in message:
        return [_whole_book(about)]
    if "e" not in message:
        return [_bare(about)]
    kind = text(message, "e")
    reader = _READERS.get(kind)
    if reader is None:
        raise Rejection("unsupported", f"unknown event type {describe_value(kind)}")
    return reader(about)


def _time(value: Json) -> int:
    # Streams may be asked for in microseconds, which have sixteen digits (docs: "timeUnit").
    micro = isinstance(value, str) and len(value) >= _MICROSECOND_DIGITS
    return scaled_ns(value, "time", scale=_MICROSECONDS if micro else _MILLISECONDS)


def _bare(about: _Message) -> Record:
    """Return the record of a message that names no event: an answer, an error, or a best bid and ask."""
    data, origin = about.data, about.origin
    if {"s", "b", "a"} <= data.keys():
        return _quote(about)[0]
    if isinstance(data.get("result"), dict) and "lastUpdateId" in data["result"]:  # asked for through the socket
        return _whole_book(about._replace(data=data["result"]))
    kind = "error" if "error" in data or "code" in data else "result" if "result" in data else ""
    if not kind:
        raise Rejection("unsupported", f"a message without an event type, with {describe_value(sorted(data)[:4])}")
    return Status(**origin.whole(), kind=kind, text=origin.raw)


def _trade(about: _Message) -> list[Record]:
    data = about.data
    native, number = text(data, "s"), integer(member(data, "t"), "t")
    kind = text(data, "X") if data.get("X") else ""
    head = about.head(
        native,
        member(data, "T"),
        sequence=number,
        channel="trade",
        numbering=Numbering(f"trade/{native}", number),
        extra=rest(data, _COMMON | {"t", "p", "q", "m", "X", "M"}),
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


def _aggregate(about: _Message) -> list[Record]:
    data = about.data
    native, number = text(data, "s"), integer(member(data, "a"), "a")
    head = about.head(
        native,
        member(data, "T"),
        sequence=number,
        channel="aggTrade",
        identity=(("aggregate_id", str(number)),),
        numbering=Numbering(f"aggTrade/{native}", number),
        extra=rest(data, _COMMON | {"a", "p", "q", "f", "l", "m", "M"}),
    )
    covered = attributes(data, {"f": "first_trade_id", "l": "last_trade_id"})
    return [Trade(**head, **_deal(data), attributes=covered)]


def _changes(about: _Message) -> list[Record]:
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
            extra=rest(data, _COMMON | {"U", "u", "pu", "b", "a"}),
        )
        bids, asks = levels(member(data, "b"), "b"), levels(member(data, "a"), "a")
    return [Book(**head, action="delta", bids=bids, asks=asks)]


def _whole_book(about: _Message) -> Record:
    """Return a book that is sent or was asked for as a whole."""
    data = about.data
    # A connection of one stream wraps nothing: what was subscribed tells the stream.
    subscribed = _SUBSCRIBED.findall(about.origin.request)
    if not about.stream and "s" not in data and len(subscribed) == 1:
        about = about._replace(stream="@".join(subscribed[0]))
    partial = _PARTIAL.match(about.stream.partition("@")[2])
    native = _native(about)
    channel = partial[0] if partial else _DEPTH
    with mark_broken_book(about.market.symbol(native), channel):
        number = integer(member(data, "lastUpdateId" if "lastUpdateId" in data else "u"), "lastUpdateId")
        numbering = None if partial else Numbering(f"{_DEPTH}/{native}", number, role="rest")
        head = about.head(native, data.get("T", data.get("E")), sequence=number, channel=channel, numbering=numbering)
        bids, asks = (levels(member(data, name if name in data else name[0]), name) for name in ("bids", "asks"))
    last = (("last_update_id", str(number)),)
    return Book(**head, action="snapshot", bids=bids, asks=asks, attributes=last)


def _native(about: _Message) -> str:
    asked = _ASKED.search(about.origin.request)
    if "s" in about.data:
        return text(about.data, "s")
    if about.stream:
        return about.stream.partition("@")[0].upper()
    if asked:
        return asked[1].upper()
    raise Rejection("missing-field", "the book names no symbol: publish it with the request that asked for it")


def _bar(about: _Message) -> list[Record]:
    native, symbol = _of_bar(about)
    bar = member(about.data, "k")
    prices = bar_prices(bar, initials=True)
    traded = about.data["e"] not in _WITHOUT_TRADES
    head = about.head(
        native,
        about.data.get("E"),
        symbol,
        channel=f"{about.data['e']}_{text(bar, 'i')}",
        extra=rest(bar, _BAR_MEMBERS),
    )
    record = Bar(
        **head,
        interval=text(bar, "i"),
        start_ns=_time(member(bar, "t")),
        **prices,
        volume=decimal(member(bar, "v"), "v") if traded else None,
        trades=integer(member(bar, "n"), "n") if traded else None,
        is_closed=member(bar, "x") is True,
    )
    return [record]


def _of_bar(about: _Message) -> tuple[str, str]:
    """Return whose bar it is: the venue's name and ours; of an index it is a pair, else an instrument."""
    data = about.data
    if "ps" not in data:
        return text(data, "s"), ""
    bar, native = member(data, "k"), text(data, "ps")
    if data["e"] == "indexPrice_kline":
        return native, about.market.pair(native)
    if data["e"] == "continuous_kline":
        kind = text(data, "ct")
        return native, f"{about.market.pair(native)}-{'PERP' if kind == 'PERPETUAL' else kind}"
    return text(bar, "s"), ""


def _quote(about: _Message) -> list[Record]:
    data = about.data
    known = _COMMON | _QUOTE_ATTRIBUTES.keys() | {"b", "B", "a", "A"}
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


def _today(about: _Message) -> list[Record]:
    if "b" in about.data:
        return _quote(about)
    data = about.data
    rolling = _WINDOW.fullmatch(text(data, "e"))
    window = rolling[1] if rolling else "24h"
    head = about.head(text(data, "s"), data.get("E"), channel=text(data, "e"), extra=rest(data, _COMMON | {"c", "v"}))
    found: list[Record] = [
        Statistic(**head, kind="last_price", value=decimal(member(data, "c"), "c", signed=True)),
        Statistic(**head | {"extra": None}, kind=f"volume_{window}", value=decimal(member(data, "v"), "v")),
    ]
    return found


def _mark(about: _Message) -> list[Record]:
    data = about.data
    head = about.head(text(data, "s"), data.get("E"), channel="markPrice")
    extra = rest(data, _COMMON | {"p", "i", "r"})
    mark = decimal(member(data, "p"), "p", signed=True)
    found: list[Record] = [Statistic(**head | {"extra": extra}, kind="mark_price", value=mark)]
    if data.get("i"):
        found.append(Statistic(**head, kind="index_price", value=decimal(data["i"], "i", signed=True)))
    if data.get("r"):
        following = _time(data["T"]) if data.get("T", "0") != "0" else None
        found.append(Funding(**head, rate=decimal(data["r"], "r", signed=True), next_funding_ns=following))
    return found


def _parse_liquidation(about: _Message) -> list[Record]:
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


def _number(name: str, kind: str) -> Callable[[_Message], list[Record]]:
    """Return a reader of a number that the venue publishes of an instrument."""

    def read(about: _Message) -> list[Record]:
        data = about.data
        head = about.head(text(data, "s"), data.get("E"), channel=text(data, "e"), extra=rest(data, _COMMON | {name}))
        return [Statistic(**head, kind=kind, value=decimal(member(data, name), name, signed=True))]

    return read


def _index(about: _Message) -> list[Record]:
    data = about.data
    native = text(data, "i" if "s" not in data else "s")
    name = "p" if "s" not in data else "i"
    symbol, extra = about.market.pair(native), rest(data, _COMMON | {"i", "p"})
    head = about.head(native, data.get("E"), symbol, channel=text(data, "e"), extra=extra)
    return [Statistic(**head, kind="index_price", value=decimal(member(data, name), name, signed=True))]


def _contract(about: _Message) -> list[Record]:
    data = about.data
    head = about.head(text(data, "s"), data.get("E"), channel="contractInfo")
    return [Status(**head, kind="contract", state=text(data, "cs"), text=compact(data))]


def _parse_ending(about: _Message) -> list[Record]:
    time = about.data.get("E")
    head = about.origin.head(EVERYTHING, EVERYTHING, ts_event_ns=None if time is None else _time(time))
    return [Status(**head, kind=text(about.data, "e"), text=about.origin.raw)]


_READERS: dict[str, Callable[[_Message], list[Record]]] = {
    "1dTicker": _today,
    "1hTicker": _today,
    "4hTicker": _today,
    "assetIndexUpdate": _index,
    "avgPrice": _number("w", "average_price"),
    "compositeIndex": _number("p", "composite_index"),
    "contractInfo": _contract,
    "continuous_kline": _bar,
    "eventStreamTerminated": _parse_ending,
    "indexPriceUpdate": _index,
    "indexPrice_kline": _bar,
    "markPrice_kline": _bar,
    "serverShutdown": _parse_ending,
    "24hrMiniTicker": _today,
    "24hrTicker": _today,
    "aggTrade": _aggregate,
    "bookTicker": _quote,
    "depthUpdate": _changes,
    "forceOrder": _parse_liquidation,
    "kline": _bar,
    "markPriceUpdate": _mark,
    "trade": _trade,
}
