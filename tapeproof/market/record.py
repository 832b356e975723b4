"""What every record says: typed, frozen, exact, with the identity that its venue gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from tapeproof.market.identities import identity_text
from tapeproof.market.instants import day
from tapeproof.market.schema import MEMBERS, RecordType
from tapeproof.market.wire import Json, canonical

if TYPE_CHECKING:
    from tapeproof.market.identities import Pairs
    from tapeproof.market.numbering import Numbering

__all__ = ["SCHEMA", "Record", "complete_record", "place_record"]

SCHEMA = "tapeproof/1"


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
        pairs = self.identity or self._own_identity()
        return identity_text(pairs) if pairs else f"@{self.place}"

    def has_identifier(self) -> bool:
        """Return whether something tells it from all others: what its venue gives, or its place."""
        return bool(self.place or self.identity or self._own_identity())

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


def complete_record(record: Record, name: str, value: object) -> Record:
    """Set a member of a record that only its reader has so far, and return the record.

    Messages are read by the thousand a second, and copying all members to set one takes as long as reading most of
    them.
    """
    object.__setattr__(record, name, value)
    return record


def place_record(record: Record, delivery: str, number: int) -> Record:
    """Give a record its place, where the venue gives it no identity; return it.

    Args:
        record: A record that only its reader has so far.
        delivery: A name that the message has in each of its deliveries, and no other message has.
        number: Its place in the message.
    """
    return record if record.has_identifier() else complete_record(record, "place", f"{delivery}.{number}")
