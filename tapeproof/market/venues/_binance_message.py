"""A message of one of Binance's markets out of its wrapping, and the market that tells its symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.market.fields import scaled_ns

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.market.model import Head, Origin
    from tapeproof.market.wire import Json

__all__ = ["COMMON", "Market", "Message", "read_time"]

_MILLISECONDS, _MICROSECONDS = 1_000_000, 1_000
_MICROSECOND_DIGITS = 16
COMMON = frozenset({"e", "E", "s", "T"})
"""Members that every event may have."""


class Market(NamedTuple):
    """What tells one market from another: how the symbols of its instruments and of its pairs are read."""

    symbol: Callable[[str], str]
    pair: Callable[[str], str]


class Message(NamedTuple):
    """A message out of its wrapping."""

    data: dict[str, Any]
    stream: str
    origin: Origin
    market: Market

    def head(self, native: str, time: Json, symbol: str = "", **more: Any) -> Head:  # noqa: ANN401 - of Origin.head
        """Return the head of a record of a symbol."""
        ts = None if time is None else read_time(time)
        return self.origin.head(symbol or self.market.symbol(native), native, ts_event_ns=ts, **more)


def read_time(value: Json) -> int:
    """Return a time in nanoseconds since 1970 UTC."""
    # Streams may be asked for in microseconds, which have sixteen digits (docs: "timeUnit").
    micro = isinstance(value, str) and len(value) >= _MICROSECOND_DIGITS
    return scaled_ns(value, "time", scale=_MICROSECONDS if micro else _MILLISECONDS)
