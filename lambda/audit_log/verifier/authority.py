"""Which leaf hashes the signature stands for: the published ones, or the recomputed ones where tiles were damaged.

Either row may have been tampered with; the signed root tells which is true. Every root and proof that the verifier
needs afterwards is computed from the row that leads to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_log.merkle import HASH_BYTES
from audit_log.tiles import TILE_WIDTH, Tree, tile_path, width_of
from audit_log.verifier.findings import Attack, Finding
from audit_log.verifier.leaves import HOLE, LeafFile, TileCheck, levels_tree, row_root

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audit_log.verifier.findings import Report

__all__ = ["Authority"]

_ROW = 4_096


class Authority:
    """The tree under a signed root.

    Args:
        root: Folder with ``tile``.
        scratch: Folder for level files.
        size: Leaves of the tree.
        checks: The leaf tiles' checks, in any order.
    """

    def __init__(self, root: Path, scratch: Path, size: int, checks: Iterable[TileCheck]) -> None:
        self._root, self._scratch, self.size = root, scratch, size
        self._published, self._computed = self._level("published"), self._level("computed")
        self._rows: dict[int, bytes] = {}
        self._use_row: set[int] = set()
        self.differing: list[int] = []
        self.damaged: list[int] = []
        self.bundle_faults: list[int] = []
        for check in checks:
            self._published.write(check.first, check.published)
            self._computed.write(check.first, check.computed)
            self._rows.update(check.rows)
            self.differing += check.differing
            self.damaged += check.damaged
            self.bundle_faults += check.bundle_faults
        self._levels: list[LeafFile] = []

    def _level(self, name: str) -> LeafFile:
        return LeafFile(self._scratch / f"level-{name}")

    def close(self) -> None:
        """Close the level files."""
        for file in (self._published, self._computed, *self._levels):
            file.close()

    def settle(self, signed_root: bytes) -> bool:
        """Choose the rows that lead to the signed root; return whether any choice does."""
        full = self.size // TILE_WIDTH
        candidates: list[set[int]] = [set(), set(self._rows), self._mixed()]
        for choice in candidates:
            self._use_row = choice
            self._build(full)
            if self.root(self.size) == signed_root:
                return True
        self._use_row = set(self.damaged)
        self._build(full)
        return False

    def _mixed(self) -> set[int]:
        """Return the tiles whose recomputed row is the one that the published tile above names."""
        choice = set()
        for tile in self._rows:
            above = self._tile_file(1, tile // TILE_WIDTH)
            at = tile % TILE_WIDTH * HASH_BYTES
            computed = self._computed.read(tile, 1)
            if tile in self.damaged or above[at : at + HASH_BYTES] == computed:
                choice.add(tile)
        return choice

    def _build(self, full: int) -> None:
        for file in self._levels:
            file.close()
        self._levels = [self._level("1")]
        for first in range(0, full, _ROW):
            self._levels[0].write(first, self._published.read(first, min(_ROW, full - first)))
        for tile in self._use_row:
            if tile < full:
                self._levels[0].write(tile, self._computed.read(tile, 1))
        count, below = full // TILE_WIDTH, self._levels[0]
        while count:
            level = self._level(str(len(self._levels) + 1))
            for index in range(count):
                level.write(index, row_root(below.read(index * TILE_WIDTH, TILE_WIDTH)))
            self._levels.append(level)
            count, below = count // TILE_WIDTH, level

    @property
    def replaced_tiles(self) -> set[int]:
        """Return the tiles whose published row is not the true one."""
        return self._use_row

    def row(self, tile: int) -> bytes:
        """Return the true hashes of a leaf tile."""
        if tile in self._use_row:
            return self._rows[tile]
        data = self._tile_file(0, tile)
        return data or self._rows.get(tile, b"")

    def leaf(self, index: int) -> bytes:
        """Return a leaf's true hash; a hole when nobody has it."""
        at = index % TILE_WIDTH * HASH_BYTES
        return self.row(index // TILE_WIDTH)[at : at + HASH_BYTES] or HOLE

    def root(self, size: int) -> bytes:
        """Return the root of the tree when it had ``size`` leaves."""
        return self.tree(size).root()

    def tree(self, size: int) -> Tree:
        """Return the tree when it had ``size`` leaves."""
        return levels_tree(self._read, size)

    def _read(self, level: int, index: int, count: int) -> bytes:
        if level == 0:
            row = self.row(index // TILE_WIDTH)[: count * HASH_BYTES]
            return row + bytes(count * HASH_BYTES - len(row))
        return self._levels[level - 1].read(index, count)

    def _tile_file(self, level: int, index: int) -> bytes:
        width = width_of(self.size, level, index)
        for candidate in (width, TILE_WIDTH):
            try:
                data = (self._root / tile_path(level, index, candidate)).read_bytes()
            except OSError:
                continue
            if len(data) == candidate * HASH_BYTES:
                return data[: width * HASH_BYTES]
        return b""

    def report_tiles(self, report: Report) -> None:
        """Name the published tiles that are not what the signed root demands."""
        wrong = sorted({*self._use_row, *self.damaged})
        swapped = self._swapped(wrong)
        for tile in wrong:
            width = width_of(self.size, 0, tile)
            attack = Attack.TILES_SWAPPED if tile in swapped else Attack.TILE_DAMAGED
            why = f"holds the hashes of tile {swapped[tile]}" if tile in swapped else "is missing, cut off or edited"
            report.add(Finding(attack, f"{tile_path(0, tile, width)} {why}", leaf=tile * TILE_WIDTH))
        for level in range(1, len(self._levels) + 1):
            self._report_level(level, report)
        for leaf in self.bundle_faults:
            detail = "the published entry bundle does not hold the entry that the tree commits to"
            report.add(Finding(Attack.TILE_DAMAGED, detail, leaf=leaf))

    def _swapped(self, wrong: list[int]) -> dict[int, int]:
        rows = {self.row(tile): tile for tile in wrong}
        found = {tile: rows.get(self._tile_file(0, tile)) for tile in wrong}
        return {tile: other for tile, other in found.items() if other is not None and other != tile}

    def _report_level(self, level: int, report: Report) -> None:
        count = self.size >> 8 * level
        for index in range(-(-count // TILE_WIDTH)):
            width = width_of(self.size, level, index)
            if self._tile_file(level, index) != self._levels[level - 1].read(index * TILE_WIDTH, width):
                detail = f"{tile_path(level, index, width)} is missing, cut off or edited"
                report.add(Finding(Attack.TILE_DAMAGED, detail, leaf=index * TILE_WIDTH << 8 * level))
