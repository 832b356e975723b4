"""What is new in the open hours: the runs of entries that the sealer appends next, and the hours it closes.

The sealer does not trust the table: a run ends where an item does not continue the lane, in its link or in its form.
The log then says so in a BROKEN leaf, and takes nothing more from that lane: its writer meets the stranger's item too,
and opens another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.log.control import Run, heads_root
from tapeproof.log.entry import LANE_NAME, entry_hash, genesis, hour_of
from tapeproof.log.errors import MalformedEntryError
from tapeproof.log.head import Cursor, Head
from tapeproof.log.hours import next_hour
from tapeproof.log.layout import read_decisions
from tapeproof.log.rounds import HOUR_DIGITS, Round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.log.table import AuditTable, StoredEntry

__all__ = ["Broken", "Closing", "Gathered", "Limits", "gather"]

LOOK_BACK_HOURS = 48
"""How far a sealer that never ran looks for the log's first entries."""
MAX_BROKEN = 15
"""Lanes that one batch closes because they are broken: each takes a leaf, and a transaction has 100 items."""
_MAX_CLOSINGS = 40
_RUN_BYTES = 28
"""What a run takes in the SEAL leaf beside its lane: brackets, quotes, commas, two numbers."""
_SHOWN = 120
_LEAST_LANES = 100
"""Lanes that every batch looks at, however late it is, so that each gets on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one batch takes; it must fit into memory, and its runs into one SEAL leaf.

    Attributes:
        entries: Entries.
        runs: Runs.
        run_bytes: Bytes of the runs in the SEAL leaf, which must stay under the 65,535 of an entry bundle.
        lane_entries: Entries of one lane: one that is written faster than it is sealed holds no other up.
    """

    entries: int = 20_000
    runs: int = 700
    run_bytes: int = 45_000
    lane_entries: int = 5_000


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed hour's sums."""

    epoch: str
    lanes: int
    entries: int
    heads: str


class Broken(NamedTuple):
    """Where a lane is closed because its next item does not continue it.

    Attributes:
        lane: The lane.
        seq: The sequence that the next entry should have.
        why: A code: ``form``, ``hash``, ``link`` or ``sort key``.
        hash: Hash of the item's bytes, in hex.
    """

    lane: str
    seq: int
    why: str
    hash: str


@dataclass(slots=True)
class Gathered:
    """What one batch appends.

    Attributes:
        entries: The entries' bytes, run by run.
        runs: The runs.
        closings: Hours that end.
        broken: Lanes that are closed because they are not continued.
        alien: Names on an hour's list that are no lane of the hour.
        cursors: The open hours' cursors after the batch.
        closed: The latest closed hour after the batch.
        more: Whether there was more than the limits let through, or not all was looked at.
        place: How far the round came, where there was more.
        run_bytes: What the runs take in the SEAL leaf.
    """

    entries: list[bytes] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    alien: list[str] = field(default_factory=list)
    cursors: dict[str, dict[str, Cursor]] = field(default_factory=dict)
    closed: str = ""
    more: bool = False
    place: list[str] = field(default_factory=list)
    run_bytes: int = 0

    def full(self, limits: Limits) -> bool:
        """Return whether nothing more fits into the batch."""
        most_runs = len(self.runs) >= limits.runs or self.run_bytes >= limits.run_bytes
        return most_runs or len(self.entries) >= limits.entries


def gather(
    table: AuditTable, head: Head, origin: str, now: int, limits: Limits, *, way: Round | None = None
) -> Gathered:
    """Return the next batch.

    Args:
        table: The audit table.
        head: The state of the log.
        origin: The log's origin.
        now: Nanoseconds since 1970.
        limits: How much to take.
        way: How far the run has come, which goes on.
    """
    way = way or Round(now)
    found = Gathered(closed=head.closed or _before_first(table, now))
    hours = list(_open_hours(found.closed, max([hour_of(now), *head.cursors])))
    near = _select_near(hours, way)
    unread_lanes = way.list_unread(_list_lanes(table, near, found))
    cursors = {hour: dict(head.cursors.get(hour, {})) for hour in hours}
    unread = Counter(lane[:HOUR_DIGITS] for lane in unread_lanes)
    for number, lane in enumerate(unread_lanes):
        hour = lane[:HOUR_DIGITS]
        if found.full(limits) or (number >= _LEAST_LANES and way.is_late()):
            break
        if _read_listed(table, lane, cursors[hour], origin=origin, found=found, limits=limits):
            way.pass_lane(lane)
            unread[hour] -= 1
        elif found.full(limits) or len(found.broken) >= MAX_BROKEN:
            break
        else:
            way.leave_lane(lane)
    found.more = any(unread.values()) or len(near) < len(hours)
    for hour in hours:
        _close_or_keep(hour, cursors[hour], found, complete=hour in near and way.is_over(hour) and not unread[hour])
    found.place = way.place() if found.more else []
    return found


def _select_near(hours: list[str], way: Round) -> list[str]:
    """Return the hours whose lanes a batch looks at: no more that are over than it can close, and all that go on.

    A log that paused for a season has thousands of hours to close, and to list them all takes longer than a run has.
    """
    return [*hours[:_MAX_CLOSINGS], *(hour for hour in hours[_MAX_CLOSINGS:] if not way.is_over(hour))]


def _list_lanes(table: AuditTable, hours: Iterable[str], found: Gathered) -> list[str]:
    """Return the hours' lanes in order; what is on a list and is no lane of the hour is named apart."""
    lanes: list[str] = []
    for hour in hours:
        for lane in table.lanes(hour):
            is_lane = LANE_NAME.fullmatch(lane) and lane.startswith(f"{hour}.")
            (lanes if is_lane else found.alien).append(lane if is_lane else lane[:_SHOWN])
    return lanes


def _close_or_keep(hour: str, lanes: dict[str, Cursor], found: Gathered, *, complete: bool) -> None:
    """Close an hour whose lanes were all read to their ends when it was over; keep how far any other is read."""
    due = complete and found.closed == next_hour(hour, -1)
    if due and len(found.closings) < _MAX_CLOSINGS:
        found.closings.append(_build_closing(hour, lanes))
        found.closed = hour
    else:
        found.cursors[hour] = lanes
        found.more = found.more or due


def _open_hours(closed: str, last: str) -> Iterator[str]:
    """Yield the hours after the closed ones, up to the last that any sealer saw: this one's clock may be behind."""
    hour = next_hour(closed)
    while hour <= last:
        yield hour
        hour = next_hour(hour)


def _before_first(table: AuditTable, now: int) -> str:
    hour, last = next_hour(hour_of(now), -LOOK_BACK_HOURS), hour_of(now)
    while hour < last and not table.lanes(hour):
        hour = next_hour(hour)
    return next_hour(hour, -1)


def _read_listed(
    table: AuditTable, lane: str, lanes: dict[str, Cursor], *, origin: str, found: Gathered, limits: Limits
) -> bool:
    """Take what is new in a lane; return whether that is all of it."""
    room = min(limits.entries - len(found.entries), limits.lane_entries)
    cursor = lanes.get(lane, Cursor(0, bytes.fromhex(genesis(origin, lane))))
    if cursor.broken:
        return True
    if len(found.broken) >= MAX_BROKEN:
        return False
    entries, last, broken = _read_lane(table, lane, cursor, room)
    if entries:
        found.runs.append(Run(lane, cursor.entries, len(entries)))
        found.run_bytes += len(lane) + _RUN_BYTES
        found.entries.extend(entries)
        lanes[lane] = Cursor(cursor.entries + len(entries), last)
    if broken:
        found.broken.append(broken)
        lanes[lane] = Cursor(broken.seq, last, broken=True)
    return bool(broken) or len(entries) < room


def _read_lane(table: AuditTable, lane: str, cursor: Cursor, room: int) -> tuple[list[bytes], bytes, Broken | None]:
    entries: list[bytes] = []
    last = cursor.last
    for item in table.entries(lane, cursor.entries, room):
        sequence, digest = cursor.entries + len(entries), entry_hash(item.data)
        why = _fault(item, lane, sequence, last, digest)
        if why:
            return entries, last, Broken(lane, sequence, why, digest.hex())
        entries.append(item.data)
        last = digest
    return entries, last, None


def _fault(item: StoredEntry, lane: str, sequence: int, last: bytes, digest: bytes) -> str:
    """Return why an item does not continue a lane, as a code; nothing when it does."""
    if item.sk != f"{sequence:010d}":
        return "sort key"
    if not item.data.startswith(f'{{"_lane":"{lane}","_prev":"{last.hex()}","_seq":{sequence},'.encode()):
        return "link"
    if digest != item.digest:
        return "hash"
    try:
        read_decisions(item.data, lane.encode())
    except MalformedEntryError:
        return "form"
    return ""


def _build_closing(hour: str, lanes: dict[str, Cursor]) -> Closing:
    sealed = {lane: cursor for lane, cursor in lanes.items() if cursor.entries}
    heads = heads_root((lane, cursor.entries, cursor.last) for lane, cursor in sealed.items())
    return Closing(hour, len(sealed), sum(cursor.entries for cursor in sealed.values()), heads)
