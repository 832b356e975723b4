"""What is new in the open hours: the runs of entries that the sealer appends next, and the hours it closes.

The sealer does not trust the table: a run ends where an entry does not link to the one before it, and the log itself
then says so in the SEAL leaf's ``broken``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tapeproof.log.control import Run, heads_root
from tapeproof.log.entry import LANE_NAME, entry_hash, genesis, hour_of
from tapeproof.log.head import Cursor, Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.log.table import AuditTable

__all__ = ["Closing", "Gathered", "Limits", "gather", "hour_seconds", "next_hour"]

_SECOND = 10**9
_HOUR = 3_600
_HOUR_NAME = re.compile(r"\d{10}", re.ASCII)
GRACE_SECONDS = 20 * 60
"""After an hour's end: a function may run for 15 minutes and retry one write for 10, and clocks differ."""
LOOK_BACK_HOURS = 48
"""How far a sealer that never ran looks for the log's first entries."""
MAX_LEAF_BYTES = 65_535
"""What an entry may have in a C2SP tlog-tiles entry bundle."""
_MAX_CLOSINGS = 40
_RUN_BYTES = 28
"""What a run takes in the SEAL leaf beside its lane: brackets, quotes, commas, two numbers."""
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one batch takes; it must fit into memory, and its runs into one SEAL leaf.

    Attributes:
        entries: Entries.
        runs: Runs.
        run_bytes: Bytes of the runs in the SEAL leaf, which must stay under the 65,535 of an entry bundle.
    """

    entries: int = 20_000
    runs: int = 700
    run_bytes: int = 45_000


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed hour's sums."""

    epoch: str
    lanes: int
    entries: int
    heads: str


@dataclass(slots=True)
class Gathered:
    """What one batch appends.

    Attributes:
        entries: The entries' bytes, run by run.
        runs: The runs.
        closings: Hours that end.
        broken: Lane, sequence and reason where a chain does not go on.
        cursors: The open hours' cursors after the batch.
        closed: The latest closed hour after the batch.
        more: Whether there was more than the limits let through.
        run_bytes: What the runs take in the SEAL leaf.
    """

    entries: list[bytes] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    broken: list[tuple[str, int, str]] = field(default_factory=list)
    cursors: dict[str, dict[str, Cursor]] = field(default_factory=dict)
    closed: str = ""
    more: bool = False
    run_bytes: int = 0

    def full(self, limits: Limits) -> bool:
        """Return whether nothing more fits into the batch."""
        most_runs = len(self.runs) >= limits.runs or self.run_bytes >= limits.run_bytes
        return most_runs or len(self.entries) >= limits.entries


def next_hour(hour: str, step: int = 1) -> str:
    """Return the hour ``step`` after an hour, both ``yyyymmddhh``."""
    return hour_of((hour_seconds(hour) + step * _HOUR) * _SECOND)


def hour_seconds(hour: str) -> int:
    """Return the start of an hour, seconds since 1970.

    Raises:
        ValueError: It is no hour.
    """
    if not _HOUR_NAME.fullmatch(hour):
        raise ValueError(f"{hour[:20]!r} is no hour yyyymmddhh")
    start = datetime(int(hour[:4]), int(hour[4:6]), int(hour[6:8]), int(hour[8:]), tzinfo=UTC)
    return int(start.timestamp())


def gather(table: AuditTable, head: Head, origin: str, now: int, limits: Limits) -> Gathered:
    """Return the next batch.

    Args:
        table: The audit table.
        head: The state of the log.
        origin: The log's origin.
        now: Nanoseconds since 1970.
        limits: How much to take.
    """
    found = Gathered(closed=head.closed or _before_first(table, now))
    for hour in _open_hours(found.closed, now):
        lanes = dict(head.cursors.get(hour, {}))
        complete = _read_hour(table, hour, lanes, origin=origin, found=found, limits=limits)
        ended = now >= (hour_seconds(hour) + _HOUR + GRACE_SECONDS) * _SECOND
        in_order = found.closed == next_hour(hour, -1)
        if complete and ended and in_order and len(found.closings) < _MAX_CLOSINGS:
            found.closings.append(_closing(hour, lanes))
            found.closed = hour
        else:
            found.cursors[hour] = lanes
            found.more = found.more or (complete and ended and in_order)
    return found


def _open_hours(closed: str, now: int) -> Iterator[str]:
    hour, last = next_hour(closed), hour_of(now)
    while hour <= last:
        yield hour
        hour = next_hour(hour)


def _before_first(table: AuditTable, now: int) -> str:
    hour, last = next_hour(hour_of(now), -LOOK_BACK_HOURS), hour_of(now)
    while hour < last and not table.lanes(hour):
        hour = next_hour(hour)
    return next_hour(hour, -1)


def _read_hour(
    table: AuditTable, hour: str, lanes: dict[str, Cursor], *, origin: str, found: Gathered, limits: Limits
) -> bool:
    for lane in table.lanes(hour):
        if found.full(limits):
            found.more = True
            return False
        if not LANE_NAME.fullmatch(lane) or not lane.startswith(f"{hour}."):
            found.broken.append((lane[:_SHOWN], 0, "the hour's list has a name that is no lane of the hour"))
            continue
        room = limits.entries - len(found.entries)
        cursor = lanes.get(lane, Cursor(0, bytes.fromhex(genesis(origin, lane))))
        entries, last, why = _read_lane(table, lane, cursor, room)
        if entries:
            found.runs.append(Run(lane, cursor.entries, len(entries)))
            found.run_bytes += len(lane) + _RUN_BYTES
            found.entries.extend(entries)
            lanes[lane] = Cursor(cursor.entries + len(entries), last)
        if why:
            found.broken.append((lane, cursor.entries + len(entries), why))
        elif len(entries) == room:
            found.more = True
            return False
    return True


def _read_lane(table: AuditTable, lane: str, cursor: Cursor, room: int) -> tuple[list[bytes], bytes, str]:
    entries: list[bytes] = []
    last = cursor.last
    for item in table.entries(lane, cursor.entries, room):
        sequence = cursor.entries + len(entries)
        if item.sk != f"{sequence:010d}":
            return entries, last, f"the next item has the sort key {item.sk[:40]!r}"
        head = f'{{"_lane":"{lane}","_prev":"{last.hex()}","_seq":{sequence},'
        if not item.data.startswith(head.encode()):
            return entries, last, "the entry does not link to the one before it"
        if len(item.data) > MAX_LEAF_BYTES:
            return entries, last, "the entry is longer than any writer makes it"
        digest = entry_hash(item.data)
        if digest != item.digest:
            return entries, last, "the hash stored beside the entry is not the entry's"
        entries.append(item.data)
        last = digest
    return entries, last, ""


def _closing(hour: str, lanes: dict[str, Cursor]) -> Closing:
    heads = heads_root((lane, cursor.entries, cursor.last) for lane, cursor in lanes.items())
    return Closing(hour, len(lanes), sum(cursor.entries for cursor in lanes.values()), heads)
