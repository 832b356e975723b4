"""Coinbase Advanced Trade WebSocket (docs.cdp.coinbase.com, "Advanced Trade WebSocket Channels").

``sequence_num`` counts every message of a connection, over channels and products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import Rejection, describe_value, mark_broken_book
from tapeproof.market.fields import (
    attributes,
    bar_prices,
    changes,
    decimal,
    each,
    integer,
    iso_ns,
    member,
    optional_decimal,
    rest,
    seconds_ns,
    side,
    text,
)
from tapeproof.market.model import Bar, Book, Head, Origin, Quote, Record, Status, Trade
from tapeproof.market.numbering import Numbering
from tapeproof.market.symbols import join_pair
from tapeproof.market.wire import compact

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["parse_advanced"]

_AGGRESSOR = {"buy": "sell", "sell": "buy"}
_CONNECTION = frozenset({"subscriptions", "heartbeats", "futures_balance_summary", "user"})
_INTERVAL = "5m"  # candles of this channel are always of five minutes
_TICKER = {"price": "last_price", "volume_24_h": "volume_24h", "low_24_h": "low_24h", "high_24_h": "high_24h"}
_TICKER_MEMBERS = frozenset(_TICKER) | {
    "type",
    "product_id",
    "best_bid",
    "best_bid_quantity",
    "best_ask",
    "best_ask_quantity",
}
_TRADE_MEMBERS = frozenset({"product_id", "trade_id", "price", "size", "time", "side"})
_CANDLE_MEMBERS = frozenset({"start", "high", "low", "open", "close", "volume", "product_id"})
Found = list[Record | Rejection]


class _Message:
    """What all events of a message share."""

    def __init__(self, message: dict[str, Any], origin: Origin) -> None:
        self.origin = origin
        self.channel = text(message, "channel")
        self.ts_ns = iso_ns(message["timestamp"], "timestamp") if "timestamp" in message else None
        self.numbering = None
        if "sequence_num" in message:
            number = integer(message["sequence_num"], "sequence_num")
            self.numbering = Numbering(f"connection/{origin.connection}".rstrip("/"), number, shared=True)

    def head(self, native: str, ts_ns: int | None = None, **more: Any) -> Head:  # noqa: ANN401 - of Origin.head
        """Return the head of a record of a product."""
        return self.origin.head(
            join_pair(native, "-"),
            native,
            ts_event_ns=self.ts_ns if ts_ns is None else ts_ns,
            channel=self.channel,
            numbering=self.numbering,
            **more,
        )

    def whole(self) -> Head:
        """Return the head of a status of the connection."""
        head = self.origin.whole()
        head["numbering"] = self.numbering
        if self.ts_ns is not None:
            head["ts_event_ns"], head["ts_source"] = self.ts_ns, "venue"
        return head


def parse_advanced(message: dict[str, Any], origin: Origin) -> Found:
    """Return the records of one message, in the order of its events."""
    about = _Message(message, origin)
    if about.channel in _CONNECTION:
        kind = "heartbeat" if about.channel == "heartbeats" else about.channel
        return [Status(**about.whole(), kind=kind, text=origin.raw)]
    reader = _READERS.get(about.channel)
    if reader is None:
        raise Rejection("unsupported", f"unknown channel {describe_value(about.channel)}")
    events = member(message, "events")
    if not isinstance(events, list):
        raise Rejection("bad-shape", f"events must be a list, got {describe_value(events)}")
    return [one for event in events for one in reader(event, about)]


def _books(event: Json, about: _Message) -> Found:
    native = text(event, "product_id")
    with mark_broken_book(join_pair(native, "-"), about.channel):
        rows = member(event, "updates")
        if not isinstance(rows, list):
            raise Rejection("bad-levels", f"updates must be a list, got {describe_value(rows)}")
        names = ("side", "price_level", "new_quantity")
        bids, asks = changes([[member(row, name) for name in names] for row in rows], "updates")
    # The levels of a snapshot are dated 1970: the time is the message's.
    snapshot = event.get("type") == "snapshot"
    return [Book(**about.head(native), action="snapshot" if snapshot else "delta", bids=bids, asks=asks)]


def _trades(event: Json, about: _Message) -> Found:
    history = member(event, "type") == "snapshot"

    def read(entry: Json) -> Record:
        trade_id = text(entry, "trade_id")
        extra = rest(entry, _TRADE_MEMBERS)
        ts = iso_ns(member(entry, "time"), "time")
        return Trade(
            **about.head(text(entry, "product_id"), ts, backfill=history, extra=extra),
            price=decimal(member(entry, "price"), "price", signed=True),
            size=decimal(member(entry, "size"), "size"),
            # The feed names the maker's side.
            side=_AGGRESSOR[side(member(entry, "side"))],
            trade_id=trade_id,
        )

    return list(each(member(event, "trades"), "trades", read))


def _tickers(event: Json, about: _Message) -> Found:
    def read(entry: Json) -> Record:
        return Quote(
            **about.head(text(entry, "product_id"), extra=rest(entry, _TICKER_MEMBERS)),
            bid_price=optional_decimal(entry, "best_bid", signed=True),
            bid_size=optional_decimal(entry, "best_bid_quantity"),
            ask_price=optional_decimal(entry, "best_ask", signed=True),
            ask_size=optional_decimal(entry, "best_ask_quantity"),
            attributes=attributes(entry, _TICKER),
        )

    return list(each(member(event, "tickers"), "tickers", read))


def _candles(event: Json, about: _Message) -> Found:
    def read(entry: Json) -> Record:
        prices = bar_prices(entry)
        return Bar(
            **about.head(text(entry, "product_id"), extra=rest(entry, _CANDLE_MEMBERS)),
            interval=_INTERVAL,
            start_ns=seconds_ns(member(entry, "start"), "start"),
            **prices,
            volume=optional_decimal(entry, "volume"),
        )

    return list(each(member(event, "candles"), "candles", read))


def _products(event: Json, about: _Message) -> Found:
    def read(entry: Json) -> Record:
        head = about.head(text(entry, "id"))
        return Status(**head, kind="trading", state=text(entry, "status"), text=compact(entry))

    return list(each(member(event, "products"), "products", read))


_READERS: dict[str, Callable[[Json, _Message], Found]] = {
    "candles": _candles,
    "l2_data": _books,
    "level2": _books,
    "market_trades": _trades,
    "status": _products,
    "ticker": _tickers,
    "ticker_batch": _tickers,
}
