"""The records that messages become: typed, frozen, exact, with one canonical body and one natural key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from tapeproof.market.fields import Level  # noqa: TC001 - part of the public types
from tapeproof.market.symbols import EVERYTHING
from tapeproof.market.wire import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "DETAIL_TYPES",
    "SCHEMA",
    "Book",
    "Head",
    "Origin",
    "Quote",
    "Record",
    "RecordType",
    "Status",
    "Trade",
    "numbered",
]

SCHEMA = "tapeproof/1"
RecordType = Literal["trade", "quote", "book", "status"]
DETAIL_TYPES: dict[RecordType, str] = {"trade": "Trade", "quote": "Quote", "book": "Book", "status": "Status"}


class Head(TypedDict):
    """The fields that every record has, as :meth:`Origin.head` fills them."""

    venue: str
    symbol: str
    native_symbol: str
    ts_event_ns: int
    ts_source: Literal["venue", "received"]
    received_ns: int
    sequence: int
    sequence_source: Literal["venue", "derived"]
    backfill: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when a message came in, and its text."""

    venue: str
    received_ns: int
    raw: str

    def head(
        self,
        symbol: str,
        native_symbol: str,
        *,
        ts_event_ns: int | None,
        sequence: int | None = None,
        backfill: bool = False,
    ) -> Head:
        """Return the common fields of a record.

        Args:
            symbol: The normalised symbol.
            native_symbol: The symbol as the venue writes it.
            ts_event_ns: The venue's time of the event, or None where the message has none.
            sequence: The venue's number of the event, or None where it has none.
            backfill: Whether the venue says itself that it repeats history.
        """
        return Head(
            venue=self.venue,
            symbol=symbol,
            native_symbol=native_symbol,
            ts_event_ns=self.received_ns if ts_event_ns is None else ts_event_ns,
            ts_source="received" if ts_event_ns is None else "venue",
            received_ns=self.received_ns,
            sequence=0 if sequence is None else sequence,
            sequence_source="derived" if sequence is None else "venue",
            backfill=backfill,
        )

    def whole(self) -> Head:
        """Return the common fields of a status that concerns the whole venue and carries no time."""
        return self.head(EVERYTHING, EVERYTHING, ts_event_ns=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record says.

    ``received_ns`` and ``backfill`` belong to one delivery, not to the event: they are no part of the body, so that
    a second delivery of the same event has the same body.

    Attributes:
        venue: The exchange.
        symbol: The normalised symbol, ``*`` when the record concerns the whole venue.
        native_symbol: The symbol as the venue writes it.
        ts_event_ns: When it happened, nanoseconds since 1970 UTC.
        ts_source: Whether that time is the venue's or the time of receipt.
        received_ns: When the message was received, nanoseconds since 1970 UTC.
        sequence: A number below 2**64 that tells events of one nanosecond apart.
        sequence_source: Whether the venue numbered the event or the number is derived from the content.
        backfill: Whether the venue sent it as history, such as the trades that come with a subscription.
        attributes: What else the venue says, sorted (name, text) pairs.
    """

    type: ClassVar[RecordType]

    venue: str
    symbol: str
    native_symbol: str
    ts_event_ns: int
    ts_source: Literal["venue", "received"]
    received_ns: int
    sequence: int
    sequence_source: Literal["venue", "derived"]
    backfill: bool = False
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Return the natural key ``type#venue#symbol#ts_event_ns#sequence``, equal for every delivery of one event."""
        return f"{self.type}#{self.venue}#{self.symbol}#{self.ts_event_ns:019d}#{self.sequence:020d}"

    @property
    def body(self) -> str:
        """Return the canonical JSON text (RFC 8785) whose UTF-8 bytes are hashed; it is a ``tapeproof/1`` detail."""
        return canonical(self.document())

    def document(self) -> dict[str, Any]:
        """Return the body as a document: text, arrays and objects only, so that no reader rounds a number."""
        return {
            "attributes": dict(self.attributes),
            "native_symbol": self.native_symbol,
            "schema": SCHEMA,
            "sequence": str(self.sequence),
            "sequence_source": self.sequence_source,
            "symbol": self.symbol,
            "ts_event_ns": str(self.ts_event_ns),
            "ts_source": self.ts_source,
            "type": self.type,
            "venue": self.venue,
            **self._particulars(),
        }

    def _particulars(self) -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade(Record):
    """An execution. ``side`` is the aggressor's (FIX AggressorSide, tag 2446), empty where the venue does not say."""

    type: ClassVar[RecordType] = "trade"

    price: str
    size: str
    side: str
    trade_id: str

    def _particulars(self) -> dict[str, Any]:
        return {"price": self.price, "side": self.side, "size": self.size, "trade_id": self.trade_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """The best bid and ask; a side or a size that the venue does not give is None."""

    type: ClassVar[RecordType] = "quote"

    bid_price: str | None
    bid_size: str | None
    ask_price: str | None
    ask_size: str | None

    def _particulars(self) -> dict[str, Any]:
        given = {
            "ask_price": self.ask_price,
            "ask_size": self.ask_size,
            "bid_price": self.bid_price,
            "bid_size": self.bid_size,
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Record):
    """Levels of an order book: all of them (snapshot), or those that changed (delta, size 0 removes a level)."""

    type: ClassVar[RecordType] = "book"

    action: Literal["snapshot", "delta"]
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]

    def _particulars(self) -> dict[str, Any]:
        return {"action": self.action, "asks": self.asks, "bids": self.bids}


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Record):
    """What a feed says about itself: heartbeat, subscription, system state, auction. ``text`` is what it said."""

    type: ClassVar[RecordType] = "status"

    kind: str
    text: str

    def _particulars(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text}


def numbered(records: Sequence[Record]) -> list[Record]:
    """Return the records with a sequence derived from their content where the venue gave none.

    The number is the first 8 bytes of the SHA-256 of the body (and, for equal events within one message, of their
    count so far): another event has another key, a second delivery of the same event has the same one.
    """
    if all(record.sequence_source == "venue" for record in records):
        return list(records)
    seen: dict[str, int] = {}
    found: list[Record] = []
    for record in records:
        if record.sequence_source == "venue":
            found.append(record)
            continue
        body = record.body
        count = seen[body] = seen.get(body, -1) + 1
        digest = hashlib.sha256(f"{count}\n{body}".encode()).digest()
        found.append(replace(record, sequence=int.from_bytes(digest[:8], "big")))
    return found
