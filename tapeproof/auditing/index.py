"""Finding an event's leaf in an export in a few milliseconds: a sorted file of digests and leaf indexes.

It is only a way to look things up; what it leads to is proved by itself. A row has 16 bytes: the first eight of the
SHA-256 of an event id or natural key, and the leaf's index, both so that rows sort as bytes.
"""

from __future__ import annotations

import filecmp
import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from tapeproof.log.control import is_control
from tapeproof.log.entry import BATCH
from tapeproof.log.errors import AuditError
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["EVENTS", "ROW_BYTES", "event_digest", "event_rows", "index_events", "same_index"]

EVENTS = "events.idx"
ROW_BYTES = 16
_BUCKETS = 64
_FLUSH_ROWS = 4_096
_MOST_MISSING = 4_096
_USUAL = re.compile(
    rb'\{"_lane":"[^"\\]*+","_prev":"[0-9a-f]{64}","_seq":[0-9]++,"act":"(?!BATCH")[^"\\]*+",'
    rb'"evt":"([^"\\]*+)","fn":"[^"\\]*+","key":"([^"\\]*+)",'
)
"""How an entry of one decision begins, unless it is its lane's first."""


def event_digest(event: str) -> bytes:
    """Return the eight bytes under which an event id or natural key is indexed."""
    return sha256(event.encode()).digest()[:8]


def index_events(root: Path, size: int, scratch: Path, target: Path | None = None) -> int:
    """Write the index of an export's entry bundles; return the number of rows.

    Args:
        root: The export.
        size: Leaves of the log.
        scratch: An empty folder.
        target: Where it is written; by default where an export has it.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    buckets: list[list[bytes]] = [[] for _ in range(_BUCKETS)]
    for rows in _rows(root, size):
        for row in rows:
            buckets[row[0] * _BUCKETS >> 8].append(row)
        for bucket, held in enumerate(buckets):
            if len(held) >= _FLUSH_ROWS:
                _flush(scratch, bucket, held)
    count = 0
    with (target or root / EVENTS).open("wb") as file:
        for bucket, held in enumerate(buckets):
            _flush(scratch, bucket, held)
            path = scratch / str(bucket)
            data = path.read_bytes() if path.exists() else b""
            rows = sorted({data[at : at + ROW_BYTES] for at in range(0, len(data), ROW_BYTES)})
            file.write(b"".join(rows))
            count += len(rows)
    return count


def same_index(root: Path, size: int, scratch: Path) -> bool:
    """Return whether an export's index is the one of its entry bundles; one without index has none to be wrong.

    Args:
        root: The export.
        size: Leaves of the log.
        scratch: An empty folder.
    """
    path = root / EVENTS
    if not path.exists():
        return True
    index_events(root, size, scratch, scratch / EVENTS)
    return path.is_file() and filecmp.cmp(path, scratch / EVENTS, shallow=False)


def _flush(scratch: Path, bucket: int, rows: list[bytes]) -> None:
    if rows:
        with (scratch / str(bucket)).open("ab") as file:
            file.write(b"".join(rows))
        rows.clear()


def event_rows(root: Path, size: int) -> Iterator[tuple[str, int]]:
    """Yield event ids and natural keys of the published entries, each with its leaf."""
    for first, bundle in _bundles(root, size):
        for leaf, data in enumerate(bundle, first):
            for event in _events(data):
                yield event.decode(errors="replace"), leaf


def _rows(root: Path, size: int) -> Iterator[list[bytes]]:
    """Yield the rows of each bundle of published entries."""
    for first, bundle in _bundles(root, size):
        places = zip(bundle, range(first, first + len(bundle)), strict=True)
        named = [(event, leaf.to_bytes(8, "big")) for data, leaf in places for event in _events(data)]
        yield [sha256(event).digest()[:8] + leaf for event, leaf in named]


def _bundles(root: Path, size: int) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the published bundles that are there, each with the leaf of its first entry."""
    tree = Tree(Folder(root).get, size)
    missing = 0
    for tile in range(-(-size // TILE_WIDTH)):
        try:
            yield tile * TILE_WIDTH, tree.bundle(tile)
        except AuditError:
            missing += 1
            if missing > _MOST_MISSING:  # the size is only claimed
                return


def _events(data: bytes) -> tuple[bytes, ...] | list[bytes]:
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
