"""Where a value stands in a file, for messages that point at the offending character."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NOWHERE", "Span"]


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


NOWHERE = Span()
"""The range of a value that no file holds, such as a default of the provider."""
