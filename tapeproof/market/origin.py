"""Where a message came from, and the fields that every record of it has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from tapeproof.market.errors import Rejection
from tapeproof.market.symbols import EVERYTHING

if TYPE_CHECKING:
    from tapeproof.market.identities import Pairs
    from tapeproof.market.numbering import Numbering
    from tapeproof.market.wire import Json

__all__ = ["Head", "HeadDetails", "Origin", "check_time", "delivery_name"]

_DECADE_NS = 10 * 365 * 86_400 * 1_000_000_000
_UNITS = ((1_000, "microseconds"), (1_000_000, "milliseconds"), (1_000_000_000, "seconds"))


class Head(TypedDict):
    """The fields that every record has, as :meth:`Origin.head` fills them."""

    venue: str
    symbol: str
    native_symbol: str
    ts_event_ns: int
    ts_source: Literal["venue", "received"]
    received_ns: int
    sequence: int | None
    backfill: bool
    channel: str
    session: str
    identity: Pairs
    extra: Json
    numbering: Numbering | None


class HeadDetails(TypedDict, total=False):
    """The fields of a head that not every message gives.

    Attributes:
        sequence: The venue's number of the event.
        backfill: Whether the venue says itself that it repeats history.
        channel: The stream within the venue that it came through.
        identity: What makes the event unique at its venue, as (name, text) pairs; empty where the venue gives
            nothing, so that its place in the delivery has to do (a trade with an id has that).
        extra: Members of the message that have no other place, as they were decoded.
        numbering: Its place in a count of the venue.
    """

    sequence: int | None
    backfill: bool
    channel: str
    identity: Pairs
    extra: Json
    numbering: Numbering | None


class _Defaults(TypedDict):
    sequence: None
    backfill: bool
    channel: str
    session: str
    identity: Pairs
    extra: None
    numbering: None


_WITHOUT_DETAILS: _Defaults = {
    "sequence": None,
    "backfill": False,
    "channel": "",
    "session": "",
    "identity": (),
    "extra": None,
    "numbering": None,
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when a message came in, and its text.

    Attributes:
        venue: The exchange.
        received_ns: When it was received, nanoseconds since 1970 UTC.
        raw: The text.
        request: What was asked or subscribed, where the message does not name its symbol; else empty.
        connection: The publisher's name of the connection, for counts that begin anew with each; else empty.
    """

    venue: str
    received_ns: int
    raw: str
    request: str = ""
    connection: str = ""

    def head(self, symbol: str, native_symbol: str, *, ts_event_ns: int | None, **more: Unpack[HeadDetails]) -> Head:
        """Return the common fields of a record.

        Args:
            symbol: The normalised symbol.
            native_symbol: The symbol as the venue writes it.
            ts_event_ns: The venue's time of the event, or None where the message has none.
            more: What else is known; a field that is not given is None, false or empty.

        Raises:
            Rejection: The time lies decades before the receipt, and nobody says that it is history.
        """
        if ts_event_ns is not None and not more.get("backfill"):
            check_time(ts_event_ns, self.received_ns)
        return {
            **_WITHOUT_DETAILS,
            "venue": self.venue,
            "symbol": symbol,
            "native_symbol": native_symbol,
            "ts_event_ns": self.received_ns if ts_event_ns is None else ts_event_ns,
            "ts_source": "received" if ts_event_ns is None else "venue",
            "received_ns": self.received_ns,
            **more,
        }

    def whole(self) -> Head:
        """Return the common fields of a status that concerns the whole venue and carries no time."""
        return self.head(EVERYTHING, EVERYTHING, ts_event_ns=None)


def check_time(ts_event_ns: int, received_ns: int) -> None:
    """Refuse a time of an event that lies over ten years before its receipt, as one in a wrong unit does.

    Raises:
        Rejection: It does; the reason names the unit in which it would be of the day of the receipt.
    """
    if received_ns - ts_event_ns <= _DECADE_NS:
        return
    unit = next((name for scale, name in _UNITS if abs(ts_event_ns * scale - received_ns) < _DECADE_NS), None)
    guess = f" (it would fit in {unit})" if unit else ""
    raise Rejection(
        "bad-time",
        f"the time of the event, {ts_event_ns} ns since 1970, lies decades before its receipt{guess}; "
        'history is sent with "backfill": true',
    )


def delivery_name(venue: str, received_ns: int, text: str) -> str:
    """Return a name for a message that its publisher did not name: of its venue, receipt and text."""
    return hashlib.sha256(f"{venue}\n{received_ns}\n{text}".encode(errors="backslashreplace")).hexdigest()[:24]
