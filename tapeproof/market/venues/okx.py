"""OKX (okx.com/docs-v5, "WebSocket: public channels"): objects with the channel's arguments and a list of data."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import (
    attributes,
    decimal,
    each,
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
    Definition,
    Funding,
    Head,
    Liquidation,
    OpenInterest,
    Origin,
    Quote,
    Record,
    RecordType,
    Statistic,
    Status,
    Trade,
)
from tapeproof.market.numbering import Numbering
from tapeproof.market.symbols import EVERYTHING, capitals, valid_symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["BARE", "CONTIGUOUS", "HINTS", "parse"]

CONTIGUOUS: frozenset[RecordType] = frozenset()  # ids of trades jump; books are a chain
HINTS: tuple[tuple[str, RecordType], ...] = (("books", "book"), ("trades", "trade"), ("tickers", "quote"))
BARE = frozenset({"pong"})
"""Answers of the connection that are no JSON."""

_MILLISECOND = 1_000_000
_SWAP = "-SWAP"
_LEVEL_COUNT = 3  # price, size, a value that is always 0, number of orders
_NONE_BEFORE = "-1"
_CANDLE_VALUES = 6
_DIGITS = 64
_ASSETS = {"SPOT": "spot", "MARGIN": "spot", "SWAP": "perpetual", "FUTURES": "future", "OPTION": "option"}
_OPTIONS = {"C": "call", "P": "put"}
_TRADE_MEMBERS = frozenset({"instId", "tradeId", "px", "sz", "side", "ts"})
_BOOK_MEMBERS = frozenset({"asks", "bids", "ts", "prevSeqId", "seqId", "checksum", "instId"})
_QUOTE_ATTRIBUTES = {"last": "last_price", "lastSz": "last_size", "open24h": "open_24h", "high24h": "high_24h"} | {
    "low24h": "low_24h",
    "vol24h": "volume_24h",
    "volCcy24h": "quote_volume_24h",
    "instType": "instrument_type",
    "sodUtc0": "open_utc0",
    "sodUtc8": "open_utc8",
}
_QUOTE_MEMBERS = frozenset(_QUOTE_ATTRIBUTES) | {"instId", "askPx", "askSz", "bidPx", "bidSz", "ts"}
_DEFINITION_MEMBERS = frozenset({"instId", "instType", "uly", "stk", "optType", "expTime", "tickSz", "lotSz"})
Found = list[Record | Rejection]


class _Message(NamedTuple):
    """What all entries of a message share."""

    channel: str
    argument: dict[str, Any]
    action: Literal["snapshot", "delta"]
    origin: Origin

    def head(self, entry: Json, time: Json, **more: Any) -> Head:  # noqa: ANN401 - arguments of Origin.head
        """Return the head of a record of an instrument."""
        native = self.native(entry)
        ts = None if time is None else scaled_ns(time, "ts", scale=_MILLISECOND)
        return self.origin.head(_symbol(native), native, ts_event_ns=ts, channel=self.channel, **more)

    def native(self, entry: Json) -> str:
        """Return the instrument of an entry, which its channel may name instead."""
        named = isinstance(entry, dict) and "instId" in entry
        return text(entry if named else self.argument, "instId")


def parse(message: Json, origin: Origin) -> Found:
    """Return the records of one message."""
    if isinstance(message, str):
        if (kind := message.strip()) not in BARE:
            raise Rejection("bad-shape", f"expected an object or pong, got {describe_value(message)}")
        return [Status(**origin.whole(), kind=kind, text=origin.raw)]
    if isinstance(message, dict) and "event" in message:
        return [Status(**origin.whole(), kind=text(message, "event"), text=origin.raw)]
    argument = member(message, "arg")
    channel = text(argument, "channel")
    reader = _READERS.get(channel) or next((one for mark, one in _FAMILIES if channel.startswith(mark)), None)
    if reader is None:
        raise Rejection("unsupported", f"unknown channel {describe_value(channel)}")
    # Channels of a few levels send all of them each time and name no action.
    action: Literal["snapshot", "delta"] = "delta" if message.get("action") == "update" else "snapshot"
    about = _Message(channel, argument, action, origin)
    data = member(message, "data")
    if reader is _book:
        if not isinstance(data, list):
            raise Rejection("bad-shape", f"data must be a list, got {describe_value(data)}")
        return [_book(entry, about) for entry in data]
    return [
        one
        for found in each(data, "data", lambda entry: reader(entry, about))
        for one in (found if isinstance(found, list) else [found])
    ]


def _symbol(native: str) -> str:
    upper = capitals(native)
    return valid_symbol(f"{upper.removesuffix(_SWAP)}-PERP" if upper.endswith(_SWAP) else upper, native=native)


def _book(entry: Json, about: _Message) -> Record:
    with mark_broken_book(_symbol(about.native(entry)), about.channel):
        bids, asks = (member(entry, name) for name in ("bids", "asks"))
        number = integer(entry["seqId"], "seqId") if "seqId" in entry else None
        previous = entry.get("prevSeqId")
        return Book(
            **about.head(
                entry,
                member(entry, "ts"),
                sequence=number,
                numbering=_build_numbering(about, about.native(entry), number, previous),
                extra=rest(entry, _BOOK_MEMBERS),
            ),
            action=about.action,
            bids=levels(bids, "bids"),
            asks=levels(asks, "asks"),
            checksum=text(entry, "checksum") if entry.get("checksum") not in (None, "") else "",
            order_counts=(_orders_of(bids), _orders_of(asks)),
            attributes=attributes(entry, {"prevSeqId": "prev_sequence"}),
        )


def _build_numbering(about: _Message, native: str, number: int | None, previous: Json) -> Numbering | None:
    if number is None or about.channel == "bbo-tbt":
        return None
    stream = f"{about.channel}/{native}"
    if about.action == "snapshot" or previous in (None, _NONE_BEFORE):
        return Numbering(stream, number, role="snapshot")
    return Numbering(stream, number, previous=integer(previous, "prevSeqId"), role="chain")


def _orders_of(rows: Json) -> tuple[str, ...]:
    given = rows if isinstance(rows, list) else []
    counts = [row[_LEVEL_COUNT] for row in given if isinstance(row, list) and len(row) > _LEVEL_COUNT]
    return tuple(str(integer(one, "number of orders")) for one in counts)


def _trade(entry: Json, about: _Message) -> Record:
    block = about.channel == "public-block-trades"
    return Trade(
        **about.head(entry, member(entry, "ts"), extra=rest(entry, _TRADE_MEMBERS)),
        price=decimal(member(entry, "px"), "px", signed=True),
        size=decimal(member(entry, "sz"), "sz"),
        side=side(member(entry, "side")),
        trade_id=text(entry, "tradeId"),
        conditions=("block",) if block else (),
    )


def _quote(entry: Json, about: _Message) -> Record:
    return Quote(
        **about.head(entry, member(entry, "ts"), extra=rest(entry, _QUOTE_MEMBERS)),
        bid_price=optional_decimal(entry, "bidPx", signed=True),
        bid_size=optional_decimal(entry, "bidSz"),
        ask_price=optional_decimal(entry, "askPx", signed=True),
        ask_size=optional_decimal(entry, "askSz"),
        attributes=attributes(entry, _QUOTE_ATTRIBUTES),
    )


def _definition(entry: Json, about: _Message) -> list[Record]:
    kind = text(entry, "instType")
    if kind not in _ASSETS:
        raise Rejection("unsupported", f"unknown type of instrument {describe_value(kind)}")
    option = entry.get("optType")
    record = Definition(
        **about.head(entry, None, extra=rest(entry, _DEFINITION_MEMBERS)),
        asset_class=_ASSETS[kind],
        underlying=text(entry, "uly") if entry.get("uly") else "",
        expiry_ns=scaled_ns(entry["expTime"], "expTime", scale=_MILLISECOND) if entry.get("expTime") else None,
        strike=optional_decimal(entry, "stk"),
        option_kind=_OPTIONS.get(option, "") if isinstance(option, str) else "",
        multiplier=_multiply_contract(entry),
        price_increment=optional_decimal(entry, "tickSz"),
        size_increment=optional_decimal(entry, "lotSz"),
        currency=text(entry, "settleCcy") if entry.get("settleCcy") else "",
    )
    return [record]


def _multiply_contract(entry: dict[str, Any]) -> str | None:
    """Return what one contract stands for: its value times the multiplier, which spot has neither of."""
    value, factor = optional_decimal(entry, "ctVal"), optional_decimal(entry, "ctMult")
    if value is None or factor is None:
        return value or factor
    with localcontext(prec=_DIGITS):
        return f"{Decimal(value) * Decimal(factor):f}"


def _parse_funding(entry: Json, about: _Message) -> Record:
    rate = decimal(member(entry, "fundingRate"), "fundingRate", signed=True)
    # The rate is paid at fundingTime; nextFundingTime is of the rate after it.
    paid = entry.get("fundingTime")
    return Funding(
        **about.head(
            entry, entry.get("ts"), extra=rest(entry, frozenset({"instId", "fundingRate", "fundingTime", "ts"}))
        ),
        rate=rate,
        next_funding_ns=scaled_ns(paid, "fundingTime", scale=_MILLISECOND) if paid else None,
    )


def _interest(entry: Json, about: _Message) -> Record:
    extra = rest(entry, frozenset({"instId", "instType", "oi", "ts"}))
    return OpenInterest(
        **about.head(entry, member(entry, "ts"), extra=extra), amount=decimal(member(entry, "oi"), "oi")
    )


def _statistic(name: str, kind: str) -> Callable[[Json, _Message], Record]:
    def read(entry: Json, about: _Message) -> Record:
        extra = rest(entry, frozenset({"instId", "instType", name, "ts"}))
        value = decimal(member(entry, name), name, signed=True)
        return Statistic(**about.head(entry, member(entry, "ts"), extra=extra), kind=kind, value=value)

    return read


def _liquidation(entry: Json, about: _Message) -> list[Record]:
    details = member(entry, "details")
    if not isinstance(details, list):
        raise Rejection("bad-shape", f"details must be a list, got {describe_value(details)}")
    return [
        Liquidation(
            **about.head(entry, member(one, "ts"), extra=_rest_of_detail(entry, one)),
            side=side(member(one, "side")),
            size=decimal(member(one, "sz"), "sz"),
            price=optional_decimal(one, "bkPx", signed=True),
        )
        for one in details
    ]


def _rest_of_detail(entry: dict[str, Any], one: dict[str, Any]) -> dict[str, Any] | None:
    of_all = rest(entry, frozenset({"details", "instId"})) or {}
    return (of_all | (rest(one, frozenset({"side", "sz", "bkPx", "ts"})) or {})) or None


def _limits(entry: Json, about: _Message) -> list[Record]:
    """Return the highest and the lowest price that is taken; either may be empty."""
    head = about.head(entry, member(entry, "ts"), extra=rest(entry, frozenset({"instId", "buyLmt", "sellLmt", "ts"})))
    limits = (("upper_price_limit", "buyLmt"), ("lower_price_limit", "sellLmt"))
    values = [(kind, optional_decimal(entry, name, signed=True)) for kind, name in limits]
    found: list[Record] = []
    for kind, value in values:
        if value is not None:
            found.append(Statistic(**head, kind=kind, value=value))
            head["extra"] = None
    return found or [Status(**head, kind="price-limit")]


def _candle(row: Json, about: _Message) -> Record:
    if not isinstance(row, list) or len(row) < _CANDLE_VALUES:
        raise Rejection("bad-shape", f"expected time, open, high, low, close and volume, got {describe_value(row)}")
    open_, high, low, close = (decimal(value, "price", signed=True) for value in row[1:5])
    interval = about.channel.partition("candle")[2].removesuffix("utc")
    # Candles of mark and index prices have no volume.
    traded = about.channel.startswith("candle")
    return Bar(
        **about.head(None, None, extra=(row[6:-1] or None) if traded else None),
        # 1M is a month and 1m a minute.
        interval=interval if interval.endswith("M") else interval.lower() or "1m",
        start_ns=scaled_ns(row[0], "ts", scale=_MILLISECOND),
        open=open_,
        high=high,
        low=low,
        close=close,
        volume=decimal(row[5], "volume") if traded else None,
        is_closed=row[-1] == "1" if len(row) > _CANDLE_VALUES or not traded else None,
    )


def _system(entry: Json, about: _Message) -> Record:
    head = about.origin.head(EVERYTHING, EVERYTHING, ts_event_ns=None)
    return Status(**head, kind="system", state=text(entry, "state"), text=about.origin.raw)


_READERS: dict[str, Callable[[Json, _Message], Record | list[Record]]] = {
    "bbo-tbt": _book,
    "estimated-price": _statistic("settlePx", "estimated_settlement_price"),
    "funding-rate": _parse_funding,
    "index-tickers": _statistic("idxPx", "index_price"),
    "instruments": _definition,
    "liquidation-orders": _liquidation,
    "mark-price": _statistic("markPx", "mark_price"),
    "open-interest": _interest,
    "opt-summary": _statistic("markVol", "mark_volatility"),
    "price-limit": _limits,
    "public-block-trades": _trade,
    "status": _system,
    "tickers": _quote,
    "trades": _trade,
    "trades-all": _trade,
}
_FAMILIES: tuple[tuple[str, Callable[[Json, _Message], Record | list[Record]]], ...] = (
    ("books", _book),
    ("candle", _candle),
    ("mark-price-candle", _candle),
    ("index-candle", _candle),
)
