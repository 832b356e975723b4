"""A file compared with what the evidence gives, block by block; where they part is named by its line."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

__all__ = ["Comparison"]

CHUNK_OF_REST = 1 << 18
BRIEF_LINE = 160
"""Characters of a line that a difference quotes."""


class Comparison:
    """Reads a file beside the blocks that it should consist of, and hashes it on the way.

    Attributes:
        difference: Where it first differs, in words; empty while it does not.
        sha256: Hex digest of the file, once `finish` was called.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.difference = ""
        self.sha256 = ""
        self._stream, self._digest, self._size = stream, hashlib.sha256(), 0

    def take(self, block: bytes) -> None:
        """Compare the next block; blocks end where lines end."""
        data = self._stream.read(len(block))
        self._digest.update(data)
        if self.difference:
            return
        if data != block:
            self.difference = _first_difference(data, block, self._count_lines())
        self._size += len(data)

    def finish(self) -> None:
        """Read what is left: nothing, if the file is as it should be."""
        while chunk := self._stream.read(CHUNK_OF_REST):
            self._digest.update(chunk)
            self.difference = self.difference or f"line {self._count_lines() + 1}: the evidence gives no such line"
        self.sha256 = self._digest.hexdigest()

    def _count_lines(self) -> int:
        """Return how many lines came before what is compared now; they are counted only where something differs."""
        behind, left, lines = self._stream.tell(), self._size, 0
        self._stream.seek(0)
        while left and (chunk := self._stream.read(min(left, CHUNK_OF_REST))):
            lines, left = lines + chunk.count(b"\n"), left - len(chunk)
        self._stream.seek(behind)
        return lines


def _first_difference(said: bytes, shown: bytes, before: int) -> str:
    left, right = said.split(b"\n"), shown.split(b"\n")
    at = next((at for at, pair in enumerate(zip(left, right)) if pair[0] != pair[1]), len(left) - 1)  # noqa: B905 - Python 3.9
    return f"line {before + at + 1}: the evidence gives {_brief_line(right[at])}"


def _brief_line(line: bytes) -> str:
    text = line.decode("utf-8", "replace")
    return text if len(text) <= BRIEF_LINE else text[:BRIEF_LINE] + "…"
