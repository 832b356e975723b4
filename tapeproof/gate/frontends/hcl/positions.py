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
    """Lines and columns of one text, both from 1.

    Args:
        text: The text.
        lines_before: How many lines at its beginning are not counted; all in them is at line 1, column 1.

    Attributes:
        origin: Where the text begins: behind a byte order mark, which has no column.
        starts: Where each line begins that is counted.
    """

    def __init__(self, text: str, lines_before: int = 0) -> None:
        self.origin = len(text) - len(text.removeprefix("\ufeff"))
        self.starts = [self.origin, *(match.end() for match in _NEWLINE.finditer(text))][lines_before:]

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
