"""The records that messages become: typed, frozen, exact, each with the identity that its venue gives it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, TypedDict

from tapeproof.market.errors import Rejection
from tapeproof.market.fields import Level  # noqa: TC001 - part of the public types
from tapeproof.market.identities import identity_text
from tapeproof.market.instants import day
from tapeproof.market.numbering import Numbering  # noqa: TC001 - part of the public types
from tapeproof.market.schema import MEMBERS, RecordType
from tapeproof.market.symbols import EVERYTHING
from tapeproof.market.wire import Json, canonical

__all__ = [
    "DETAIL_TYPES",
    "SCHEMA",
    "STATEFUL",
    "Bar",
    "Book",
    "Definition",
    "Funding",
    "Head",
    "Imbalance",
    "Liquidation",
    "OpenInterest",
    "Order",
    "Origin",
    "Pairs",
    "Quote",
    "Record",
    "RecordType",
    "Statistic",
    "Status",
    "Trade",
    "check_time",
    "delivery_name",
    "place_record",
    "without_empty_sides",
]

SCHEMA = "tapeproof/1"
DETAIL_TYPES: dict[RecordType, str] = {
    "trade": "Trade",
    "quote": "Quote",
    "book": "Book",
    "order": "Book",
    "status": "Status",
    "bar": "Trade",
    "statistic": "Trade",
    "definition": "Status",
    "imbalance": "Status",
    "funding": "Trade",
    "open_interest": "Trade",
    "liquidation": "Trade",
}
"""Under which detail type a message is published whose first record is of a type: four routes take them all."""
STATEFUL = frozenset({"book", "order"})
"""Types that mean something only after what arrived before them: they are filed by receipt, the others by event."""
Pairs = tuple[tuple[str, str], ...]
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

    def head(
        self,
        symbol: str,
        native_symbol: str,
        *,
        ts_event_ns: int | None,
        sequence: int | None = None,
        backfill: bool = False,
        channel: str = "",
        identity: Pairs = (),
        extra: Json = None,
        numbering: Numbering | None = None,
    ) -> Head:
        """Return the common fields of a record.

        Args:
            symbol: The normalised symbol.
            native_symbol: The symbol as the venue writes it.
            ts_event_ns: The venue's time of the event, or None where the message has none.
            sequence: The venue's number of the event, or None where it has none.
            backfill: Whether the venue says itself that it repeats history.
            channel: The stream within the venue that it came through.
            identity: What makes the event unique at its venue, as (name, text) pairs; empty where the venue gives
                nothing, so that its place in the delivery has to do (a trade with an id has that).
            extra: Members of the message that have no other place, as they were decoded.
            numbering: Its place in a count of the venue.

        Raises:
            Rejection: The time lies decades before the receipt, and nobody says that it is history.
        """
        if ts_event_ns is not None and not backfill:
            check_time(ts_event_ns, self.received_ns)
        return Head(
            venue=self.venue,
            symbol=symbol,
            native_symbol=native_symbol,
            ts_event_ns=self.received_ns if ts_event_ns is None else ts_event_ns,
            ts_source="received" if ts_event_ns is None else "venue",
            received_ns=self.received_ns,
            sequence=sequence,
            backfill=backfill,
            channel=channel,
            session="",
            identity=identity,
            extra=extra,
            numbering=numbering,
        )

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record says.

    ``received_ns``, ``backfill`` and ``place`` belong to one delivery, not to the event: they are no part of the
    body, so that a second delivery of the same event has the same body.

    Attributes:
        venue: The exchange.
        symbol: The normalised symbol, ``*`` when the record concerns the whole venue.
        native_symbol: The symbol as the venue writes it.
        ts_event_ns: When it happened, nanoseconds since 1970 UTC.
        ts_source: Whether that time is the venue's or the time of receipt.
        received_ns: When the message was received, nanoseconds since 1970 UTC.
        sequence: The venue's number, below 2**64, or None.
        index: Its place within one sequence, or None.
        channel: The stream within the venue; empty where there is one only.
        session: The publisher's name of a session whose numbering is its own; empty where there is one only.
        backfill: Whether the venue sent it as history, such as the trades that come with a subscription.
        identity: What makes it unique at its venue, (name, text) pairs; empty where only its place does.
        numbering: Its place in a count of the venue, or None.
        attributes: What else the venue says, sorted (name, text) pairs.
        extra: Members of the message that nobody knew when it was read, as they were decoded; None without any.
        place: The delivery and the place in it.
    """

    type: ClassVar[RecordType]

    venue: str
    symbol: str
    native_symbol: str
    ts_event_ns: int
    ts_source: Literal["venue", "received"]
    received_ns: int
    sequence: int | None = None
    index: int | None = None
    channel: str = ""
    session: str = ""
    backfill: bool = False
    identity: Pairs = ()
    numbering: Numbering | None = None
    attributes: Pairs = ()
    extra: Json = None
    place: str = ""

    @property
    def identifier(self) -> str:
        """Return the text that no other event of the venue, type, symbol and day has."""
        return identity_text(self.identity or self._own_identity()) or f"@{self.place}"

    @property
    def key(self) -> str:
        """Return the natural key ``type#venue#symbol#day#identifier``, equal for every delivery of one event."""
        return f"{self.type}#{self.venue}#{self.symbol}#{day(self.ts_event_ns)}#{self.identifier}"

    @property
    def body(self) -> str:
        """Return the canonical JSON text (RFC 8785) whose UTF-8 bytes are hashed; it is a ``tapeproof/1`` detail."""
        return canonical(self.document())

    def document(self) -> dict[str, Any]:
        """Return the body as a document: no number in it, so that no reader rounds one."""
        said: dict[str, Any] = {
            "native_symbol": self.native_symbol,
            "schema": SCHEMA,
            "symbol": self.symbol,
            "ts_event_ns": str(self.ts_event_ns),
            "ts_source": self.ts_source,
            "type": self.type,
            "venue": self.venue,
        }
        if self.sequence is not None:
            said["sequence"] = str(self.sequence)
        if self.index is not None:
            said["index"] = str(self.index)
        if self.channel:
            said["channel"] = self.channel
        if self.session:
            said["session"] = self.session
        if self.attributes:
            said["attributes"] = dict(self.attributes)
        if self.identity:
            said["identity"] = dict(self.identity)
        if self.numbering is not None:
            said["numbering"] = _numbering_document(self.numbering)
        if self.extra is not None:
            said["extra"] = self.extra
        return said | self._particulars()

    def _particulars(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, kind, required, _ in MEMBERS[self.type]:
            value = getattr(self, name)
            if not required and (value is None or value in ("", ())):
                continue
            found[name] = value
            if kind in {"ns", "whole"}:
                found[name] = str(value)
            elif kind == "pairs":
                found[name] = dict(value)
            elif kind == "counts":
                found[name] = {"asks": list(value[1]), "bids": list(value[0])}
        return found

    def _own_identity(self) -> Pairs:
        return ()


def _numbering_document(numbering: Numbering) -> dict[str, str]:
    said = {"last": str(numbering.last), "role": numbering.role, "stream": numbering.stream}
    if numbering.first is not None:
        said["first"] = str(numbering.first)
    if numbering.previous is not None:
        said["previous"] = str(numbering.previous)
    if numbering.shared:
        said["shared"] = "true"
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade(Record):
    """An execution. ``side`` is the aggressor's (FIX AggressorSide, tag 2446), empty where the venue does not say.

    ``action`` is empty for a new one; a cancel, correction or bust is a record of its own that refers to the first.
    """

    type: ClassVar[RecordType] = "trade"

    price: str
    size: str
    side: str = ""
    trade_id: str = ""
    action: str = ""
    refers_to: Pairs = ()
    conditions: tuple[str, ...] = ()

    def _own_identity(self) -> Pairs:
        if not self.trade_id:
            return ()
        own: Pairs = (("trade_id", self.trade_id),)
        if self.session:
            own = (*own, ("session", self.session))
        # A trade may be corrected more than once.
        return (*own, ("action", self.action), ("ts", str(self.ts_event_ns))) if self.action else own


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """The best bid and ask; a side or a size that the venue does not give is None, in a delta it is unchanged."""

    type: ClassVar[RecordType] = "quote"

    bid_price: str | None = None
    bid_size: str | None = None
    ask_price: str | None = None
    ask_size: str | None = None
    is_delta: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Record):
    """Levels of an order book: all of them (snapshot), or those that changed (delta, size 0 removes a level).

    ``depth`` is how many levels of a side the venue keeps up to date, ``order_counts`` the orders of each bid and ask.
    """

    type: ClassVar[RecordType] = "book"

    action: Literal["snapshot", "delta"]
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    checksum: str = ""
    depth: int | None = None
    order_counts: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def is_snapshot(self) -> bool:
        """Return whether it is the whole book."""
        return self.action == "snapshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Record):
    """What happened to one order of the book.

    ``cancel`` and ``execute`` name the size that leaves the book, ``modify`` what stays; ``received`` and ``fill``
    change nothing in it; ``clear`` removes all orders.
    """

    type: ClassVar[RecordType] = "order"

    action: str
    order_id: str = ""
    side: str = ""
    price: str | None = None
    size: str | None = None
    is_snapshot: bool | None = None
    checksum: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Record):
    """What a feed says about itself: heartbeat, subscription, halt, auction. ``text`` is what it said."""

    type: ClassVar[RecordType] = "status"

    kind: str
    text: str = ""
    state: str = ""
    reason: str = ""

    @property
    def is_trading(self) -> bool | None:
        """Return whether the instrument trades in that state, None where the status has none."""
        return self.state.lower() in {"trading", "online", "open", "live", "started"} if self.state else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(Record):
    """Prices of an interval (``1m``, ``5m``, ``1d``, …). It comes again and again until it is closed."""

    type: ClassVar[RecordType] = "bar"

    interval: str
    close: str
    start_ns: int | None = None
    open: str | None = None
    high: str | None = None
    low: str | None = None
    volume: str | None = None
    trades: int | None = None
    vwap: str | None = None
    is_closed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Record):
    """A number that a venue publishes of an instrument: mark price, settlement price, volume."""

    type: ClassVar[RecordType] = "statistic"

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Record):
    """What an instrument is. ``multiplier`` is what one contract stands for."""

    type: ClassVar[RecordType] = "definition"

    asset_class: str
    underlying: str = ""
    expiry_ns: int | None = None
    strike: str | None = None
    option_kind: str = ""
    multiplier: str | None = None
    price_increment: str | None = None
    size_increment: str | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imbalance(Record):
    """What an auction would do if it were held now."""

    type: ClassVar[RecordType] = "imbalance"

    auction: str = ""
    reference_price: str | None = None
    paired_size: str | None = None
    imbalance_size: str | None = None
    side: str = ""
    clearing_price: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Record):
    """The funding rate of a perpetual future."""

    type: ClassVar[RecordType] = "funding"

    rate: str
    next_funding_ns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInterest(Record):
    """How much of a derivative is held open, in the venue's own unit."""

    type: ClassVar[RecordType] = "open_interest"

    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Liquidation(Record):
    """A position that was closed by force; ``side`` is the side of the order that closed it."""

    type: ClassVar[RecordType] = "liquidation"

    size: str
    side: str = ""
    price: str | None = None
    average_price: str | None = None
    state: str = ""
    trade_id: str = ""


def without_empty_sides(record: Record) -> Record:
    """Return a record; of a quote, a side that is 0 of 0 is taken away: venues write so that there is none.

    In a quote that names only changes it stays, where None would say that the side is as before.
    """
    if not isinstance(record, Quote) or record.is_delta:
        return record
    if _is_zero(record.bid_price) and _is_zero(record.bid_size):
        record = replace(record, bid_price=None, bid_size=None)
    if _is_zero(record.ask_price) and _is_zero(record.ask_size):
        record = replace(record, ask_price=None, ask_size=None)
    return record


def _is_zero(number: str | None) -> bool:
    return number is not None and not number.strip("-0.")


def place_record(record: Record, delivery: str, number: int) -> Record:
    """Return a record with its place, where the venue gives it no identity.

    Args:
        record: The record.
        delivery: A name that the message has in each of its deliveries, and no other message has.
        number: Its place in the message.
    """
    return record if record.identifier != "@" else replace(record, place=f"{delivery}.{number}")


def delivery_name(venue: str, received_ns: int, text: str) -> str:
    """Return a name for a message that its publisher did not name: of its venue, receipt and text."""
    return hashlib.sha256(f"{venue}\n{received_ns}\n{text}".encode(errors="backslashreplace")).hexdigest()[:24]
