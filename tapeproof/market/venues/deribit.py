"""Deribit (docs.deribit.com, "Subscriptions"): JSON-RPC notifications whose channel names instrument and interval."""

from __future__ import annotations

from dataclasses import replace
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
    RecordType,
    Statistic,
    Status,
    Trade,
)
from tapeproof.market.numbering import Numbering
from tapeproof.market.symbols import capitals, valid_symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["CONTIGUOUS", "HINTS", "parse"]

CONTIGUOUS: frozenset[RecordType] = frozenset({"trade"})  # trade_seq rises by one per instrument
HINTS: tuple[tuple[str, RecordType], ...] = (('"book.', "book"), ('"trades.', "trade"), ('"ticker.', "quote"))

_MILLISECOND = 1_000_000
_PERPETUAL = "-PERPETUAL"
_CHANGES = frozenset({"new", "change", "delete"})
_LEVEL_VALUES = 3
_TAKER = {"M": "maker", "T": "taker", "MT": "both"}
_OTHER = {"buy": "sell", "sell": "buy"}
_TRADE_ATTRIBUTES = {"index_price": "index_price", "mark_price": "mark_price", "tick_direction": "tick_direction"} | {
    "iv": "implied_volatility",
    "block_trade_id": "block_trade_id",
    "contracts": "contracts",
}
_TRADE_MEMBERS = frozenset(_TRADE_ATTRIBUTES) | {
    "timestamp",
    "price",
    "amount",
    "direction",
    "instrument_name",
    "trade_seq",
    "trade_id",
    "liquidation",
}
_BOOK_MEMBERS = frozenset({"type", "timestamp", "instrument_name", "change_id", "prev_change_id", "bids", "asks"})
_QUOTE_MEMBERS = ("best_bid_price", "best_bid_amount", "best_ask_price", "best_ask_amount")
_STATISTICS = ("mark_price", "index_price", "settlement_price", "last_price")
_TICKER_MEMBERS = (
    frozenset(_QUOTE_MEMBERS)
    | frozenset(_STATISTICS)
    | {"type", "timestamp", "instrument_name", "open_interest", "current_funding"}
)
Found = list[Record | Rejection]


class _Notification(NamedTuple):
    """What all entries of a notification share."""

    channel: str
    origin: Origin

    def head(self, entry: Json, **more: Any) -> Head:  # noqa: ANN401 - arguments of Origin.head
        """Return the head of a record of an instrument."""
        native = text(entry, "instrument_name")
        ts = scaled_ns(member(entry, "timestamp"), "timestamp", scale=_MILLISECOND)
        return self.origin.head(_symbol(native), native, ts_event_ns=ts, channel=self.stream(native), **more)

    def stream(self, native: str) -> str:
        """Return the channel without the instrument, which the record has."""
        return self.channel.replace(f".{native}", "", 1)


def parse(message: Json, origin: Origin) -> Found:
    """Return the records of one message."""
    if not isinstance(message, dict):
        raise Rejection("bad-shape", f"expected an object, got {describe_value(message)}")
    if message.get("method") == "heartbeat":
        return [Status(**origin.whole(), kind="heartbeat", text=origin.raw)]
    if "method" not in message:
        kind = next((name for name in ("error", "result") if name in message), "")
        if not kind:
            raise Rejection("bad-shape", "expected a notification, an answer or an error")
        return [Status(**origin.whole(), kind=kind, text=origin.raw)]
    parameters = member(message, "params")
    channel, data = text(parameters, "channel", limit=128), member(parameters, "data")
    reader = next((one for mark, one in _READERS if channel.startswith(mark)), None)
    if reader is None:
        raise Rejection("unsupported", f"unknown channel {describe_value(channel)}")
    return reader(data, _Notification(channel, origin))


def _symbol(native: str) -> str:
    """Return ``BASE-QUOTE-PERP`` of a perpetual and ``BASE-QUOTE`` of a spot pair; others keep their name."""
    upper = capitals(native)
    if upper.endswith(_PERPETUAL):
        base, _, quote = upper.removesuffix(_PERPETUAL).partition("_")
        return valid_symbol(f"{base}-{quote or 'USD'}-PERP", native=native)
    return valid_symbol(upper.replace("_", "-") if "-" not in upper else upper, native=native)


def _book(data: Json, about: _Notification) -> Found:
    native = text(data, "instrument_name")
    with mark_broken_book(_symbol(native), about.stream(native)):
        number = integer(member(data, "change_id"), "change_id")
        # Channels with a group or a depth send the whole book each time, and say no type.
        snapshot = data.get("type") != "change"
        numbering = None
        if "type" in data:
            previous = None if snapshot else integer(member(data, "prev_change_id"), "prev_change_id")
            role = "snapshot" if snapshot else "chain"
            numbering = Numbering(about.channel, number, None, previous, role)  # type: ignore[arg-type]
        book = Book(
            **about.head(data, sequence=number, numbering=numbering, extra=rest(data, _BOOK_MEMBERS)),
            action="snapshot" if snapshot else "delta",
            bids=_levels(member(data, "bids"), "bids"),
            asks=_levels(member(data, "asks"), "asks"),
        )
    return [book]


def _levels(rows: Json, name: str) -> tuple[tuple[str, str], ...]:
    if isinstance(rows, list):
        rows = [_level(row, name) for row in rows]
    return levels(rows, name)


def _level(row: Json, name: str) -> Json:
    """Return price and amount of a row, which may say first what happened to the level."""
    if not isinstance(row, list) or not row or not isinstance(row[0], str) or row[0] not in _CHANGES:
        return row
    if len(row) < _LEVEL_VALUES:
        raise Rejection("bad-levels", f"{name} must hold rows of 3 values, got {describe_value(row)}")
    return [row[1], "0" if row[0] == "delete" else row[2]]


def _trades(data: Json, about: _Notification) -> Found:
    found: Found = []
    for one in each(data, "data", lambda entry: _trade(entry, about)):
        found += [one] if isinstance(one, Rejection) else one
    return found


def _trade(entry: Json, about: _Notification) -> list[Record]:
    direction = side(member(entry, "direction"), "direction")
    forced = entry.get("liquidation")
    whose = _TAKER.get(forced, "") if isinstance(forced, str) else ""
    conditions = [f"liquidation:{whose}"] if whose else []
    if entry.get("block_trade_id"):
        conditions.append("block")
    number = integer(member(entry, "trade_seq"), "trade_seq")
    trade = Trade(
        **about.head(entry, sequence=number, extra=rest(entry, _TRADE_MEMBERS)),
        price=decimal(member(entry, "price"), "price", signed=True),
        size=decimal(member(entry, "amount"), "amount"),
        side=direction,
        trade_id=text(entry, "trade_id"),
        conditions=tuple(conditions),
        attributes=attributes(entry, _TRADE_ATTRIBUTES),
    )
    return [trade, _liquidation(trade, whose, about.head(entry))] if whose else [trade]


def _liquidation(trade: Trade, whose: str, head: Head) -> Record:
    own = _OTHER[trade.side] if whose == "maker" else trade.side
    return Liquidation(**head, side=own, size=trade.size, price=trade.price, trade_id=trade.trade_id)


def _ticker(data: Json, about: _Notification) -> Found:
    bare = about.head(data)
    found: list[Record] = []
    delta = data.get("type") == "change"
    if not delta or any(name in data for name in _QUOTE_MEMBERS):
        found.append(
            Quote(
                **bare, **best_prices(_name_gone_sides(data) if delta else data, _QUOTE_MEMBERS), is_delta=delta or None
            )
        )
    found += [
        Statistic(**bare, kind=name, value=decimal(data[name], name, signed=True))
        for name in _STATISTICS
        if data.get(name)
    ]
    if data.get("open_interest"):
        found.append(OpenInterest(**bare, amount=decimal(data["open_interest"], "open_interest")))
    if data.get("current_funding"):
        found.append(Funding(**bare, rate=decimal(data["current_funding"], "current_funding", signed=True)))
    extra = rest(data, _TICKER_MEMBERS)
    if not found:
        return [Status(**bare | {"extra": extra}, kind="ticker")]
    return [replace(found[0], extra=extra), *found[1:]]


def _name_gone_sides(data: dict[str, Any]) -> dict[str, Any]:
    """Return changes in which a side that went is 0, because what is absent is as before."""
    return {name: "0" if value is None and name in _QUOTE_MEMBERS else value for name, value in data.items()}


def _state(data: Json, about: _Notification) -> Found:
    return [Status(**about.head(data), kind="instrument", state=text(data, "state"), text=about.origin.raw)]


def _bar(data: Json, about: _Notification) -> Found:
    _, _, native, resolution = (*about.channel.split(".", 3), "", "", "", "")[:4]
    prices = bar_prices(data)
    head = about.origin.head(_symbol(native), native, ts_event_ns=None, channel="chart.trades")
    record = Bar(
        **head,
        interval="1d" if resolution == "1D" else f"{resolution}m",
        start_ns=scaled_ns(member(data, "tick"), "tick", scale=_MILLISECOND),
        **prices,
        volume=decimal(member(data, "volume"), "volume"),
    )
    return [record]


def _index(name: str, kind: str) -> Callable[[Json, _Notification], Found]:
    """Return a reader of a number of an index, which its channel names."""

    def read(data: Json, about: _Notification) -> Found:
        native = about.channel.partition(".")[2]
        symbol = valid_symbol(capitals(native).replace("_", "-"), native=native)
        value = decimal(member(data, name), name, signed=True)
        time = data.get("timestamp")
        head = about.origin.head(
            symbol,
            native,
            ts_event_ns=None if time is None else scaled_ns(time, "timestamp", scale=_MILLISECOND),
            channel=about.channel.partition(".")[0],
            extra=rest(data, frozenset({"timestamp", "index_name", name})),
        )
        return [Statistic(**head, kind=kind, value=value)]

    return read


def _interest(data: Json, about: _Notification) -> Found:
    rate = decimal(member(data, "interest"), "interest", signed=True)
    native = (*about.channel.split("."), "")[1]
    head = about.head(data | {"instrument_name": native})
    found: Found = [Funding(**head, rate=rate)]
    if data.get("index_price"):
        found.append(
            Statistic(**head, kind="index_price", value=decimal(data["index_price"], "index_price", signed=True))
        )
    return found


def _marks(data: Json, about: _Notification) -> Found:
    def read(entry: Json) -> Record:
        value = decimal(member(entry, "mark_price"), "mark_price", signed=True)
        extra = rest(entry, frozenset({"timestamp", "instrument_name", "mark_price"}))
        return Statistic(**about.head(entry, extra=extra), kind="mark_price", value=value)

    return list(each(data, "data", read))


def _platform(data: Json, about: _Notification) -> Found:
    locked = data.get("locked") if isinstance(data, dict) else None
    state = "" if not isinstance(locked, bool) else "locked" if locked else "open"
    index = data.get("price_index") if isinstance(data, dict) else None
    reason = index if isinstance(index, str) and index.isprintable() else ""
    return [Status(**about.origin.whole(), kind=about.channel, state=state, reason=reason, text=about.origin.raw)]


_READERS: tuple[tuple[str, Callable[[Json, _Notification], Found]], ...] = (
    ("book.", _book),
    ("trades.", _trades),
    ("ticker.", _ticker),
    ("incremental_ticker.", _ticker),
    ("quote.", _ticker),
    ("instrument.state.", _state),
    ("chart.trades.", _bar),
    ("deribit_price_index.", _index("price", "index_price")),
    ("deribit_volatility_index.", _index("volatility", "volatility_index")),
    ("estimated_expiration_price.", _index("price", "estimated_settlement_price")),
    ("markprice.options.", _marks),
    ("perpetual.", _interest),
    ("platform_state", _platform),
)
