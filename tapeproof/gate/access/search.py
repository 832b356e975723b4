"""Find a string that some sets hold and others do not: the question behind inclusion, overlap and difference.

The product of the patterns' automata is walked breadth first, so the string found is a shortest one, and where the walk
ends without one there is none. The walk is bounded: beyond the bound the answer is not known.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tapeproof.gate.access.patterns import Glob

__all__ = ["Demand", "find_string", "includes", "overlaps"]

STATES = 60_000
"""How many states of the product are looked at before the answer is given up."""
CELLS = 4_000_000
"""How many states of single patterns are kept at once."""
FRESH = "xyzabcdefghijklmnopqrstuvw0123456789_XYZABCDEFGHIJKLMNOPQRSTUVW"
"""Characters for a place where any will do, readable ones first."""


class Demand(NamedTuple):
    """That a string is in one of these sets, or in none of them."""

    globs: tuple[Glob, ...]
    wanted: bool = True

    def admits(self, text: str) -> bool:
        """Return whether the string meets the demand."""
        return any(text in glob for glob in self.globs) == self.wanted


def find_string(demands: Sequence[Demand], bound: int = STATES) -> str | None:
    """Return a shortest string that meets every demand, or None where none does.

    Raises:
        UndecidedError: More states than the bound had to be looked at.
    """
    for demand in demands:
        if demand.wanted and all(glob.literal is not None and not glob.folded for glob in demand.globs):
            texts = (glob.literal for glob in demand.globs)
            return next((text for text in texts if text is not None and _meets(demands, text)), None)
    wanted = [[glob.prefix for glob in demand.globs] for demand in demands if demand.wanted and not _folds(demand)]
    longest = max((prefixes[0] for prefixes in wanted if len(prefixes) == 1), key=len, default="")
    return None if _begin_apart(wanted, longest) else _Walk(demands, bound).find(longest)


def _begin_apart(wanted: Iterable[Sequence[str]], longest: str) -> bool:
    """Return whether the wanted sets begin differently, which most pairs of patterns do."""
    return any(not any(longest.startswith(one) or one.startswith(longest) for one in prefixes) for prefixes in wanted)


def _folds(demand: Demand) -> bool:
    return any(glob.folded for glob in demand.globs)


def _meets(demands: Iterable[Demand], text: str) -> bool:
    return all(demand.admits(text) for demand in demands)


class _Walk:
    """One breadth-first walk over the product of the automata."""

    def __init__(self, demands: Sequence[Demand], bound: int) -> None:
        self.globs = tuple(glob for demand in demands for glob in demand.globs)
        self.bound = bound
        self.wanted: list[range] = []
        self.refused: list[int] = []
        position = 0
        for demand in demands:
            places = range(position, position + len(demand.globs))
            position = places.stop
            if demand.wanted:
                self.wanted.append(places)
            else:
                self.refused.extend(places)
        letters = {letter for glob in self.globs for letter in glob.letters}
        folded = letters | {letter.upper() for letter in letters} | {letter.lower() for letter in letters}
        self.fresh = next((letter for letter in FRESH if letter not in folded), "\N{BULLET}")
        self.colon = any(":" in glob.letters for glob in self.globs)

    def find(self, begins: str) -> str | None:
        """Return a shortest string that meets every demand.

        Args:
            begins: What every such string begins with; the walk begins behind it.
        """
        start = tuple(_follow(glob, begins) for glob in self.globs)
        if self._dead(start):
            return None
        origin: dict[tuple[int, ...], tuple[tuple[int, ...], str] | None] = {start: None}
        queue = deque([start])
        while queue:
            state = queue.popleft()
            if self._accepts(state):
                return begins + self._spell(state, origin)
            for letter in self._letters(state):
                following = self._step(state, letter)
                if following in origin or self._dead(following):
                    continue
                if len(origin) > self.bound or len(origin) * len(self.globs) > CELLS:
                    raise UndecidedError(f"comparing {len(self.globs)} patterns needs more than {self.bound} states")
                origin[following] = (state, letter)
                queue.append(following)
        return None

    def _step(self, state: tuple[int, ...], letter: str) -> tuple[int, ...]:
        return tuple(glob.step(part, letter) if part else 0 for glob, part in zip(self.globs, state, strict=True))

    def _accepts(self, state: tuple[int, ...]) -> bool:
        return all(
            any(self.globs[place].accepts(state[place]) for place in places) for places in self.wanted
        ) and not any(self.globs[place].accepts(state[place]) for place in self.refused)

    def _dead(self, state: tuple[int, ...]) -> bool:
        if any(not any(state[place] for place in places) for places in self.wanted):
            return True
        return any(state[place] and self.globs[place].accepts_all(state[place]) for place in self.refused)

    def _letters(self, state: tuple[int, ...]) -> list[str]:
        letters = {
            letter
            for glob, part in zip(self.globs, state, strict=True)
            if part
            for letter in glob.list_next_letters(part)
        }
        if self.colon:
            letters.add(":")
        return [self.fresh, *sorted(letters, key=lambda letter: (letter.isupper(), letter))]

    @staticmethod
    def _spell(state: tuple[int, ...], origin: dict[tuple[int, ...], tuple[tuple[int, ...], str] | None]) -> str:
        letters: list[str] = []
        step = origin[state]
        while step is not None:
            letters.append(step[1])
            step = origin[step[0]]
        return "".join(reversed(letters))


def _follow(glob: Glob, text: str) -> int:
    """Return a pattern's state after a text."""
    state = glob.start
    for letter in text:
        state = glob.step(state, letter) if state else 0
    return state


def includes(outer: Iterable[Glob], inner: Iterable[Glob]) -> bool:
    """Return whether every string of the inner sets is in one of the outer ones.

    Raises:
        UndecidedError: The comparison outgrew its bound.
    """
    outer = tuple(outer)
    return all(find_string([Demand((glob,)), Demand(outer, wanted=False)]) is None for glob in inner)


def overlaps(left: Iterable[Glob], right: Iterable[Glob]) -> bool:
    """Return whether a string is in one of the left sets and in one of the right ones.

    Raises:
        UndecidedError: The comparison outgrew its bound.
    """
    return find_string([Demand(tuple(left)), Demand(tuple(right))]) is not None
