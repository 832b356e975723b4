"""Where a value stands in a file, for messages that point at the offending character."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NOWHERE", "Shifts", "Span"]

Shifts: TypeAlias = tuple[tuple[int, int], ...]
"""Escapes of a string: after how many characters of the text the source is how many characters longer, in all."""


class Span(NamedTuple):
    """A half-open range of one file.

    Attributes:
        file: Path as the user would type it: relative to the working directory where it can be.
        line: First line, counted from 1; 0 when the value has no place in a file (plan, live account).
        column: First column, counted from 1 in characters.
        end_line: Line of the first character after the range.
        end_column: Column of the first character after the range.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column``, or only the file when there is no line."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def within(self, offset: int, length: int) -> Span:
        """Return the part of a one-line range that starts ``offset`` characters into it."""
        start = self.column + offset
        return Span(self.file, self.line, start, self.line, start + length)

    def part_of(self, text: str, shifts: Shifts, offset: int, length: int) -> Span | None:
        """Return where a part of some text stands that is written here; None when the text is not written as it is.

        Args:
            text: The text, escapes resolved.
            shifts: Where escapes made the source longer than it.
            offset: Where in the text the part begins.
            length: How long it is.
        """
        if not self.line or (offset, length) == (0, len(text)):
            return self
        lines = self.end_line - self.line
        breaks = _find_breaks(text)
        if lines and len(breaks) in {lines, lines - 1}:
            return self._on_its_line(breaks, offset, length, _find_shift(shifts, offset))
        surplus = self.end_column - self.column - len(text)
        if lines or (not shifts and surplus not in {0, len('""')}):
            return None
        quote = 1 if surplus - (shifts[-1][1] if shifts else 0) else 0
        start, end = (quote + place + _find_shift(shifts, place) for place in (offset, offset + length))
        return self.within(start, end - start)

    def _on_its_line(self, breaks: Sequence[int], offset: int, length: int, shifted: int) -> Span:
        lines = bisect_left(breaks, offset)
        column = offset - breaks[lines - 1] if lines else self.column + offset + shifted
        return Span(self.file, self.line + lines, column, self.line + lines, column + length)


@lru_cache(maxsize=16)
def _find_breaks(text: str) -> tuple[int, ...]:
    """Return where the lines of a text end; a document asks for each of its values."""
    return tuple(found.start() for found in re.finditer("\n", text))


def _find_shift(shifts: Shifts, place: int) -> int:
    before = bisect_right(shifts, place, key=lambda shift: shift[0])
    return shifts[before - 1][1] if before else 0


NOWHERE = Span()
"""The range of a value that no file holds, such as a default of the provider."""
