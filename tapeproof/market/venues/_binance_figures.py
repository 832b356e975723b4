"""What Binance's streams tell of trading in figures: bars, tickers, marks, indices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.market.fields import bar_prices, decimal, integer, member, rest, text
from tapeproof.market.model import Bar, Funding, Record, Statistic
from tapeproof.market.venues._binance_message import COMMON, Message, read_time
from tapeproof.market.venues._binance_trading import read_quote

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["number_reader", "read_bar", "read_index", "read_mark", "read_ticker"]

_WINDOW = re.compile(r"(1h|4h|1d)Ticker")
_BAR_MEMBERS = frozenset("tTsiohlcvnx")
_WITHOUT_TRADES = frozenset({"indexPrice_kline", "markPrice_kline"})


def read_bar(about: Message) -> list[Record]:
    """Return the record of a bar."""
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
        start_ns=read_time(member(bar, "t")),
        **prices,
        volume=decimal(member(bar, "v"), "v") if traded else None,
        trades=integer(member(bar, "n"), "n") if traded else None,
        is_closed=member(bar, "x") is True,
    )
    return [record]


def _of_bar(about: Message) -> tuple[str, str]:
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


def read_ticker(about: Message) -> list[Record]:
    """Return the records of a ticker: of its best bid and ask where it has them, else of its last price and volume."""
    if "b" in about.data:
        return read_quote(about)
    data = about.data
    rolling = _WINDOW.fullmatch(text(data, "e"))
    window = rolling[1] if rolling else "24h"
    head = about.head(text(data, "s"), data.get("E"), channel=text(data, "e"), extra=rest(data, COMMON | {"c", "v"}))
    found: list[Record] = [
        Statistic(**head, kind="last_price", value=decimal(member(data, "c"), "c", signed=True)),
        Statistic(**head | {"extra": None}, kind=f"volume_{window}", value=decimal(member(data, "v"), "v")),
    ]
    return found


def read_mark(about: Message) -> list[Record]:
    """Return the records of a mark price: with it come the index and the funding rate."""
    data = about.data
    head = about.head(text(data, "s"), data.get("E"), channel="markPrice")
    extra = rest(data, COMMON | {"p", "i", "r"})
    mark = decimal(member(data, "p"), "p", signed=True)
    found: list[Record] = [Statistic(**head | {"extra": extra}, kind="mark_price", value=mark)]
    if data.get("i"):
        found.append(Statistic(**head, kind="index_price", value=decimal(data["i"], "i", signed=True)))
    if data.get("r"):
        following = read_time(data["T"]) if data.get("T", "0") != "0" else None
        found.append(Funding(**head, rate=decimal(data["r"], "r", signed=True), next_funding_ns=following))
    return found


def number_reader(name: str, kind: str) -> Callable[[Message], list[Record]]:
    """Return a reader of a number that the venue publishes of an instrument."""

    def read(about: Message) -> list[Record]:
        data = about.data
        head = about.head(text(data, "s"), data.get("E"), channel=text(data, "e"), extra=rest(data, COMMON | {name}))
        return [Statistic(**head, kind=kind, value=decimal(member(data, name), name, signed=True))]

    return read


def read_index(about: Message) -> list[Record]:
    """Return the record of an index's price."""
    data = about.data
    native = text(data, "i" if "s" not in data else "s")
    name = "p" if "s" not in data else "i"
    symbol, extra = about.market.pair(native), rest(data, COMMON | {"i", "p"})
    head = about.head(native, data.get("E"), symbol, channel=text(data, "e"), extra=extra)
    return [Statistic(**head, kind="index_price", value=decimal(member(data, name), name, signed=True))]
