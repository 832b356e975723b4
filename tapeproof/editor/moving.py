"""Where findings are after an edit: what stands before it stays, what stands after it moves with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tapeproof.gate.engine.report import Result

__all__ = ["Change", "find_change", "move_results"]


class Change(NamedTuple):
    """The lines that differ between two texts, from 1, and how far the lines after them moved.

    Attributes:
        first: The first line that differs.
        last_before: The last one in the text before; less than ``first`` when lines were only added.
        last_after: The last one in the text after it; less than ``first`` when lines were only removed.
    """

    first: int
    last_before: int
    last_after: int

    @property
    def shift(self) -> int:
        """How many lines everything after the change moved down."""
        return self.last_after - self.last_before


def find_change(before: Sequence[str], after: Sequence[str]) -> Change | None:
    """Return what differs between two texts, as one run of lines; None when nothing does."""
    if before == after:
        return None
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    return Change(head + 1, len(before) - tail, len(after) - tail)


def move_results(results: Iterable[Result], file: str, change: Change | None) -> Iterator[Result]:
    """Yield results where they are after a change of a file; those on lines that changed are left out.

    Args:
        results: What was found before.
        file: The file that was changed.
        change: What of it; None when nothing.
    """
    for result in results:
        if change is None or result.file != file or result.end_line < change.first:
            yield result
        elif result.line > change.last_before:
            shift = change.shift
            yield replace(result, line=result.line + shift, end_line=result.end_line + shift)
