"""A log as tiles (C2SP ``tlog-tiles``): paths, entry bundles, growing a tree, and proofs read from tiles.

A tile holds up to 256 hashes of one level; level 0 has the leaf hashes, and each hash above is the root of one full
tile below. Everything is a file with a fixed name, in a folder, a bucket or behind a web server.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import HASH_BYTES, consistency_path, inclusion_path, node_hash, perfect_root, root_of, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "TILE_WIDTH",
    "MissingTileError",
    "Tree",
    "entries_path",
    "grow",
    "pack_bundle",
    "tile_path",
    "unpack_bundle",
    "width_of",
]

TILE_WIDTH = 256
_HEIGHT = 8
_MOST_NODES = 4_096
_GZIP, _MOST_BUNDLE = b"\x1f\x8b\x08", TILE_WIDTH * 65_537


class MissingTileError(AuditError):
    """A tile or bundle that the tree's size demands is not there, or has the wrong length."""


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """Return a hash tile's path; ``width`` below 256 names the partial tile of that width."""
    return f"tile/{level}/{_number(index)}{_partial(width)}"


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """Return an entry bundle's path."""
    return f"tile/entries/{_number(index)}{_partial(width)}"


def _number(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:  # noqa: PLR2004 - three digits to an element
        index //= 1000
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def _partial(width: int) -> str:
    return "" if width == TILE_WIDTH else f".p/{width}"


def width_of(size: int, level: int, index: int) -> int:
    """Return how many hashes a tile has in a tree of ``size`` leaves (0: there is no such tile)."""
    return max(0, min(TILE_WIDTH, (size >> _HEIGHT * level) - index * TILE_WIDTH))


def pack_bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries as a bundle: each after its length as a big-endian uint16."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unpack_bundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Args:
        data: The bundle, as it is or in gzip, as some logs store it.

    Raises:
        MissingTileError: The bundle ends inside an entry.
    """
    data = _inflate_bundle(data)
    entries, at, end = [], 2, len(data)
    while at <= end:
        stop = at + (data[at - 2] << 8 | data[at - 1])
        if stop > end:
            break
        entries.append(data[at:stop])
        at = stop + 2
    if at != end + 2:
        raise MissingTileError(f"the entry bundle is cut off at byte {at - 2} of {end}")
    return entries


def _inflate_bundle(data: bytes) -> bytes:
    """Return a bundle that was stored in gzip (RFC 1952) as it was before; of a bomb only the beginning."""
    if not data.startswith(_GZIP):
        return data
    member = zlib.decompressobj(31)
    try:
        plain = member.decompress(data, _MOST_BUNDLE)
    except zlib.error:  # a first entry of 8,075 bytes begins alike
        return data
    return plain if member.eof and not member.unused_data else data


def grow(
    fetch: Callable[[str], bytes | None], size: int, leaves: Sequence[bytes], entries: Sequence[bytes] | None
) -> dict[str, bytes]:
    """Return the tiles and bundles to store, by path, when leaves are appended.

    Args:
        fetch: Returns the bytes at a path of the tree as it is.
        size: The tree's size before.
        leaves: The new leaf hashes.
        entries: The new leaves' data; None for a log without entry bundles.

    Raises:
        MissingTileError: A partial tile of the old tree is missing.
    """
    files: dict[str, bytes] = {}
    first, width = divmod(size, TILE_WIDTH)
    bundle = unpack_bundle(_need(fetch, entries_path(first, width))) if width and entries is not None else []
    pending = [*bundle, *(entries or ())]
    for offset in range(0, len(pending), TILE_WIDTH):
        part = pending[offset : offset + TILE_WIDTH]
        files[entries_path(first + offset // TILE_WIDTH, len(part))] = pack_bundle(part)
    level, count, fresh = 0, size, list(leaves)
    while fresh:
        first, width = divmod(count, TILE_WIDTH)
        old = _hashes(_need(fetch, tile_path(level, first, width)), width) if width else []
        row = old + fresh
        fresh = []
        for offset in range(0, len(row), TILE_WIDTH):
            part = row[offset : offset + TILE_WIDTH]
            files[tile_path(level, first + offset // TILE_WIDTH, len(part))] = b"".join(part)
            if len(part) == TILE_WIDTH:
                fresh.append(root_of(part))
        level, count = level + 1, count >> _HEIGHT
    return files


def _need(fetch: Callable[[str], bytes | None], path: str) -> bytes:
    data = fetch(path)
    if data is None:
        raise MissingTileError(f"{path} is missing")
    return data


def _hashes(data: bytes, width: int) -> list[bytes]:
    if len(data) < width * HASH_BYTES or len(data) % HASH_BYTES:
        raise MissingTileError(f"a tile of {width} hashes has {len(data)} bytes, not {width * HASH_BYTES}")
    return [data[at : at + HASH_BYTES] for at in range(0, width * HASH_BYTES, HASH_BYTES)]


class Tree:
    """A tree of a known size, read from tiles as far as a question needs them.

    What it returns is no better than the tiles: check roots and proofs against a signed checkpoint.

    Args:
        fetch: Returns the bytes at a path, or None when there is nothing.
        size: Number of leaves.
        nodes: Takes roots of large perfect subtrees by height and index, for trees of other sizes over these leaves.
    """

    def __init__(
        self, fetch: Callable[[str], bytes | None], size: int, nodes: dict[tuple[int, int], bytes] | None = None
    ) -> None:
        self._fetch, self.size = fetch, size
        self._nodes = {} if nodes is None else nodes
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def tile(self, level: int, index: int) -> list[bytes]:
        """Return a tile's hashes; a full tile stands in for a partial one that was removed."""
        if (level, index) not in self._tiles:
            width = width_of(self.size, level, index)
            data = self._fetch(tile_path(level, index, width))
            if data is None and width < TILE_WIDTH:
                data = self._fetch(tile_path(level, index))
            if data is None:
                raise MissingTileError(f"{tile_path(level, index, width)} is missing")
            if len(self._tiles) > 4 * TILE_WIDTH:
                self._tiles.clear()
            self._tiles[level, index] = _hashes(data, width)
        return self._tiles[level, index]

    def bundle(self, index: int) -> list[bytes]:
        """Return the entries of a bundle, as many as the tree's size demands."""
        width = width_of(self.size, 0, index)
        data = self._fetch(entries_path(index, width))
        if data is None and width < TILE_WIDTH:
            data = self._fetch(entries_path(index))
        if data is None:
            raise MissingTileError(f"{entries_path(index, width)} is missing")
        entries = unpack_bundle(data)
        if len(entries) < width:
            raise MissingTileError(f"{entries_path(index, width)} has {len(entries)} entries, not {width}")
        return entries[:width]

    def leaf(self, index: int) -> bytes:
        """Return a leaf's hash."""
        return self.tile(0, index // TILE_WIDTH)[index % TILE_WIDTH]

    def entry(self, index: int) -> bytes:
        """Return a leaf's data."""
        return self.bundle(index // TILE_WIDTH)[index % TILE_WIDTH]

    def root(self, low: int = 0, high: int | None = None) -> bytes:
        """Return the root over a range of leaves that is a node of the tree; of the whole tree by default."""
        high = self.size if high is None else high
        count = high - low
        if count <= 0:
            return root_of(())
        if count & (count - 1) == 0 and low % count == 0:
            return self._perfect(count.bit_length() - 1, low // count)
        middle = low + split(count)
        return node_hash(self.root(low, middle), self.root(middle, high))

    def inclusion_proof(self, index: int) -> list[bytes]:
        """Return the proof that a leaf is in this tree."""
        return [self.root(low, high) for low, high in inclusion_path(index, self.size)]

    def consistency_proof(self, old_size: int) -> list[bytes]:
        """Return the proof that this tree extends the tree of ``old_size`` leaves."""
        return [self.root(low, high) for low, high in consistency_path(old_size, self.size)]

    def _perfect(self, height: int, index: int) -> bytes:
        known = self._nodes.get((height, index))
        if known is not None:
            return known
        level, rest = divmod(height, _HEIGHT)
        start = index << rest
        tile = self.tile(level, start // TILE_WIDTH)
        offset = start % TILE_WIDTH
        root = perfect_root(b"".join(tile[offset : offset + (1 << rest)]))
        if level:
            if len(self._nodes) >= _MOST_NODES:
                self._nodes.clear()
            self._nodes[height, index] = root
        return root
