"""What the public streams of Bybit's markets have in common: objects with a topic."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import (
    attributes,
    bar_prices,
    best_prices,
    decimal,
    each,
    integer,
    levels,
    member,
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
    OpenInterest,
    Origin,
    Quote,
    Record,
    Statistic,
    Status,
    Trade,
)
from tapeproof.market.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["Market", "parse_message"]

_MILLISECOND = 1_000_000
_MINUTES_OF_AN_HOUR = 60
_RETAIL, _RETAIL_VALUES = "orderbook.rpi.", 3
_DIGITS = 64  # more than two sizes have
_CLOSING = {"buy": "sell", "sell": "buy"}
_TRADE_MEMBERS = frozenset({"T", "s", "S", "v", "p", "i", "BT", "seq", "L"})
_BAR_MEMBERS = frozenset({"start", "interval", "open", "high", "low", "close", "volume", "confirm", "timestamp"})
_QUOTE_MEMBERS = ("bid1Price", "bid1Size", "ask1Price", "ask1Size")
_OPTION_QUOTE_MEMBERS = ("bidPrice", "bidSize", "askPrice", "askSize")
_TICKER_ATTRIBUTES = {
    "lastPrice": "last_price",
    "highPrice24h": "high_24h",
    "lowPrice24h": "low_24h",
    "prevPrice24h": "open_24h",
    "volume24h": "volume_24h",
    "turnover24h": "turnover_24h",
    "tickDirection": "tick_direction",
}
_STATISTICS = {"markPrice": "mark_price", "indexPrice": "index_price", "markPriceIv": "mark_volatility"}
_TICKER_MEMBERS = (
    frozenset(_QUOTE_MEMBERS)
    | frozenset(_OPTION_QUOTE_MEMBERS)
    | frozenset(_TICKER_ATTRIBUTES)
    | frozenset(_STATISTICS)
    | {"symbol", "fundingRate", "nextFundingTime", "openInterest"}
)
Found = list[Record | Rejection]


class Market(NamedTuple):
    """What tells one market from another: how its symbols are read."""

    symbol: Callable[[str], str]


class _Message(NamedTuple):
    """What all entries of a message share."""

    topic: str
    message: dict[str, Any]
    origin: Origin
    market: Market

    @property
    def is_delta(self) -> bool:
        """Return whether only changes are sent."""
        return self.message.get("type") == "delta"

    def head(self, native: str, time: Json, **more: Any) -> Head:  # noqa: ANN401 - arguments of Origin.head
        """Return the head of a record of a symbol."""
        ts = None if time is None else scaled_ns(time, "time", scale=_MILLISECOND)
        return self.origin.head(
            self.market.symbol(native), native, ts_event_ns=ts, channel=self._channel(native), **more
        )

    def _channel(self, native: str) -> str:
        return self.topic.removesuffix(f".{native}")


def parse_message(message: Json, origin: Origin, market: Market) -> Found:
    """Return the records of one message of a market."""
    if isinstance(message, dict) and "topic" not in message and "op" in message:
        return [Status(**origin.whole(), kind=text(message, "op"), text=origin.raw)]
    if isinstance(message, dict) and "topic" not in message and "success" in message:
        return [Status(**origin.whole(), kind="result", text=origin.raw)]
    topic = text(message, "topic", limit=128)
    reader = _READERS.get(topic.partition(".")[0])
    if reader is None:
        raise Rejection("unsupported", f"unknown topic {describe_value(topic)}")
    return reader(member(message, "data"), _Message(topic, message, origin, market))


def _book(data: Json, about: _Message) -> Found:
    native = text(data, "s")
    with mark_broken_book(about.market.symbol(native), about.topic.removesuffix(f".{native}")):
        number = integer(member(data, "u"), "u")
        numbering = Numbering(about.topic, number, role="count" if about.is_delta else "snapshot")
        time = about.message.get("cts", about.message.get("ts"))
        extra = rest(data, frozenset({"s", "b", "a", "u", "seq"}))
        bids, asks = member(data, "b"), member(data, "a")
        if about.topic.startswith(_RETAIL):
            # Its rows have a size for everybody and one for retail orders only: a level is there while either is.
            extra = (extra or {}) | {"rpi": {"b": _retail(bids, "b"), "a": _retail(asks, "a")}}
            bids, asks = _both(bids, "b"), _both(asks, "a")
        book = Book(
            **about.head(native, time, sequence=number, numbering=numbering, extra=extra),
            action="delta" if about.is_delta else "snapshot",
            bids=levels(bids, "b"),
            asks=levels(asks, "a"),
            attributes=attributes(data, {"seq": "cross_sequence"}),
        )
    return [book]


def _retail(rows: Json, name: str) -> list[list[str]]:
    return [list(level) for level in levels([[row[0], row[2]] for row in _three(rows, name)], name)]


def _both(rows: Json, name: str) -> list[list[str]]:
    given = _three(rows, name)
    sizes = (levels([[row[0], row[place]] for row in given], name) for place in (1, 2))
    with localcontext(prec=_DIGITS):
        return [
            [price, f"{Decimal(size) + Decimal(retail):f}"] for (price, size), (_, retail) in zip(*sizes, strict=True)
        ]


def _three(rows: Json, name: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) >= _RETAIL_VALUES for row in rows):
        raise Rejection("bad-levels", f"{name} must hold rows of price, size and retail size")
    return rows


def _trades(data: Json, about: _Message) -> Found:
    def read(entry: Json) -> Record:
        return Trade(
            **about.head(text(entry, "s"), member(entry, "T"), extra=rest(entry, _TRADE_MEMBERS)),
            price=decimal(member(entry, "p"), "p", signed=True),
            size=decimal(member(entry, "v"), "v"),
            side=side(member(entry, "S"), "S"),
            trade_id=text(entry, "i"),
            conditions=("block",) if entry.get("BT") is True else (),
            attributes=attributes(entry, {"seq": "cross_sequence", "L": "tick_direction"}),
        )

    return list(each(data, "data", read))


def _ticker(data: Json, about: _Message) -> Found:
    native = text(data, "symbol")
    head = about.head(native, about.message.get("ts"), extra=rest(data, _TICKER_MEMBERS))
    bare = Head(**head)
    bare["extra"] = None
    found: Found = []
    quote = best_prices(data, _OPTION_QUOTE_MEMBERS if "bidPrice" in data else _QUOTE_MEMBERS)
    more = attributes(data, _TICKER_ATTRIBUTES)
    if any(quote.values()):
        found.append(Quote(**head, **quote, is_delta=True if about.is_delta else None, attributes=more))
    if data.get("fundingRate"):
        following = data.get("nextFundingTime")
        found.append(
            Funding(
                **bare,
                rate=decimal(data["fundingRate"], "fundingRate", signed=True),
                next_funding_ns=scaled_ns(following, "nextFundingTime", scale=_MILLISECOND) if following else None,
            )
        )
    if data.get("openInterest"):
        found.append(OpenInterest(**bare, amount=decimal(data["openInterest"], "openInterest")))
    for theirs, kind in _STATISTICS.items():
        if data.get(theirs):
            found.append(Statistic(**bare, kind=kind, value=decimal(data[theirs], theirs, signed=True)))
    if not any(quote.values()) and (more or head["extra"] or not found):
        # Spot tickers have no bid and ask, and a delta may name neither.
        last = decimal(data["lastPrice"], "lastPrice", signed=True) if data.get("lastPrice") else None
        found.append(
            Status(**head, kind="ticker", attributes=more)
            if last is None
            else Statistic(**head, kind="last_price", value=last, attributes=more)
        )
    return found


def _bars(data: Json, about: _Message) -> Found:
    def read(entry: Json) -> Record:
        prices = bar_prices(entry)
        native = about.topic.rpartition(".")[2]
        time = entry.get("timestamp", about.message.get("ts"))
        return Bar(
            **about.head(native, time, extra=rest(entry, _BAR_MEMBERS)),
            interval=_interval(text(entry, "interval")),
            start_ns=scaled_ns(member(entry, "start"), "start", scale=_MILLISECOND),
            **prices,
            volume=decimal(member(entry, "volume"), "volume"),
            is_closed=member(entry, "confirm") is True,
        )

    return list(each(data, "data", read))


def _interval(given: str) -> str:
    """Return an interval in the usual form; the venue gives minutes, or D, W or M."""
    if not (given.isascii() and given.isdecimal()):
        return f"1{given if given == 'M' else given.lower()}"
    minutes = int(given)
    return f"{minutes}m" if minutes % _MINUTES_OF_AN_HOUR or not minutes else f"{minutes // _MINUTES_OF_AN_HOUR}h"


def _liquidations(data: Json, about: _Message) -> Found:
    def read(entry: Json) -> Record:
        if "symbol" in entry:  # the older topic
            native, time = text(entry, "symbol"), entry.get("updatedTime")
            names = ("side", "size", "price")
        else:
            native, time = text(entry, "s"), member(entry, "T")
            names = ("S", "v", "p")
        position, size, price = (member(entry, name) for name in names)
        extra = rest(entry, frozenset({"symbol", "updatedTime", "s", "T", *names}))
        return Liquidation(
            **about.head(native, time, extra=extra),
            # The venue names the side of the position, which an order of the other side closes.
            side=_CLOSING[side(position)],
            size=decimal(size, "size"),
            price=decimal(price, "price", signed=True),
        )

    return list(each(data if isinstance(data, list) else [data], "data", read))


def _limits(data: Json, about: _Message) -> Found:
    head = about.head(text(data, "symbol"), about.message.get("ts"))
    return [
        Statistic(**head, kind=kind, value=decimal(member(data, name), name, signed=True))
        for name, kind in (("buyLmt", "upper_price_limit"), ("sellLmt", "lower_price_limit"))
    ]


_READERS: dict[str, Callable[[Json, _Message], Found]] = {
    "allLiquidation": _liquidations,
    "kline": _bars,
    "liquidation": _liquidations,
    "orderbook": _book,
    "priceLimit": _limits,
    "publicTrade": _trades,
    "tickers": _ticker,
}
