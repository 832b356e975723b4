"""Patterns that the standard library's engine surely searches for in a short time.

It backtracks and takes no time limit, so only patterns go to it of which can be told beforehand how many ways there are
to match them: no group is repeated but one whose rounds are told apart by a character, ``(-[a-z]+)*``, and there is
nothing in which the two engines could differ. That is how validations are written, and it spares them the import of
another engine, which takes longer than everything they match.
"""

from __future__ import annotations

import re
from math import prod
from typing import Final

from tapeproof.gate.engine.named_tuple import NamedTuple

__all__ = ["BriefPattern", "find_brief"]

_MOST_WAYS: Final = 500_000
"""How many ways to match may be tried on a text; 20 milliseconds' worth."""
_ATOM: Final = re.compile(r"\\U[0-9a-f]{8}|\\.|\[[^\]]*\]", re.DOTALL)
"""What stands for one character in a translated pattern, in which classes hold nothing but code points."""
_QUANTIFIER: Final = re.compile(r"\{(\d+)(,?)(\d*)\}|[*+?|]")
_OPENING: Final = re.compile(r"\(\?(?::|P<\w+>)")
_REPEATED_GROUP: Final = re.compile(r"\)[*+{]")
_LITERAL: Final = r"\\U[0-9a-f]{8}|\\\W|[^\\\[\](){}|*+?.^$]"
_MANY: Final = rf"(?:\[[^\]]*\]|{_LITERAL}|\.)(?=[*+{{])"
_COUNT: Final = r"(?:[*+]|\{\d+,?\d*\})\??"
_ROUNDS: Final = re.compile(
    rf"\((?:\?:|\?P<\w+>)?(?:({_LITERAL})({_MANY}){_COUNT}|({_MANY}){_COUNT}({_LITERAL}))\)(?=[*+])", re.DOTALL
)
"""A group that is repeated: a character and many others, or many and one behind them."""


class BriefPattern(NamedTuple):
    """A pattern, and how many ways there are to match it.

    Attributes:
        compiled: The pattern.
        fixed: The factor that holds whatever the text's length is.
        bounds: The most that its bounded repetitions take.
        unbounded: How many repetitions, and places to begin at, are bounded by the text's length alone.
    """

    compiled: re.Pattern[str]
    fixed: int
    bounds: tuple[int, ...]
    unbounded: int

    def suits(self, text: str) -> bool:
        """Return whether a search of a text is surely over soon."""
        ways = len(text) + 1
        bounded = prod(min(bound + 1, ways) for bound in self.bounds)
        return self.fixed * bounded * prod((ways,) * self.unbounded) <= _MOST_WAYS


def find_brief(translated: str) -> BriefPattern | None:
    """Return a pattern for the standard library's engine; None where it may take long, or mean something else there.

    Args:
        translated: The pattern as ``re2.translate`` returns it.
    """
    if r"\p" in translated or r"\P" in translated:
        return None
    shape = _OPENING.sub("(", _ATOM.sub("x", _ROUNDS.sub(_flatten_round, translated)))
    if "(?" in shape or _REPEATED_GROUP.search(shape):
        return None
    try:
        compiled = re.compile(translated)
    except (re.error, OverflowError, RecursionError):
        return None  # the other engine says what is wrong
    fixed, bounds, unbounded = 1, [], 0 if shape.startswith("^") and "|" not in _outside_groups(shape) else 1
    for found in _QUANTIFIER.finditer(shape):
        if found[0] in {"?", "|"}:
            fixed *= 2
        elif found[0] in {"*", "+"} or (found[2] and not found[3]):
            unbounded += 1
        elif found[2]:
            bounds.append(int(found[3]))
    return BriefPattern(compiled, fixed, tuple(bounds), unbounded)


def _flatten_round(found: re.Match[str]) -> str:
    """Return what has as many ways to match as a group that is repeated, if its rounds can be told apart."""
    mark, many = found[1] or found[4], found[2] or found[3]
    character = bytes.fromhex(mark[2:]).decode("utf-32-be") if mark.startswith(r"\U") else mark[-1]
    return found[0] if re.fullmatch(many, character) else "x*x"


def _outside_groups(shape: str) -> str:
    """Return what of a pattern stands in no group."""
    kept, depth = [], 0
    for char in shape:
        depth += (char == "(") - (char == ")")
        if not depth:
            kept.append(char)
    return "".join(kept)
