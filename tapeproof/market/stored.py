"""What the read side returns: records, and events that became none, each with the way to its audit entry."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tapeproof.market.errors import StoreError
from tapeproof.market.items import record_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.market.model import Record

__all__ = ["AuditReference", "Kept", "Stored", "reference_of", "stored_of"]


@dataclass(frozen=True, slots=True)
class AuditReference:
    """Where the audit log says what was decided.

    Attributes:
        lane: The lane that holds the entry.
        sequence: The entry's position in it.
        entry_hash: The entry's 32-byte hash.
        item: Position in a BATCH entry, else None.
    """

    lane: str
    sequence: int
    entry_hash: bytes
    item: int | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it is stored.

    Attributes:
        record: The record.
        event_id: The event that brought it; empty for the newest of a symbol.
        body: The canonical text that was hashed.
        salt: What it was hashed with; empty for the newest of a symbol.
        audit: Where the entry is.
        key: The natural key under which it is written.
    """

    record: Record
    event_id: str
    body: str
    salt: bytes
    audit: AuditReference
    key: str

    @property
    def payload_hash(self) -> str:
        """Return the hex hash that ``pay`` of the entry (or of its item) must be."""
        return hashlib.sha256(self.salt + self.body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """An event that became no record.

    Attributes:
        event_id: The event's id.
        received_ns: When it was received.
        reason: Why it became none.
        text: The event as JSON text, ready to be delivered again.
        audit: Where the entry is.
    """

    event_id: str
    received_ns: int
    reason: str
    text: str
    audit: AuditReference

    @property
    def event(self) -> Any:  # noqa: ANN401 - an event of any shape
        """Return the event."""
        return json.loads(self.text)


def stored_of(item: Mapping[str, Any], body: str) -> Stored:
    """Return the record that an item holds, given its whole body.

    Raises:
        StoreError: The item is not one that the processor wrote.
    """
    salt = bytes(item["salt"]["B"]) if "salt" in item else b""
    event_id = item["evt"]["S"] if "evt" in item else ""
    record = record_of(item, body)
    key = record.key
    if "arr" not in item and "ord" not in item and event_id:  # written before keys held the identity
        key = f"{record.type}#{record.venue}#{record.symbol}#{item['sk']['S']}"
    return Stored(record, event_id, body, salt, reference_of(item), key)


def reference_of(item: Mapping[str, Any]) -> AuditReference:
    """Return where the audit log speaks of an item.

    Raises:
        StoreError: The item does not say.
    """
    try:
        number = int(item["a_item"]["N"]) if "a_item" in item else None
        return AuditReference(item["a_lane"]["S"], int(item["a_seq"]["N"]), bytes(item["a_hash"]["B"]), number)
    except KeyError as error:
        raise StoreError(f"{item['pk']['S']} {item['sk']['S']}: no reference to an audit entry ({error})") from error
