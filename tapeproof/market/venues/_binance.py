"""What the streams of Binance's markets have in common: objects whose ``e`` names the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.errors import Rejection, describe_value
from tapeproof.market.fields import all_of, text
from tapeproof.market.model import Origin, Record, Status
from tapeproof.market.symbols import EVERYTHING
from tapeproof.market.venues._binance_figures import number_reader, read_bar, read_index, read_mark, read_ticker
from tapeproof.market.venues._binance_message import Market, Message, read_time
from tapeproof.market.venues._binance_trading import (
    PARTIAL,
    read_aggregate,
    read_book,
    read_changes,
    read_liquidation,
    read_quote,
    read_trade,
)
from tapeproof.market.wire import compact

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.wire import Json

__all__ = ["parse_message"]


def parse_message(message: Json, origin: Origin, market: Market) -> list[Record | Rejection]:
    """Return the records of one message of a market; streams of all symbols send a list of messages."""
    stream = ""
    if isinstance(message, dict) and "stream" in message and "data" in message:
        stream, message = text(message, "stream", limit=128), message["data"]
    if isinstance(message, list):
        return list(all_of(message, "the message", lambda one: _records(Message(one, stream, origin, market))))
    return list(_records(Message(message, stream, origin, market)))


def _records(about: Message) -> list[Record]:
    message, stream = about.data, about.stream
    if not isinstance(message, dict):
        raise Rejection("bad-shape", f"expected an object, got {describe_value(message)}")
    if PARTIAL.match(stream.partition("@")[2]) or "lastUpdateId" in message:
        return [read_book(about)]
    if "e" not in message:
        return [_bare(about)]
    kind = text(message, "e")
    reader = _READERS.get(kind)
    if reader is None:
        raise Rejection("unsupported", f"unknown event type {describe_value(kind)}")
    return reader(about)


def _bare(about: Message) -> Record:
    """Return the record of a message that names no event: an answer, an error, or a best bid and ask."""
    data, origin = about.data, about.origin
    if {"s", "b", "a"} <= data.keys():
        return read_quote(about)[0]
    if isinstance(data.get("result"), dict) and "lastUpdateId" in data["result"]:  # asked for through the socket
        return read_book(about._replace(data=data["result"]))
    kind = "error" if "error" in data or "code" in data else "result" if "result" in data else ""
    if not kind:
        raise Rejection("unsupported", f"a message without an event type, with {describe_value(sorted(data)[:4])}")
    return Status(**origin.whole(), kind=kind, text=origin.raw)


def _contract(about: Message) -> list[Record]:
    data = about.data
    head = about.head(text(data, "s"), data.get("E"), channel="contractInfo")
    return [Status(**head, kind="contract", state=text(data, "cs"), text=compact(data))]


def _parse_ending(about: Message) -> list[Record]:
    time = about.data.get("E")
    head = about.origin.head(EVERYTHING, EVERYTHING, ts_event_ns=None if time is None else read_time(time))
    return [Status(**head, kind=text(about.data, "e"), text=about.origin.raw)]


_READERS: dict[str, Callable[[Message], list[Record]]] = {
    "1dTicker": read_ticker,
    "1hTicker": read_ticker,
    "4hTicker": read_ticker,
    "assetIndexUpdate": read_index,
    "avgPrice": number_reader("w", "average_price"),
    "compositeIndex": number_reader("p", "composite_index"),
    "contractInfo": _contract,
    "continuous_kline": read_bar,
    "eventStreamTerminated": _parse_ending,
    "indexPriceUpdate": read_index,
    "indexPrice_kline": read_bar,
    "markPrice_kline": read_bar,
    "serverShutdown": _parse_ending,
    "24hrMiniTicker": read_ticker,
    "24hrTicker": read_ticker,
    "aggTrade": read_aggregate,
    "bookTicker": read_quote,
    "depthUpdate": read_changes,
    "forceOrder": read_liquidation,
    "kline": read_bar,
    "markPriceUpdate": read_mark,
    "trade": read_trade,
}
