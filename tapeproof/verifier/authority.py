"""Which leaf hashes the signature stands for: the published ones, the table's, or those of the published entries.

Any of them may have been tampered with; the signed root tells which are true. Every root and proof that the verifier
needs afterwards is computed from the row that leads to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.log.merkle import HASH_BYTES, perfect_root
from tapeproof.log.objects import read_regular
from tapeproof.log.tiles import TILE_WIDTH, Tree, tile_path, width_of
from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.leaves import (
    HOLE,
    LeafFile,
    TileCheck,
    TileRows,
    bundle_row,
    levels_tree,
    published_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tapeproof.verifier.findings import Report

__all__ = ["Authority"]

_ROW = 4_096
_SOURCES = 3


class Authority:
    """The tree under a signed root.

    Args:
        root: Folder with ``tile``.
        scratch: Folder for level files.
        size: Leaves of the tree.
        checks: The leaf tiles' checks, in any order.
        bundles: Whether published entry bundles are to be judged too.

    Attributes:
        size: Leaves of the tree.
        bundles: Whether the published copies of entries are there.
    """

    def __init__(self, root: Path, scratch: Path, size: int, checks: Iterable[TileCheck], *, bundles: bool) -> None:
        self._root, self._scratch, self.size, self.bundles = root, scratch, size, bundles
        self._published = LeafFile(scratch / "level-published")
        self._levels: list[LeafFile] = []
        self._rows: dict[int, TileRows] = {}
        self._chosen: dict[int, bytes] = {}
        self._nodes: dict[tuple[int, int], bytes] = {}
        for check in checks:
            self._published.write(check.first, check.roots)
            self._rows.update(check.rows)

    def close(self) -> None:
        """Close the level files."""
        for file in (self._published, *self._levels):
            file.close()

    def settle(self, signed_root: bytes) -> bool:
        """Choose the rows that lead to the signed root; return whether any choice does."""
        for choice in self._choices():
            self._chosen = choice
            self._build()
            if self.root(self.size) == signed_root:
                return True
        self._chosen = {tile: rows.candidates[0] for tile, rows in self._rows.items()}
        self._build()
        return False

    def _choices(self) -> Iterator[dict[int, bytes]]:
        """Yield choices: all from one source, then for each tile what the published tile above names."""
        for source in range(_SOURCES):
            yield {tile: rows.candidates[min(source, len(rows.candidates) - 1)] for tile, rows in self._rows.items()}
        mixed = {tile: self._named_above(tile, rows) for tile, rows in self._rows.items()}
        last = self.size // TILE_WIDTH
        for row in self._rows[last].candidates if last in self._rows else [b""]:
            yield {**mixed, last: row} if row else mixed

    def _named_above(self, tile: int, rows: TileRows) -> bytes:
        above = self._tile_file(1, tile // TILE_WIDTH)
        at = tile % TILE_WIDTH * HASH_BYTES
        named = above[at : at + HASH_BYTES]
        return next((row for row in rows.candidates if perfect_root(row) == named), rows.candidates[0])

    def _build(self) -> None:
        self._nodes = {}  # they were of other rows
        full = self.size // TILE_WIDTH
        for file in self._levels:
            file.close()
        self._levels = [LeafFile(self._scratch / "level-1")]
        for first in range(0, full, _ROW):
            self._levels[0].write(first, self._published.read(first, min(_ROW, full - first)))
        for tile, row in self._chosen.items():
            if tile < full:
                self._levels[0].write(tile, perfect_root(row))
        count, below = full // TILE_WIDTH, self._levels[0]
        while count:
            level = LeafFile(self._scratch / f"level-{len(self._levels) + 1}")
            for index in range(count):
                level.write(index, perfect_root(below.read(index * TILE_WIDTH, TILE_WIDTH)))
            self._levels.append(level)
            count, below = count // TILE_WIDTH, level

    def row(self, tile: int) -> bytes:
        """Return the true hashes of a leaf tile."""
        if tile in self._chosen:
            return self._chosen[tile]
        return published_row(self._root, tile, width_of(self.size, 0, tile))

    def leaf(self, index: int) -> bytes:
        """Return a leaf's true hash; a hole when nobody has it."""
        at = index % TILE_WIDTH * HASH_BYTES
        return self.row(index // TILE_WIDTH)[at : at + HASH_BYTES] or HOLE

    def root(self, size: int) -> bytes:
        """Return the root of the tree when it had ``size`` leaves."""
        return self.tree(size).root()

    def tree(self, size: int) -> Tree:
        """Return the tree when it had ``size`` leaves."""
        return levels_tree(self._read, size, self._nodes)

    def find_differing(self) -> Iterator[int]:
        """Yield the leaves whose hash, recomputed from the table, is not the true one."""
        for tile, rows in sorted(self._rows.items()):
            for at in _unequal(rows.ours, self.row(tile), holes=False):
                yield tile * TILE_WIDTH + at

    def _read(self, level: int, index: int, count: int) -> bytes:
        if level == 0:
            row = self.row(index // TILE_WIDTH)[: count * HASH_BYTES]
            return row + bytes(count * HASH_BYTES - len(row))
        return self._levels[level - 1].read(index, count)

    def _tile_file(self, level: int, index: int) -> bytes:
        width = width_of(self.size, level, index)
        for candidate in (width, TILE_WIDTH):
            data = read_regular(self._root / tile_path(level, index, candidate), candidate * HASH_BYTES)
            if data is not None and len(data) == candidate * HASH_BYTES:
                return data[: width * HASH_BYTES]
        return b""

    def report_tiles(self, report: Report) -> None:
        """Name the published tiles and bundles that are not what the signed root demands."""
        wrong = [tile for tile in sorted(self._rows) if self._tile_file(0, tile) != self.row(tile)]
        swapped = self._find_swapped(wrong)
        for tile in wrong:
            width = width_of(self.size, 0, tile)
            attack = Attack.TILES_SWAPPED if tile in swapped else Attack.TILE_DAMAGED
            why = f"holds the hashes of tile {swapped[tile]}" if tile in swapped else "is missing, cut off or edited"
            path = tile_path(0, tile, width)
            report.add(Finding(attack, f"{path} {why}", leaf=tile * TILE_WIDTH, subject=path))
        for level in range(1, len(self._levels) + 1):
            self._report_level(level, report)
        for tile in sorted(self._rows) if self.bundles else ():
            bundled = bundle_row(self._root, tile, width_of(self.size, 0, tile))
            for at in _unequal(bundled, self.row(tile), holes=True):
                detail = "the published entry bundle does not hold the entry that the tree commits to"
                report.add(Finding(Attack.TILE_DAMAGED, detail, leaf=tile * TILE_WIDTH + at))

    def _find_swapped(self, wrong: list[int]) -> dict[int, int]:
        rows = {self.row(tile): tile for tile in wrong}
        found = {tile: rows.get(self._tile_file(0, tile)) for tile in wrong}
        return {tile: other for tile, other in found.items() if other is not None and other != tile}

    def _report_level(self, level: int, report: Report) -> None:
        count = self.size >> 8 * level
        for index in range(-(-count // TILE_WIDTH)):
            width = width_of(self.size, level, index)
            if self._tile_file(level, index) != self._levels[level - 1].read(index * TILE_WIDTH, width):
                path, leaf = tile_path(level, index, width), index * TILE_WIDTH << 8 * level
                report.add(
                    Finding(Attack.TILE_DAMAGED, f"{path} is missing, cut off or edited", leaf=leaf, subject=path)
                )


def _unequal(row: bytes, true: bytes, *, holes: bool) -> list[int]:
    """Return the places at which a row is not the true one; a hole counts only when asked for."""
    pairs = ((at, row[at : at + HASH_BYTES], true[at : at + HASH_BYTES]) for at in range(0, len(true), HASH_BYTES))
    return [at // HASH_BYTES for at, mine, theirs in pairs if mine != theirs and (holes or mine != HOLE)]
