"""Gaps in a venue's numbering: what is missing when newer records came in, and what an older one fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Continuity", "Gap", "continuity", "missing"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Sequences that did not come: ``first`` to ``last``, both missing."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """Return how many are missing."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Continuity:
    """What an arrival says about the numbering.

    Attributes:
        gaps: Sequences that had not come when these records came; they may still come.
        filled: Sequences that came after newer ones: each closes a gap, or is history from before the first record.
    """

    gaps: tuple[Gap, ...]
    filled: tuple[int, ...]


def continuity(arrived: Iterable[int], newest_before: int | None) -> Continuity:
    """Return what sequences that arrived together say, given the newest sequence seen before them.

    Args:
        arrived: Sequences of the new records of one symbol.
        newest_before: None when nothing was seen before.
    """
    numbers = sorted(set(arrived))
    before = [] if newest_before is None else [newest_before]
    ahead = [number for number in numbers if newest_before is None or number > newest_before]
    behind = [number for number in numbers if newest_before is not None and number < newest_before]
    return Continuity(tuple(missing([*before, *ahead])), tuple(behind))


def missing(numbers: Iterable[int]) -> list[Gap]:
    """Return the gaps between rising sequences."""
    gaps = []
    previous: int | None = None
    for number in numbers:
        if previous is not None and number > previous + 1:
            gaps.append(Gap(previous + 1, number - 1))
        previous = number
    return gaps
