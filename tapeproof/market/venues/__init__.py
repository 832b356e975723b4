"""The venues: one file here reads the messages of one exchange.

A venue module has three names, and is found by its file name:

``CONTIGUOUS``
    The record types whose venue sequence rises by exactly one per symbol, so that a jump is a gap.
``HINTS``
    (text, record type) pairs that tell the route of a message that does not parse.
``parse(message, origin)``
    Turns one decoded message into records, or raises a :class:`~tapeproof.market.errors.Rejection`. An entry of a
    list that does not fit may stand among the records as its rejection; the others are kept.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from tapeproof.market.errors import Rejection, UnknownVenueError, describe_value
from tapeproof.market.fields import MAX_NS
from tapeproof.market.model import (
    DETAIL_TYPES,
    Origin,
    Record,
    RecordType,
    complete_record,
    delivery_name,
    place_record,
    without_empty_sides,
)
from tapeproof.market.numbering import Numbering
from tapeproof.market.wire import Json, decode

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Delivered", "Parsed", "Venue", "contiguous", "count", "detail_type", "names", "parse", "read"]

MAX_RECORDS = 2_000
"""Records that one message may become: one transaction holds 98."""


class Delivered(NamedTuple):
    """A native message as its publisher handed it over.

    Attributes:
        raw: The message exactly as received.
        received_ns: When it was received, nanoseconds since 1970 UTC.
        delivery: The publisher's name of the delivery, the same when it is repeated; made of the rest when empty.
        request: What was asked or subscribed, where the message does not name its symbol.
        connection: The publisher's name of the connection.
    """

    raw: str
    received_ns: int
    delivery: str = ""
    request: str = ""
    connection: str = ""


class Parsed(NamedTuple):
    """What became of a message: its records, and the parts of it that were rejected."""

    records: list[Record]
    rejections: list[Rejection]


class Venue(Protocol):
    """What a venue module offers."""

    CONTIGUOUS: frozenset[RecordType]
    HINTS: tuple[tuple[str, RecordType], ...]

    def parse(self, message: Json, origin: Origin) -> Sequence[Record | Rejection]:
        """Return the records of one decoded message."""
        ...


_loaded: dict[str, Venue] = {}


@functools.cache
def names() -> tuple[str, ...]:
    """Return the venues that have a module, sorted; a hyphen in a name is an underscore in the file's."""
    files = (info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return tuple(sorted(name.replace("_", "-") for name in files))


def _venue(name: str) -> Venue:
    if (venue := _loaded.get(name)) is None:
        # Names come from events: only a file that is here is ever imported.
        if name not in names():
            raise UnknownVenueError(name)
        venue = _loaded[name] = cast("Venue", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))
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
    parsed = read(venue, Delivered(raw, received_ns))
    if parsed.rejections:
        raise parsed.rejections[0]
    return parsed.records


def read(venue: str, delivered: Delivered) -> Parsed:
    """Return the records of one message, and which parts of it do not fit.

    Args:
        venue: The exchange, a name in :func:`names`.
        delivered: The message.

    Raises:
        UnknownVenueError: No module reads this venue's messages.
        Rejection: Nothing of the message can become a record. Nothing else is ever raised.
    """
    module = _venue(venue)
    raw, received_ns = delivered.raw, delivered.received_ns
    if not 0 <= received_ns <= MAX_NS:
        raise Rejection("bad-time", f"received_ns lies outside 1970 to 2286, got {describe_value(received_ns)}")
    bare = getattr(module, "BARE", ())
    message = raw if bare and raw.strip() in bare else decode(raw)
    found = module.parse(message, Origin(venue, received_ns, raw, delivered.request, delivered.connection))
    numbered, rejections = _sorted_out(found, module.CONTIGUOUS)
    records = _place_records(numbered, venue, delivered)
    if not records:
        raise rejections[0] if rejections else Rejection("empty-message", "the message holds nothing to record")
    # What is rejected of it is kept as well, and costs as much.
    if len(records) + len(rejections) > MAX_RECORDS:
        told = f"the message holds {len(records) + len(rejections)} records, at most {MAX_RECORDS} are kept"
        raise Rejection("too-many-records", told)
    return Parsed(records, rejections)


def _sorted_out(
    found: Sequence[Record | Rejection], contiguous_types: frozenset[RecordType]
) -> tuple[list[tuple[int, Record]], list[Rejection]]:
    """Return the records with their numbers in the message, and the rejections."""
    records: list[tuple[int, Record]] = []
    rejections: list[Rejection] = []
    for number, one in enumerate(found):
        if isinstance(one, Rejection):
            rejections.append(one)
        else:
            records.append((number, _add_numbering(without_empty_sides(one), contiguous_types)))
    return records, rejections


def _place_records(numbered: Sequence[tuple[int, Record]], venue: str, delivered: Delivered) -> list[Record]:
    """Return records with their places; the name of a message is made only where a record needs it."""
    name = delivered.delivery
    if not name and not all(record.has_identifier() for _, record in numbered):
        name = delivery_name(venue, delivered.received_ns, delivered.raw)
    return [place_record(record, name, number) for number, record in numbered]


def count(record: Record) -> Record:
    """Give a record, which only its reader has so far, its place in the count that its venue's module declares."""
    try:
        return _add_numbering(record, _venue(record.venue).CONTIGUOUS)
    except UnknownVenueError:
        return record


def _add_numbering(record: Record, contiguous_types: frozenset[RecordType]) -> Record:
    if record.numbering is not None or record.sequence is None or record.type not in contiguous_types:
        return record
    numbering = Numbering(f"{record.type}/{record.native_symbol}", record.sequence)
    return complete_record(record, "numbering", numbering)


def contiguous(record: Record) -> bool:
    """Return whether a jump in the record's number is a gap in the venue's feed."""
    return record.numbering is not None and record.numbering.role == "count"


def detail_type(venue: str, raw: str, received_ns: int = 0) -> str:
    """Return the DetailType under which a message is published: Trade, Quote, Book or Status.

    A message that does not parse gets the route its venue module guesses, one of an unknown venue gets Status.
    """
    try:
        return DETAIL_TYPES[read(venue, Delivered(raw, received_ns)).records[0].type]
    except UnknownVenueError:
        return DETAIL_TYPES["status"]
    except Rejection:
        hints = _venue(venue).HINTS
        return DETAIL_TYPES[next((kind for mark, kind in hints if mark in raw), "status")]
