"""The index of events of an export: a row for each event id and natural key of the published entries, sorted.

It is only a way to look things up; what it leads to is proved by itself. A row has 16 bytes: the first eight of the
SHA-256 of an event id or natural key, and the leaf's index, both so that rows sort as bytes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from tapeproof.log.control import is_control
from tapeproof.log.entry import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["EVENTS", "ROW_BYTES", "EventIndex", "Rows", "event_digest", "events_of", "rows_of", "sort_rows"]

EVENTS = "events.idx"
ROW_BYTES = 16
_BUCKETS = 64
_STARTS = [bytes([bucket * 256 // _BUCKETS]) for bucket in range(1, _BUCKETS)]
_FLUSH_BYTES = 1 << 20
_USUAL = re.compile(
    rb'\{"_lane":"[^"\\]*+","_prev":"[0-9a-f]{64}","_seq":[0-9]++,"act":"(?!BATCH")[^"\\]*+",'
    rb'"evt":"([^"\\]*+)","fn":"[^"\\]*+","key":"([^"\\]*+)",'
)
"""How an entry of one decision begins, unless it is its lane's first."""
_UNESCAPED = re.compile(_USUAL.pattern.replace(rb'[^"\\]', rb'[^"]'))
"""The same of entries without any escape, which takes a third of the time."""
Rows = tuple[bytes, ...]
"""Sorted rows of some leaves: those of each bucket one after the other."""


def event_digest(event: str) -> bytes:
    """Return the eight bytes under which an event id or natural key is indexed."""
    return sha256(event.encode(errors="replace")).digest()[:8]


def rows_of(entries: list[bytes], first: int) -> list[bytes]:
    """Return the rows of consecutive published entries, each once, in no order.

    Args:
        entries: The entries.
        first: Leaf of the first.
    """
    rows: list[bytes] = []
    usual = _USUAL if b"\\" in b"".join(entries) else _UNESCAPED
    for data, match, number in zip(entries, map(usual.match, entries), count(first), strict=False):
        leaf = number.to_bytes(8, "big")
        if match is None:
            rows.extend({sha256(event).digest()[:8] + leaf for event in events_of(data)})
            continue
        event, key = match.groups()
        rows.append(sha256(event).digest()[:8] + leaf)
        if key != event:
            rows.append(sha256(key).digest()[:8] + leaf)
    return rows


def sort_rows(rows: list[bytes]) -> Rows:
    """Sort rows, and return those of each bucket."""
    rows.sort()
    ends = [bisect_left(rows, start) for start in _STARTS]
    return tuple([b"".join(rows[low:high]) for low, high in zip([0, *ends], [*ends, len(rows)], strict=True)])


def events_of(data: bytes) -> tuple[bytes, ...] | list[bytes]:
    """Return the event ids and natural keys of an entry; whether it has the form of one is not asked here."""
    match = _USUAL.match(data)
    if match:
        return match.groups()
    if is_control(data):
        return ()
    try:
        fields = json.loads(data)
        decisions = fields["items"] if fields["act"] == BATCH else [fields]
        return [str(one[name]).encode() for one in decisions for name in ("evt", "key")]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()


class EventIndex:
    """An index that is made of the rows of leaves that come in any order, mostly on disk.

    Args:
        scratch: A folder for it alone; made when it is missing.
    """

    def __init__(self, scratch: Path) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._scratch = scratch
        self._held: list[list[bytes]] = [[] for _ in range(_BUCKETS)]
        self._bytes = 0

    def add(self, rows: Rows) -> None:
        """Take the rows of some leaves."""
        for held, found in zip(self._held, rows, strict=False):
            if found:
                held.append(found)
                self._bytes += len(found)
        if self._bytes >= _FLUSH_BYTES:
            self._flush()

    def write(self, target: Path) -> int:
        """Write the index; return the number of rows."""
        length = 0
        with target.open("wb") as file:
            for rows in self._buckets():
                length += file.write(rows)
        return length // ROW_BYTES

    def is_same(self, path: Path) -> bool:
        """Return whether a file is this index."""
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return all(file.read(len(rows)) == rows for rows in self._buckets()) and not file.read(1)

    def _flush(self) -> None:
        for bucket, held in enumerate(self._held):
            if held:
                with (self._scratch / str(bucket)).open("ab") as file:
                    file.write(b"".join(held))
                held.clear()
        self._bytes = 0

    def _buckets(self) -> Iterator[bytes]:
        for bucket, held in enumerate(self._held):
            path = self._scratch / str(bucket)
            data = (path.read_bytes() if path.exists() else b"") + b"".join(held)
            yield b"".join(sorted([data[at : at + ROW_BYTES] for at in range(0, len(data), ROW_BYTES)]))
