"""Leaf hashes on disk, the tree above them, and how the published tiles compare.

Hashes are recomputed from the table's entries and written to a file at 32 bytes times the leaf's index, by as many
processes as there are; 32 zero bytes are a hole. Levels above leaf tiles are files of the same form, so a tree of any
size is checked in constant memory.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import HASH_BYTES, leaf_hashes, perfect_roots
from tapeproof.log.objects import MAX_OBJECT_BYTES, read_regular
from tapeproof.log.tiles import TILE_WIDTH, Tree, entries_path, tile_path, unpack_bundle, width_of
from tapeproof.verifier.events import rows_of, sort_rows
from tapeproof.verifier.folder import allocated_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.verifier.events import Rows

__all__ = [
    "HOLE",
    "GatheredLeaves",
    "LeafFile",
    "LeafRows",
    "LeafSink",
    "TileCheck",
    "TileRows",
    "TileTask",
    "bundle_row",
    "check_tiles",
    "leaf_room",
    "levels_tree",
    "published_row",
]

HOLE = bytes(HASH_BYTES)
_LEAST_ENTRY = 2
_MOST_HELD = 2_048
"""Hashes that are held before they are written, and those of one more chunk of entries."""
_TILES_AT_ONCE = 16


class LeafFile:
    """Hashes at their index in a file.

    Args:
        path: The file; made when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)

    def write(self, index: int, hashes: bytes) -> None:
        """Write consecutive hashes from an index on.

        Raises:
            OSError: There is no room for all of them; what was not written would count as never recomputed.
        """
        if os.pwrite(self._fd, hashes, index * HASH_BYTES) != len(hashes):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def read(self, index: int, count: int) -> bytes:
        """Return consecutive hashes; what was never written is holes."""
        data = os.pread(self._fd, count * HASH_BYTES, index * HASH_BYTES)
        return data + bytes(count * HASH_BYTES - len(data))


class GatheredLeaves:
    """Hands hashes on to a leaf file, at once those that follow one another: a write costs more than what it writes.

    Args:
        file: The leaf file.
    """

    def __init__(self, file: LeafFile) -> None:
        self._file, self._held = file, list[bytes]()
        self._first = self._next = 0

    def write(self, index: int, hashes: bytes) -> None:
        """Take consecutive hashes from an index on."""
        if index != self._next or index - self._first >= _MOST_HELD:
            self.flush()
            self._first = index
        self._held.append(hashes)
        self._next = index + len(hashes) // HASH_BYTES

    def flush(self) -> None:
        """Hand on what is held.

        Raises:
            OSError: There is no room for it.
        """
        if self._held:
            self._file.write(self._first, b"".join(self._held))
            self._held.clear()


class LeafSink(Protocol):
    """Takes recomputed leaf hashes."""

    def write(self, index: int, hashes: bytes) -> None:
        """Take consecutive hashes from an index on."""
        ...


class LeafRows(NamedTuple):
    """Consecutive leaf hashes in memory: from which leaf on, and the hashes."""

    start: int
    hashes: bytes

    def read(self, index: int, count: int) -> bytes:
        """Return consecutive hashes; beyond the end there are holes."""
        at = (index - self.start) * HASH_BYTES
        data = self.hashes[at : at + count * HASH_BYTES]
        return data + bytes(count * HASH_BYTES - len(data))


class TileTask(NamedTuple):
    """Leaf tiles for one worker to check.

    Attributes:
        root: Folder with ``tile``.
        leaves: Recomputed hashes, in a file or in memory; None when there are no entries beside the tiles.
        size: Leaves of the tree.
        first: First tile.
        tiles: Number of tiles.
        bundles: Whether entry bundles are there to be checked.
        events: Whether the rows are wanted that an index of events has of them.
    """

    root: Path
    leaves: Path | LeafRows | None
    size: int
    first: int
    tiles: int
    bundles: bool
    events: bool = False


class TileRows(NamedTuple):
    """The hashes that different sources give for a leaf tile on which they do not agree.

    Attributes:
        ours: Recomputed from the table's entries, with holes.
        candidates: Whole rows: one for each source, its holes filled from the others.
    """

    ours: bytes
    candidates: list[bytes]


class TileCheck(NamedTuple):
    """What a worker found.

    Attributes:
        first: First tile.
        roots: Roots of the published full tiles, 32 bytes each; a hole for one that is missing or damaged.
        rows: The tiles whose published hashes are damaged or not those of the entries.
        events: The rows of the index of events.
    """

    first: int
    roots: bytes
    rows: dict[int, TileRows]
    events: Rows = ()


def leaf_room(root: Path) -> int:
    """Return how many leaves the published tiles in a folder have room for, however large a tree a note claims."""
    return sum(
        min(TILE_WIDTH, allocated_size(Path(place) / name) // least)
        for kind, least in (("0", HASH_BYTES), ("entries", _LEAST_ENTRY))
        for place, _, names in os.walk(root / "tile" / kind)
        for name in names
    )


def check_tiles(task: TileTask) -> TileCheck:
    """Compare published leaf tiles with recomputed hashes, and entry bundles with both."""
    leaves = LeafFile(task.leaves) if isinstance(task.leaves, os.PathLike) else task.leaves
    full, rows = list[bytes](), dict[int, TileRows]()
    events: list[bytes] = []
    try:
        for tile in range(task.first, task.first + task.tiles):
            width = width_of(task.size, 0, tile)
            theirs = published_row(task.root, tile, width)
            ours = leaves.read(tile * TILE_WIDTH, width) if leaves else bytes(width * HASH_BYTES)
            entries = _read_bundle(task.root, tile, width) if task.bundles else []
            bundled = _hash_row(entries, width) if task.bundles else theirs
            if task.events and len(entries) == width:
                events += rows_of(entries, tile * TILE_WIDTH)
            agreed = ours == theirs or _fill(ours, theirs) == theirs
            if not agreed or theirs != bundled or HOLE in theirs:
                rows[tile] = TileRows(ours, _candidates(ours, theirs, bundled))
            if width == TILE_WIDTH:
                full.append(theirs)
    finally:
        if isinstance(leaves, LeafFile):
            leaves.close()
    return TileCheck(task.first, _roots_of(full), rows, sort_rows(events) if task.events else ())


def _roots_of(rows: list[bytes]) -> bytes:
    """Return the roots of full tiles, a few tiles at a time: a level of one alone is soon too short to be worth it."""
    parts = (rows[at : at + _TILES_AT_ONCE] for at in range(0, len(rows), _TILES_AT_ONCE))
    return b"".join([perfect_roots(b"".join(part), len(part)) for part in parts])


def published_row(root: Path, tile: int, width: int) -> bytes:
    """Return the hashes of a published leaf tile, holes where it is missing, cut off or too long."""
    for candidate in (width, TILE_WIDTH):
        data = read_regular(f"{root}/{tile_path(0, tile, candidate)}", candidate * HASH_BYTES)
        if data is None:
            continue
        if len(data) > candidate * HASH_BYTES:
            break
        whole = data[: min(len(data) // HASH_BYTES, width) * HASH_BYTES]
        return whole + bytes(width * HASH_BYTES - len(whole))
    return bytes(width * HASH_BYTES)


def bundle_row(root: Path, tile: int, width: int) -> bytes:
    """Return the hashes of a published bundle's entries, holes where it is missing, cut off or too long."""
    return _hash_row(_read_bundle(root, tile, width), width)


def _read_bundle(root: Path, tile: int, width: int) -> list[bytes]:
    for candidate in (width, TILE_WIDTH):
        data = read_regular(root / entries_path(tile, candidate), MAX_OBJECT_BYTES)
        if data is None:
            continue
        with suppress(AuditError):
            found = unpack_bundle(data)
            return found[:width] if len(found) <= candidate else []
        break
    return []


def _hash_row(entries: list[bytes], width: int) -> bytes:
    digests = b"".join(leaf_hashes(entries))
    return digests + bytes(width * HASH_BYTES - len(digests))


def _candidates(ours: bytes, theirs: bytes, bundled: bytes) -> list[bytes]:
    rows = [_fill(theirs, bundled, ours), _fill(bundled, theirs, ours), _fill(ours, theirs, bundled)]
    return list(dict.fromkeys(rows))


def _fill(row: bytes, *others: bytes) -> bytes:
    """Return a row whose holes are filled from others, in their order."""
    for other in others:
        if row == other or HOLE not in row:
            continue
        steps = range(0, len(row), HASH_BYTES)
        pairs = ((row[at : at + HASH_BYTES], other[at : at + HASH_BYTES]) for at in steps)
        row = b"".join([there if mine == HOLE else mine for mine, there in pairs])
    return row


def levels_tree(
    read: Callable[[int, int, int], bytes], size: int, nodes: dict[tuple[int, int], bytes] | None = None
) -> Tree:
    """Return a tree over hashes that ``read(level, index, count)`` gives, without a tile on disk."""

    def fetch(path: str) -> bytes | None:
        _, level, number = path.split("/", 2)
        index, _, width = number.partition(".p/")
        digits = "".join(part.removeprefix("x") for part in index.split("/"))
        return read(int(level), int(digits) * TILE_WIDTH, int(width or TILE_WIDTH))

    return Tree(fetch, size, nodes)
