"""What of a source line a result carries: all of it, or what is around the value where people read no more.

A minified file has one line, and thousands of results may stand on it: each with all of it would be gigabytes.
"""

from __future__ import annotations

__all__ = ["LONGEST_LINE", "cut_line"]

LONGEST_LINE = 1000
"""Characters; a line no longer is carried whole."""
_BEFORE = 200


def cut_line(line: str, column: int) -> tuple[str, int]:
    """Return what of a line is shown, and the column at which that begins.

    Args:
        line: The line, its secrets covered: what is cut in two is not told any more.
        column: Where the value begins, from 1; 0 without a place.
    """
    if len(line) <= LONGEST_LINE:
        return line, 1
    start = max(min(column - 1 - _BEFORE, len(line) - LONGEST_LINE), 0)
    return line[start : start + LONGEST_LINE], start + 1
