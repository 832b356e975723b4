"""The venues: one file here reads the messages of one exchange.

A venue module has three names, and is found by its file name:

``CONTIGUOUS``
    The record types whose venue sequence rises by exactly one per symbol, so that a jump is a gap.
``HINTS``
    (text, record type) pairs that tell the route of a message that does not parse.
``parse(message, origin)``
    Turns one decoded message into records, or raises a :class:`~tapeproof.market.errors.Rejection`.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING, Protocol, cast

from tapeproof.market.errors import Rejection, UnknownVenueError, shown
from tapeproof.market.fields import MAX_NS
from tapeproof.market.model import DETAIL_TYPES, Origin, Record, RecordType, numbered
from tapeproof.market.wire import Json, decode

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Venue", "contiguous", "detail_type", "names", "parse"]


class Venue(Protocol):
    """What a venue module offers."""

    CONTIGUOUS: frozenset[RecordType]
    HINTS: tuple[tuple[str, RecordType], ...]

    def parse(self, message: Json, origin: Origin) -> Sequence[Record]:
        """Return the records of one decoded message."""


_loaded: dict[str, Venue] = {}


@functools.cache
def names() -> tuple[str, ...]:
    """Return the venues that have a module, sorted."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")))


def _venue(name: str) -> Venue:
    if (venue := _loaded.get(name)) is None:
        # Names come from events: only a file that is here is ever imported.
        if name not in names():
            raise UnknownVenueError(name)
        venue = _loaded[name] = cast("Venue", importlib.import_module(f"{__name__}.{name}"))
    return venue


def parse(venue: str, raw: str, received_ns: int) -> list[Record]:
    """Return the records of one message, the one that decides its route first.

    Args:
        venue: The exchange, a name in :func:`names`.
        raw: The message exactly as received.
        received_ns: When it was received, nanoseconds since 1970 UTC.

    Raises:
        UnknownVenueError: No module reads this venue's messages.
        Rejection: The message cannot become records; the reason says why. Nothing else is ever raised.
    """
    module = _venue(venue)
    if not 0 <= received_ns <= MAX_NS:
        raise Rejection("bad-time", f"received_ns lies outside 1970 to 2286, got {shown(received_ns)}")
    records = module.parse(decode(raw), Origin(venue, received_ns, raw))
    if not records:
        raise Rejection("empty-message", "the message holds nothing to record")
    return numbered(records)


def contiguous(record: Record) -> bool:
    """Return whether a jump in the record's sequence is a gap in the venue's feed."""
    if record.sequence_source != "venue":
        return False
    try:
        return record.type in _venue(record.venue).CONTIGUOUS
    except UnknownVenueError:
        return False


def detail_type(venue: str, raw: str, received_ns: int = 0) -> str:
    """Return the DetailType under which a message is published: Trade, Quote, Book or Status.

    A message that does not parse gets the route its venue module guesses, one of an unknown venue gets Status.
    """
    try:
        return DETAIL_TYPES[parse(venue, raw, received_ns)[0].type]
    except UnknownVenueError:
        return DETAIL_TYPES["status"]
    except Rejection:
        hints = _venue(venue).HINTS
        return DETAIL_TYPES[next((kind for mark, kind in hints if mark in raw), "status")]
