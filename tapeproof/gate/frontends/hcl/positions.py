"""From positions in a text to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import At

__all__ = ["Positions"]

_NEWLINE = re.compile("\n")


class Positions:
    """Lines and columns of one text, both from 1."""

    def __init__(self, text: str) -> None:
        first = len(text) - len(text.removeprefix("\ufeff"))  # a byte order mark has no column
        self.starts = [first, *(match.end() for match in _NEWLINE.finditer(text))]

    def at(self, start: int, end: int) -> At:
        """Return the place of the characters from ``start`` up to ``end``."""
        line, column = self.of(start)
        last = self.starts[line] if line < len(self.starts) else end + 1
        if end < last:
            return (line, column, line, column + end - start)
        return (line, column, *self.of(end))

    def of(self, position: int) -> tuple[int, int]:
        """Return the line and column of one character."""
        line = max(1, bisect_right(self.starts, position))
        return line, max(1, position - self.starts[line - 1] + 1)
