"""How four exchanges say the same things: each function writes one message in an exchange's own words.

Formats as in the exchanges' public feeds: Coinbase Exchange "WebSocket Channels", Kraken "WebSockets API 1.x",
Bitstamp "WebSocket API v2", Gemini "Market Data v2". Prices and sizes are the decimal strings the exchange would send.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["FEEDS", "Feed", "Level", "Moment", "Quote", "Trade"]

MICROSECOND_NS = 1_000
MILLISECOND_NS = 1_000_000
SECOND_NS = 1_000_000_000

Level = tuple[str, str, str]
"""Side (`buy` or `sell`), price, size; a size of zero removes the level."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What every message carries: the instrument, and when it happened there.

    Args:
        instrument: The instrument's index in the feed's `instruments`.
        at_ns: The exchange's time, nanoseconds since the epoch.
        sequence: The exchange's running number.
    """

    instrument: int
    at_ns: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade: its price and size, and whether the taker bought or sold."""

    price: str
    size: str
    side: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The best bid and offer with their sizes, and the last trade."""

    bid: str
    bid_size: str
    ask: str
    ask_size: str
    last: Trade


@dataclass(frozen=True, slots=True)
class Feed:
    """One exchange's way of saying things; what it does not publish is None."""

    venue: str
    instruments: tuple[str, ...]
    trade: Callable[[str, Moment, Trade], str]
    quote: Callable[[str, Moment, Quote], str] | None
    changes: Callable[[str, Moment, Sequence[Level]], str]
    snapshot: Callable[[str, Moment, Sequence[Level]], str] | None
    heartbeat: Callable[[Moment], str]


def _text(message: object) -> str:
    return json.dumps(message, separators=(",", ":"))


def _iso(at_ns: int) -> str:
    whole = datetime.fromtimestamp(at_ns // SECOND_NS, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{at_ns % SECOND_NS // MICROSECOND_NS:06d}Z"


def _epoch(at_ns: int) -> str:
    return f"{at_ns // SECOND_NS}.{at_ns % SECOND_NS // MICROSECOND_NS:06d}"


def _sides(levels: Sequence[Level], side: str) -> list[list[str]]:
    return [[price, size] for which, price, size in levels if which == side]


def _coinbase_trade(symbol: str, moment: Moment, trade: Trade) -> str:
    return _text(
        {
            "type": "match",
            "trade_id": moment.sequence,
            "maker_order_id": f"{moment.sequence:08x}-0000-4000-8000-000000000001",
            "taker_order_id": f"{moment.sequence:08x}-0000-4000-8000-000000000002",
            # Coinbase names the maker's side.
            "side": "sell" if trade.side == "buy" else "buy",
            "size": trade.size,
            "price": trade.price,
            "product_id": symbol,
            "sequence": moment.sequence * 10,
            "time": _iso(moment.at_ns),
        }
    )


def _coinbase_quote(symbol: str, moment: Moment, quote: Quote) -> str:
    return _text(
        {
            "type": "ticker",
            "sequence": moment.sequence * 10 + 1,
            "product_id": symbol,
            "price": quote.last.price,
            "open_24h": quote.bid,
            "volume_24h": "34224.89690000",
            "low_24h": quote.bid,
            "high_24h": quote.ask,
            "volume_30d": "948652.24960000",
            "best_bid": quote.bid,
            "best_ask": quote.ask,
            "side": quote.last.side,
            "time": _iso(moment.at_ns),
            "trade_id": moment.sequence,
            "last_size": quote.last.size,
        }
    )


def _coinbase_changes(symbol: str, moment: Moment, levels: Sequence[Level]) -> str:
    return _text({"type": "l2update", "product_id": symbol, "changes": levels, "time": _iso(moment.at_ns)})


def _coinbase_snapshot(symbol: str, _: Moment, levels: Sequence[Level]) -> str:
    return _text(
        {"type": "snapshot", "product_id": symbol, "asks": _sides(levels, "sell"), "bids": _sides(levels, "buy")}
    )


def _coinbase_heartbeat(moment: Moment) -> str:
    return _text(
        {
            "type": "heartbeat",
            "sequence": moment.sequence * 10,
            "last_trade_id": moment.sequence,
            "product_id": "BTC-USD",
            "time": _iso(moment.at_ns),
        }
    )


def _kraken_trade(symbol: str, moment: Moment, trade: Trade) -> str:
    side = "b" if trade.side == "buy" else "s"
    row = [trade.price, trade.size, _epoch(moment.at_ns), side, "l", ""]
    return _text([337 + moment.instrument, [row], "trade", symbol])


def _kraken_quote(symbol: str, moment: Moment, quote: Quote) -> str:
    ticker = {
        "a": [quote.ask, int(float(quote.ask_size)), quote.ask_size],
        "b": [quote.bid, int(float(quote.bid_size)), quote.bid_size],
        "c": [quote.last.price, quote.last.size],
        "v": ["26560.85364463", "72035.05488104"],
        "p": [quote.bid, quote.bid],
        "t": [640, 1353],
        "l": [quote.bid, quote.bid],
        "h": [quote.ask, quote.ask],
        "o": [quote.bid, quote.bid],
    }
    return _text([340 + moment.instrument, ticker, "ticker", symbol])


def _kraken_levels(levels: Sequence[Level], side: str, at_ns: int) -> list[list[str]]:
    return [[price, size, _epoch(at_ns)] for price, size in _sides(levels, side)]


def _kraken_changes(symbol: str, moment: Moment, levels: Sequence[Level]) -> str:
    asks = {"a": _kraken_levels(levels, "sell", moment.at_ns)}
    bids = {"b": _kraken_levels(levels, "buy", moment.at_ns)}
    parts: list[dict[str, Any]] = [part for part in (asks, bids) if next(iter(part.values()))]
    parts[-1]["c"] = str(moment.sequence * 7919 % 2**32)
    return _text([336 + moment.instrument, *parts, "book-1000", symbol])


def _kraken_snapshot(symbol: str, moment: Moment, levels: Sequence[Level]) -> str:
    book = {
        "as": _kraken_levels(levels, "sell", moment.at_ns),
        "bs": _kraken_levels(levels, "buy", moment.at_ns),
    }
    return _text([336 + moment.instrument, book, "book-1000", symbol])


def _kraken_heartbeat(_: Moment) -> str:
    return _text({"event": "heartbeat"})


def _bitstamp_trade(symbol: str, moment: Moment, trade: Trade) -> str:
    data = {
        "id": moment.sequence,
        "timestamp": str(moment.at_ns // SECOND_NS),
        "amount": float(trade.size),
        "amount_str": trade.size,
        "price": float(trade.price),
        "price_str": trade.price,
        "type": 0 if trade.side == "buy" else 1,
        "microtimestamp": str(moment.at_ns // MICROSECOND_NS),
        "buy_order_id": moment.sequence * 2,
        "sell_order_id": moment.sequence * 2 + 1,
    }
    return _text({"data": data, "channel": f"live_trades_{symbol}", "event": "trade"})


def _bitstamp_changes(symbol: str, moment: Moment, levels: Sequence[Level]) -> str:
    data = {
        "timestamp": str(moment.at_ns // SECOND_NS),
        "microtimestamp": str(moment.at_ns // MICROSECOND_NS),
        "bids": _sides(levels, "buy"),
        "asks": _sides(levels, "sell"),
    }
    return _text({"data": data, "channel": f"diff_order_book_{symbol}", "event": "data"})


def _bitstamp_heartbeat(_: Moment) -> str:
    return _text({"event": "bts:heartbeat", "channel": "", "data": {"status": "success"}})


def _gemini_trade(symbol: str, moment: Moment, trade: Trade) -> str:
    return _text(
        {
            "type": "trade",
            "symbol": symbol,
            "event_id": moment.sequence,
            "timestamp": moment.at_ns // MILLISECOND_NS,
            "price": trade.price,
            "quantity": trade.size,
            "side": trade.side,
        }
    )


def _gemini_changes(symbol: str, _: Moment, levels: Sequence[Level]) -> str:
    return _text({"type": "l2_updates", "symbol": symbol, "changes": levels})


def _gemini_heartbeat(moment: Moment) -> str:
    return _text({"type": "heartbeat", "timestamp": moment.at_ns // MILLISECOND_NS})


FEEDS = (
    Feed(
        venue="coinbase",
        instruments=("BTC-USD", "ETH-USD", "SOL-USD"),
        trade=_coinbase_trade,
        quote=_coinbase_quote,
        changes=_coinbase_changes,
        snapshot=_coinbase_snapshot,
        heartbeat=_coinbase_heartbeat,
    ),
    Feed(
        venue="kraken",
        instruments=("XBT/USD", "ETH/USD", "SOL/USD"),
        trade=_kraken_trade,
        quote=_kraken_quote,
        changes=_kraken_changes,
        snapshot=_kraken_snapshot,
        heartbeat=_kraken_heartbeat,
    ),
    Feed(
        venue="bitstamp",
        instruments=("btcusd", "ethusd", "solusd"),
        trade=_bitstamp_trade,
        quote=None,
        changes=_bitstamp_changes,
        snapshot=None,
        heartbeat=_bitstamp_heartbeat,
    ),
    Feed(
        venue="gemini",
        instruments=("BTCUSD", "ETHUSD", "SOLUSD"),
        trade=_gemini_trade,
        quote=None,
        changes=_gemini_changes,
        # Its first update of a symbol is the whole book.
        snapshot=_gemini_changes,
        heartbeat=_gemini_heartbeat,
    ),
)
