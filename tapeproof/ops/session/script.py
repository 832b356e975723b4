"""The script of a built-in session: an opening burst, then trading, with everything that goes wrong on a real feed."""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tapeproof.ops.capture import NativeMessage
from tapeproof.ops.session.feeds import FEEDS, Feed, Level, Moment, Quote, Trade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["KINDS", "Kind", "Scheduled", "session"]

Kind = Literal["market", "duplicate", "conflict", "gap", "late", "malformed", "unknown-venue", "oversized"]
SHARES: dict[Kind, float] = {
    "duplicate": 0.03,
    "conflict": 0.004,
    "gap": 0.01,
    "late": 0.01,
    "malformed": 0.01,
    "unknown-venue": 0.005,
    "oversized": 0.0,
}
"""How many of a session's messages are of each kind; at least one of each in a session that has room for them."""
KINDS: tuple[Kind, ...] = ("market", *SHARES)

SECOND_NS = 1_000_000_000
OPENING_SHARE = 0.3
OPENING_RATE = 250.0
TRADING_RATE = 80.0
"""Messages per second; an opening is several times busier than the hours that follow."""
FIRST_SPECIAL = 24
"""Snapshots and some trading come first, so that there is something to repeat."""
HEARTBEATS, TRADES, QUOTES = 0.03, 0.25, 0.45
"""Cumulated shares of what a feed sends; the rest are changes of the book."""
TRANSIT_NS = 3_000_000
LATE_NS = 600 * SECOND_NS
GAP = 4
OVERSIZED_LEVELS = 3_900
"""Levels on each side: about the largest book that an event of 256 KiB holds."""
SNAPSHOT_LEVELS = 50
PRICES = (64_250.0, 3_120.0, 148.0)
UNKNOWN_VENUE = "luno"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One message of a session.

    Args:
        offset_ns: When it is received, nanoseconds after the start of the session.
        message: The message.
        kind: What it is there to show.
    """

    offset_ns: int
    message: NativeMessage
    kind: Kind


@dataclass(slots=True)
class _Line:
    """One instrument on one exchange: its price walks, its numbers run."""

    feed: Feed
    instrument: int
    price: float
    sequence: int
    trades: int

    @property
    def symbol(self) -> str:
        return self.feed.instruments[self.instrument]


@dataclass(slots=True)
class _Trading:
    rng: random.Random
    start_ns: int
    lines: list[_Line]
    repeatable: list[NativeMessage] = field(default_factory=list)

    def moment(self, line: _Line, received_ns: int) -> Moment:
        line.sequence += 1
        return Moment(line.instrument, received_ns - TRANSIT_NS, line.sequence)

    def execution(self, line: _Line, received_ns: int, behind_ns: int) -> Moment:
        # Trades have numbers of their own, which rise by one: a jump is a gap.
        line.trades += 1
        return Moment(line.instrument, received_ns - behind_ns, line.trades)


def session(seed: int, start_ns: int, messages: int) -> Iterator[Scheduled]:
    """Yield a session, message by message; equal arguments give equal messages.

    Args:
        seed: Chooses the session.
        start_ns: When it starts, nanoseconds since the epoch.
        messages: How many messages it has.
    """
    rng = random.Random(seed)  # noqa: S311 - a reproducible market, not a secret
    plan = _plan(rng, messages)
    trading = _Trading(rng, start_ns, _open_market(rng))
    offset_ns = 0
    for index in range(messages):
        rate = OPENING_RATE if index < messages * OPENING_SHARE else TRADING_RATE
        offset_ns += int(rng.expovariate(rate) * SECOND_NS)
        kind = plan.get(index, "market")
        received_ns = start_ns + offset_ns
        if index < len(trading.lines):
            message = _make_opening(trading, index, received_ns)
        else:
            message = _WRITERS[kind](trading, received_ns)
        yield Scheduled(offset_ns, message, kind)


def _plan(rng: random.Random, messages: int) -> dict[int, Kind]:
    room = range(FIRST_SPECIAL, messages)
    wanted: list[Kind] = [kind for kind, share in SHARES.items() for _ in range(max(1, math.floor(share * messages)))]
    if len(room) < len(wanted):
        return {}
    return dict(zip(rng.sample(room, len(wanted)), wanted, strict=True))


def _open_market(rng: random.Random) -> list[_Line]:
    return [
        _Line(
            feed,
            instrument,
            price=price * rng.uniform(0.9995, 1.0005),
            sequence=rng.randrange(1_000_000_000, 9_000_000_000),
            trades=rng.randrange(10_000_000, 900_000_000),
        )
        for feed in FEEDS
        for instrument, price in enumerate(PRICES)
    ]


def _make_opening(trading: _Trading, index: int, received_ns: int) -> NativeMessage:
    line = trading.lines[index]
    if line.feed.snapshot is None:
        return _changes(trading, line, received_ns)
    levels = _levels(trading, line, SNAPSHOT_LEVELS)
    moment = trading.moment(line, received_ns)
    return NativeMessage(line.feed.venue, received_ns, line.feed.snapshot(line.symbol, moment, levels))


def _market(trading: _Trading, received_ns: int) -> NativeMessage:
    line = trading.rng.choice(trading.lines)
    line.price *= 1 + trading.rng.gauss(0, 0.0002)
    chosen = trading.rng.random()
    if chosen < HEARTBEATS:
        beat = line.feed.heartbeat(Moment(line.instrument, received_ns - TRANSIT_NS, line.sequence))
        return NativeMessage(line.feed.venue, received_ns, beat)
    if chosen < TRADES:
        return _trade(trading, line, received_ns)
    if chosen < QUOTES and line.feed.quote is not None:
        return _quote(trading, line, received_ns)
    return _changes(trading, line, received_ns)


def _trade(trading: _Trading, line: _Line, received_ns: int, *, behind_ns: int = TRANSIT_NS) -> NativeMessage:
    moment = trading.execution(line, received_ns, behind_ns)
    message = NativeMessage(
        line.feed.venue, received_ns, line.feed.trade(line.symbol, moment, _execution(trading, line))
    )
    # Only a trade has a time and a number of the exchange's own everywhere, so that a second copy is recognised.
    trading.repeatable.append(message)
    return message


def _quote(trading: _Trading, line: _Line, received_ns: int) -> NativeMessage:
    spread = line.price * trading.rng.uniform(0.00005, 0.0003)
    quote = Quote(
        bid=_price(line.price - spread),
        bid_size=_size(trading),
        ask=_price(line.price + spread),
        ask_size=_size(trading),
        last=_execution(trading, line),
    )
    moment = trading.moment(line, received_ns)
    assert line.feed.quote is not None  # noqa: S101 - asked for by its only caller
    return NativeMessage(line.feed.venue, received_ns, line.feed.quote(line.symbol, moment, quote))


def _changes(trading: _Trading, line: _Line, received_ns: int) -> NativeMessage:
    levels = _levels(trading, line, trading.rng.randrange(1, 4))[: trading.rng.randrange(1, 4)]
    moment = trading.moment(line, received_ns)
    return NativeMessage(line.feed.venue, received_ns, line.feed.changes(line.symbol, moment, levels))


def _duplicate(trading: _Trading, received_ns: int) -> NativeMessage:
    said = _recent(trading, received_ns)
    return NativeMessage(said.venue, received_ns, said.raw)


def _conflict(trading: _Trading, received_ns: int) -> NativeMessage:
    # The exchange repeats the number and time of a trade with another size.
    coinbase = [said for said in trading.repeatable[-200:] if said.venue == "coinbase"]
    said = trading.rng.choice(coinbase) if coinbase else _trade(trading, trading.lines[0], received_ns)
    document = json.loads(said.raw) | {"size": _size(trading)}
    return NativeMessage(said.venue, received_ns, json.dumps(document, separators=(",", ":")))


def _gap(trading: _Trading, received_ns: int) -> NativeMessage:
    line = next(line for line in trading.lines if line.feed.venue == "coinbase")
    line.trades += GAP
    return _trade(trading, line, received_ns)


def _late(trading: _Trading, received_ns: int) -> NativeMessage:
    return _trade(trading, trading.rng.choice(trading.lines), received_ns, behind_ns=LATE_NS)


def _make_malformed(trading: _Trading, received_ns: int) -> NativeMessage:
    whole = _trade(trading, trading.rng.choice(trading.lines), received_ns)
    trading.repeatable.pop()
    damage: tuple[Callable[[str], str], ...] = (
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw.replace("price", "prize").replace('"trade"', '"trader"'),
        lambda _: "[]",
        lambda raw: raw.replace(".", ","),
    )
    return NativeMessage(whole.venue, received_ns, trading.rng.choice(damage)(whole.raw))


def _unknown_venue(trading: _Trading, received_ns: int) -> NativeMessage:
    return NativeMessage(
        UNKNOWN_VENUE, received_ns, f'{{"pair":"XBTZAR","last":"{_price(trading.rng.uniform(1, 2))}"}}'
    )


def _make_oversized(trading: _Trading, received_ns: int) -> NativeMessage:
    line = next(line for line in trading.lines if line.feed.venue == "coinbase")
    assert line.feed.snapshot is not None  # noqa: S101 - Coinbase has one
    levels = _levels(trading, line, OVERSIZED_LEVELS)
    moment = trading.moment(line, received_ns)
    return NativeMessage(line.feed.venue, received_ns, line.feed.snapshot(line.symbol, moment, levels))


def _recent(trading: _Trading, received_ns: int) -> NativeMessage:
    if not trading.repeatable:
        _trade(trading, trading.lines[0], received_ns)
    return trading.rng.choice(trading.repeatable[-20:])


def _levels(trading: _Trading, line: _Line, depth: int) -> list[Level]:
    tick = line.price * 0.00001
    levels: list[Level] = []
    for away in range(1, depth + 1):
        levels.append(("buy", _price(line.price - tick * away), _size(trading)))
        levels.append(("sell", _price(line.price + tick * away), _size(trading)))
    return levels


def _execution(trading: _Trading, line: _Line) -> Trade:
    return Trade(_price(line.price), _size(trading), trading.rng.choice(("buy", "sell")))


def _price(value: float) -> str:
    return f"{value:.4f}"


def _size(trading: _Trading) -> str:
    return f"{trading.rng.lognormvariate(-1, 1):.8f}"


_WRITERS: dict[Kind, Callable[[_Trading, int], NativeMessage]] = {
    "market": _market,
    "duplicate": _duplicate,
    "conflict": _conflict,
    "gap": _gap,
    "late": _late,
    "malformed": _make_malformed,
    "unknown-venue": _unknown_venue,
    "oversized": _make_oversized,
}
