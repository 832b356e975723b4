"""Copying what a sealer published, as far as it is there: a stranger's checkpoint may claim a tree of any size."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from tapeproof.log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from tapeproof.log.errors import AuditError
from tapeproof.log.note import VerifierKey, parse_note
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, entries_path, tile_path, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.log.objects import Objects

__all__ = ["copy_tiles", "size_of"]

_FETCHERS = 16
_BATCH, _LEVELS = 2_048, 8


def size_of(notes: list[bytes], keys: list[str]) -> int:
    """Return the size that the first checkpoint has which a key signed, or else the first that is readable; or 0."""
    known: list[VerifierKey] = []
    for key in keys:
        with suppress(AuditError):
            known.append(VerifierKey.parse(key))

    def open_signed(note: bytes) -> Checkpoint:
        return open_checkpoint(note, known)[0]

    def read_claimed(note: bytes) -> Checkpoint:
        return parse_checkpoint(parse_note(note).text)

    for read in (open_signed, read_claimed):
        for note in notes:
            with suppress(AuditError):
                return read(note).size
    return 0


def copy_tiles(
    objects: Objects, target: Path, size: int, *, bundles: bool, progress: Callable[[str, int], None]
) -> int:
    """Copy the tiles of a tree into a folder; return how many there were.

    Args:
        objects: Where they are.
        target: The folder.
        size: Leaves of the tree.
        bundles: Entry bundles too.
        progress: Told a stage's name and a count.
    """
    folder, count = Folder(target), 0

    def copy(paths: tuple[str, str]) -> int:
        for path in paths:
            data = objects.get(path)
            if data is not None:
                folder.put(path, data)
                return 1
        return 0

    with ThreadPoolExecutor(_FETCHERS) as pool:
        for level in range(_LEVELS):
            paths = _paths(size, level, bundles=bundles)
            while found := sum(pool.map(copy, islice(paths, _BATCH))):
                count += found
                progress("tiles", count)
    return count


def _paths(size: int, level: int, *, bundles: bool) -> Iterator[tuple[str, str]]:
    """Yield the paths at which a level's tiles, and the bundles beside leaf tiles, may be."""
    for index in range(-(-(size >> 8 * level) // TILE_WIDTH)):
        width = width_of(size, level, index)
        yield tile_path(level, index, width), tile_path(level, index)
        if bundles and level == 0:
            yield entries_path(index, width), entries_path(index)
