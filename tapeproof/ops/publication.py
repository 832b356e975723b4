"""From a captured message to the event that is published, and to what the processor must make of it.

Both sides use the same venue modules: what is expected here is what the function decides there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapeproof.market import venues
from tapeproof.market.canonical import parse_canonical
from tapeproof.market.errors import Rejection, UnknownVenueError
from tapeproof.market.model import DETAIL_TYPES
from tapeproof.ops.capture import NATIVE
from tapeproof.ops.manifest import Planned

if TYPE_CHECKING:
    from tapeproof.ops.capture import NativeMessage
    from tapeproof.ops.manifest import Fate

__all__ = ["MAX_ENTRY_BYTES", "SOURCE_PREFIX", "Publication", "prepare"]

SOURCE_PREFIX = "marketdata."
MAX_ENTRY_BYTES = 256 * 1024 - 1024
"""EventBridge takes more, but the stack's queues take messages of 256 KiB, the event's envelope included."""


@dataclass(frozen=True, slots=True)
class Publication:
    """An event that is ready to be published.

    Args:
        planned: What the manifest says about it.
        source: The event's source.
        detail: The event's detail, JSON text.
    """

    planned: Planned
    source: str
    detail: str

    @property
    def size_bytes(self) -> int:
        """Its size as EventBridge counts it: source, detail type and detail in UTF-8."""
        return sum(len(text.encode()) for text in (self.source, self.planned.detail_type, self.detail))


def prepare(n: int, message: NativeMessage) -> Publication:
    """Return the event of a message: in the `native/1` shape, unless it is a canonical detail itself.

    Args:
        n: Its number in the run.
        message: The message as the exchange sent it.
    """
    detail_type, fate, keys = _expect(message)
    return Publication(
        Planned(n, message.venue, detail_type, fate, keys),
        source=f"{SOURCE_PREFIX}{message.venue}",
        detail=_detail(message),
    )


def _detail(message: NativeMessage) -> str:
    if message.schema != NATIVE:
        return message.raw
    detail = {
        "schema": NATIVE,
        "venue": message.venue,
        "received_ns": f"{message.received_ns:019d}",
        "raw": message.raw,
    }
    return json.dumps(detail, separators=(",", ":"), ensure_ascii=False)


def _expect(message: NativeMessage) -> tuple[str, Fate, tuple[str, ...]]:
    arguments = (message.venue, message.raw, message.received_ns)
    if message.schema != NATIVE:
        return _expect_canonical(message)
    try:
        records = venues.parse(*arguments)
    except UnknownVenueError:
        return venues.detail_type(*arguments), "quarantine", ()
    except Rejection:
        return venues.detail_type(*arguments), "reject", ()
    return DETAIL_TYPES[records[0].type], "record", tuple(record.key for record in records)


def _expect_canonical(message: NativeMessage) -> tuple[str, Fate, tuple[str, ...]]:
    try:
        record = parse_canonical(json.loads(message.raw), message.received_ns)
    except Rejection:
        return DETAIL_TYPES["status"], "reject", ()
    return DETAIL_TYPES[record.type], "record", (record.key,)
