"""Leaf hashes on disk, the tree above them, and how the published tiles compare.

Hashes are recomputed from the table's entries and written to a file at 32 bytes times the leaf's index, by as many
processes as there are; 32 zero bytes are a hole. Levels above leaf tiles are files of the same form, so a tree of any
size is checked in constant memory.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Protocol

from audit_log.errors import AuditError
from audit_log.merkle import HASH_BYTES
from audit_log.tiles import TILE_WIDTH, Tree, entries_path, tile_path, unpack_bundle, width_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "HOLE",
    "LeafFile",
    "LeafRows",
    "LeafSink",
    "TileCheck",
    "TileTask",
    "check_tiles",
    "levels_tree",
    "row_root",
]

HOLE = bytes(HASH_BYTES)
_TILE_BYTES = TILE_WIDTH * HASH_BYTES


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
        """Write consecutive hashes from an index on."""
        os.pwrite(self._fd, hashes, index * HASH_BYTES)

    def read(self, index: int, count: int) -> bytes:
        """Return consecutive hashes; what was never written is holes."""
        data = os.pread(self._fd, count * HASH_BYTES, index * HASH_BYTES)
        return data + bytes(count * HASH_BYTES - len(data))


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
    """

    root: Path
    leaves: Path | LeafRows | None
    size: int
    first: int
    tiles: int
    bundles: bool


class TileCheck(NamedTuple):
    """What a worker found.

    Attributes:
        first: First tile.
        published: Roots of the published full tiles, 32 bytes each; a hole for a tile that is missing.
        computed: Roots of the tiles recomputed from entries, holes filled from the published ones.
        differing: Leaves whose recomputed hash is not the published one.
        damaged: Tiles that are missing or have the wrong length.
        bundle_faults: Leaves whose bundled entry does not hash to the recomputed leaf, or is missing.
        rows: Recomputed hashes of tiles that differ from the published ones, are missing or damaged.
    """

    first: int
    published: bytes
    computed: bytes
    differing: list[int]
    damaged: list[int]
    bundle_faults: list[int]
    rows: dict[int, bytes]


def row_root(row: bytes) -> bytes:
    """Return the root over a row of hashes whose number is a power of two."""
    while len(row) > HASH_BYTES:
        row = b"".join([sha256(b"\1" + row[at : at + 64]).digest() for at in range(0, len(row), 64)])
    return row


def check_tiles(task: TileTask) -> TileCheck:
    """Compare published leaf tiles with recomputed hashes, and bundles with both."""
    leaves = LeafFile(task.leaves) if isinstance(task.leaves, os.PathLike) else task.leaves
    result = TileCheck(task.first, b"", b"", [], [], [], {})
    published, computed = [], []
    try:
        for tile in range(task.first, task.first + task.tiles):
            width = width_of(task.size, 0, tile)
            theirs = _published(task.root, tile, width)
            if theirs is None:
                result.damaged.append(tile)
            ours = leaves.read(tile * TILE_WIDTH, width) if leaves else b""
            known = theirs if theirs is not None else bytes(width * HASH_BYTES)
            filled = known if ours in {b"", known} else _fill(tile, ours, known, result.differing)
            if filled != theirs:
                result.rows[tile] = filled
            if width == TILE_WIDTH:
                published.append(HOLE if theirs is None else row_root(theirs))
                computed.append(published[-1] if filled == theirs else row_root(filled))
            if task.bundles:
                result.bundle_faults.extend(_bundle_faults(task.root, tile, width, filled))
    finally:
        if isinstance(leaves, LeafFile):
            leaves.close()
    return result._replace(published=b"".join(published), computed=b"".join(computed))


def _published(root: Path, tile: int, width: int) -> bytes | None:
    for candidate in (width, TILE_WIDTH):
        try:
            data = (root / tile_path(0, tile, candidate)).read_bytes()
        except OSError:
            continue
        return data[: width * HASH_BYTES] if len(data) == candidate * HASH_BYTES else None
    return None


def _fill(tile: int, ours: bytes, theirs: bytes, differing: list[int]) -> bytes:
    """Return our hashes with holes filled by theirs, and note where both exist and differ."""
    row = []
    for at in range(0, len(ours), HASH_BYTES):
        mine, other = ours[at : at + HASH_BYTES], theirs[at : at + HASH_BYTES]
        if mine not in (HOLE, other) and other != HOLE:
            differing.append(tile * TILE_WIDTH + at // HASH_BYTES)
        row.append(other if mine == HOLE else mine)
    return b"".join(row)


def _bundle_faults(root: Path, tile: int, width: int, row: bytes) -> list[int]:
    data = None
    for candidate in (width, TILE_WIDTH):
        try:
            data = (root / entries_path(tile, candidate)).read_bytes()
            break
        except OSError:
            continue
    first = tile * TILE_WIDTH
    try:
        entries = unpack_bundle(data) if data is not None else []
    except AuditError:
        entries = []
    if len(entries) < width:
        return [first]
    digests = b"".join([sha256(b"\0" + entry).digest() for entry in entries[:width]])
    if digests == row:
        return []
    return [first + at // 32 for at in range(0, len(row), 32) if digests[at : at + 32] != row[at : at + 32]]


def levels_tree(read: Callable[[int, int, int], bytes], size: int) -> Tree:
    """Return a tree over hashes that ``read(level, index, count)`` gives, without a tile on disk."""

    def fetch(path: str) -> bytes | None:
        _, level, number = path.split("/", 2)
        index, _, width = number.partition(".p/")
        digits = "".join(part.removeprefix("x") for part in index.split("/"))
        return read(int(level), int(digits) * TILE_WIDTH, int(width or TILE_WIDTH))

    return Tree(fetch, size)
