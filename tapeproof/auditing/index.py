"""Finding an event's leaf in an export in a few milliseconds: making its index of events, and doing without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.log.errors import AuditError
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree
from tapeproof.verifier.events import EVENTS, EventIndex, events_of, rows_of, sort_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["event_rows", "index_events"]

_MOST_MISSING = 4_096


def index_events(root: Path, size: int, scratch: Path, target: Path | None = None) -> int:
    """Write the index of an export's entry bundles; return the number of rows.

    Args:
        root: The export.
        size: Leaves of the log.
        scratch: An empty folder.
        target: Where it is written; by default where an export has it.
    """
    index = EventIndex(scratch)
    for first, bundle in _bundles(root, size):
        index.add(sort_rows(rows_of(bundle, first)))
    return index.write(target or root / EVENTS)


def event_rows(root: Path, size: int) -> Iterator[tuple[str, int]]:
    """Yield event ids and natural keys of the published entries, each with its leaf."""
    for first, bundle in _bundles(root, size):
        for leaf, data in enumerate(bundle, first):
            for event in events_of(data):
                yield event.decode(errors="replace"), leaf


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
