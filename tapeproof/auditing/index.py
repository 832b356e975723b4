"""Finding an event's leaf in an export in a few milliseconds: a sorted file of digests and leaf indexes.

It is only a way to look things up; what it leads to is proved by itself. A row has 16 bytes: the first eight of the
SHA-256 of an event id or natural key, and the leaf's index, both so that rows sort as bytes.
"""

from __future__ import annotations

import filecmp
import json
from hashlib import sha256
from typing import TYPE_CHECKING

from tapeproof.log.control import is_control
from tapeproof.log.entry import BATCH
from tapeproof.log.errors import AuditError
from tapeproof.log.layout import PLAIN
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
    for event, leaf in event_rows(root, size):
        row = event_digest(event) + leaf.to_bytes(8, "big")
        bucket = row[0] * _BUCKETS >> 8
        buckets[bucket].append(row)
        if len(buckets[bucket]) >= _FLUSH_ROWS:
            _flush(scratch, bucket, buckets[bucket])
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
    tree = Tree(Folder(root).get, size)
    missing = 0
    for tile in range(-(-size // TILE_WIDTH)):
        try:
            bundle = tree.bundle(tile)
        except AuditError:
            missing += 1
            if missing > _MOST_MISSING:  # the size is only claimed
                return
            continue
        for leaf, data in enumerate(bundle, tile * TILE_WIDTH):
            for event in _events(data):
                yield event, leaf


def _events(data: bytes) -> Iterator[str]:
    if is_control(data):
        return
    match = PLAIN.fullmatch(data, data.find(b'","_seq":'))
    if match:
        yield match["evt"].decode()
        yield match["key"].decode()
        return
    try:
        fields = json.loads(data)
        for one in fields["items"] if fields["act"] == BATCH else [fields]:
            yield str(one["evt"])
            yield str(one["key"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return
