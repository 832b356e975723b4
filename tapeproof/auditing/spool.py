"""Sorting what does not fit into memory: lines go in by part in any order, and come out by part in key order."""

from __future__ import annotations

import contextlib
import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Spool"]

_MOST_BYTES = 64_000_000
_SEPARATOR = b"\x1f"


class Spool:
    """An external sort, one sorted sequence per part.

    Args:
        folder: An empty folder for temporary files.
        most_bytes: Bytes that are held in memory at most.
    """

    def __init__(self, folder: Path, most_bytes: int = _MOST_BYTES) -> None:
        self._folder, self._most, self._held = folder, most_bytes, 0
        self._parts: dict[str, list[bytes]] = {}
        self._runs: dict[str, list[Path]] = {}
        self._count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, part: str, key: bytes, line: bytes) -> None:
        """Take a line; neither key nor line holds a line end or 0x1f."""
        self._parts.setdefault(part, []).append(key + _SEPARATOR + line)
        self._held += len(key) + len(line) + 100
        if self._held > self._most:
            self._flush()

    def parts(self) -> list[str]:
        """Return the parts that hold lines, in order."""
        return sorted({*self._parts, *self._runs})

    def sort_part(self, part: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield a part's keys and lines in order; the part is empty afterwards."""
        held = sorted(self._parts.pop(part, []))
        paths = self._runs.pop(part, [])
        with contextlib.ExitStack() as stack:
            runs = [map(_line, stack.enter_context(path.open("rb"))) for path in paths]
            for row in heapq.merge(held, *runs):
                key, _, line = row.partition(_SEPARATOR)
                yield key, line
        for path in paths:
            path.unlink()

    def _flush(self) -> None:
        for part, rows in self._parts.items():
            self._count += 1
            path = self._folder / f"{self._count}.run"
            path.write_bytes(b"".join(row + b"\n" for row in sorted(rows)))
            self._runs.setdefault(part, []).append(path)
        self._parts, self._held = {}, 0


def _line(row: bytes) -> bytes:
    return row[:-1]
