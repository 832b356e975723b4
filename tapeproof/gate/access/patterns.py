"""Wildcard patterns as sets of strings: `*` is any run of characters, `?` is any one character.

A pattern is simulated with one integer: bit *i* says that the text read so far may stand before token *i*.
IAM's rules for the wildcards: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
and, for ARNs in conditions, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tapeproof.gate.engine.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Glob", "arn_pattern", "exact", "marked_wildcard", "resource_pattern", "wildcard"]

ANY = "?"
STAR = "*"
ANY_WITHIN = "?:"
"""One character of a segment: any but the colon."""
STAR_WITHIN = "*:"
"""A run of characters of a segment."""
_COLON = "=:"
SEGMENTS = 6
"""An ARN has six parts; what follows the fifth colon is one part, colons included."""

_WILD = frozenset({ANY, STAR, ANY_WITHIN, STAR_WITHIN})


@record(slots=False)
class Glob:
    """A set of strings.

    Attributes:
        tokens: Literal characters as `=c`, and the four wildcards.
        text: What the document says, for people.
        folded: Whether upper and lower case are the same.
    """

    tokens: tuple[str, ...]
    text: str
    folded: bool = False

    @cached_property
    def _hash(self) -> int:
        return hash((self.tokens, self.folded))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def literal(self) -> str | None:
        """The one string of the set, if it has one only (in lower case where case is folded)."""
        return "".join(self.tokens)[1::2] if _WILD.isdisjoint(self.tokens) else None

    @cached_property
    def prefix(self) -> str:
        """The characters every string of the set begins with."""
        wild = next((at for at, token in enumerate(self.tokens) if token in _WILD), len(self.tokens))
        return "".join(self.tokens[:wild])[1::2]

    @cached_property
    def _runs(self) -> tuple[str, ...] | None:
        """The characters before, between and after the stars, where all wildcards are stars that stop at nothing."""
        runs = [""]
        for token in self.tokens:
            if token == STAR:
                runs.append("")
            elif token in _WILD:
                return None
            else:
                runs[-1] += token[1]
        return tuple(runs)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters that the pattern tells apart from others."""
        found = {token[1] for token in self.tokens if token not in _WILD}
        if any(token in {ANY_WITHIN, STAR_WITHIN} for token in self.tokens):
            found.add(":")
        return frozenset(found)

    @cached_property
    def _literals(self) -> dict[str, int]:
        masks: dict[str, int] = {}
        for position, token in enumerate(self.tokens):
            if token not in _WILD:
                masks[token[1]] = masks.get(token[1], 0) | 1 << position
        return masks

    def _mask(self, *tokens: str) -> int:
        return sum(1 << position for position, token in enumerate(self.tokens) if token in tokens)

    @cached_property
    def _any(self) -> tuple[int, int]:
        return self._mask(ANY), self._mask(ANY, ANY_WITHIN)

    @cached_property
    def _star(self) -> tuple[int, int]:
        return self._mask(STAR), self._mask(STAR, STAR_WITHIN)

    @cached_property
    def start(self) -> int:
        """The state before the first character."""
        return self._close(1)

    def _close(self, state: int) -> int:
        return state | (state & self._star[1]) << 1

    def step(self, state: int, letter: str) -> int:
        """Return the state after one more character; 0 when no string of the set begins so."""
        if self.folded:
            letter = _fold(letter)
        within = letter != ":"
        advancing = state & (self._literals.get(letter, 0) | self._any[within])
        return self._close(advancing << 1 | state & self._star[within])

    def accepts(self, state: int) -> bool:
        """Return whether the text that led to this state is in the set."""
        return bool(state >> len(self.tokens) & 1)

    def accepts_all(self, state: int) -> bool:
        """Return whether everything that may follow is in the set."""
        return bool(self.tokens) and self.tokens[-1] == STAR and bool(state >> (len(self.tokens) - 1) & 1)

    def list_next_letters(self, state: int) -> Iterator[str]:
        """Yield the literal characters that may come next."""
        for letter, mask in self._literals.items():
            if state & mask:
                yield letter
                if self.folded and letter.upper() != letter and len(letter.upper()) == 1:
                    yield letter.upper()

    def __contains__(self, text: object) -> bool:
        if not isinstance(text, str):
            return False
        if self.literal is not None:
            return self.literal == (_fold_case(text) if self.folded else text)
        told = _fold_case(text) if self.folded else text
        if not told.startswith(self.prefix):
            return False
        if self._runs is not None:
            return _holds_in_turn(told, self._runs)
        state, literals, wild, star = self.start, self._literals, self._any, self._star
        for letter in told:
            within = letter != ":"
            advancing = state & (literals.get(letter, 0) | wild[within])
            state = self._close(advancing << 1 | state & star[within])
            if not state:
                return False
        return self.accepts(state)


def _holds_in_turn(text: str, runs: tuple[str, ...]) -> bool:
    """Return whether a text is these characters with any others between them: the first place for each is as good."""
    first, *middle, last = runs
    at, end = len(first), len(text) - len(last)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for run in middle:
        found = text.find(run, at, end)
        if found < 0:
            return False
        at = found + len(run)
    return True


def _fold(letter: str) -> str:
    """Return the lower case of one character where that is one character too."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def _fold_case(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def _tokens(marked: Sequence[tuple[str, bool]], *, folded: bool) -> tuple[str, ...]:
    """Turn characters with their mark (is it a wildcard?) into tokens, runs of wildcards in one order."""
    tokens: list[str] = []
    run: list[str] = []
    for letter, wild in (*marked, ("", False)):
        if wild:
            run.append(letter)
            continue
        if run:
            tokens.extend([ANY] * run.count(ANY) + [STAR] * (STAR in run))
            run.clear()
        if letter:
            tokens.append("=" + (_fold(letter) if folded else letter))
    return tuple(tokens)


def _mark_wildcards(text: str) -> list[tuple[str, bool]]:
    return [(letter, letter in "*?") for letter in text]


@lru_cache(maxsize=65_536)
def exact(text: str, *, folded: bool = False) -> Glob:
    """Return the set of this one string; wildcards in it are characters like others."""
    return Glob(tuple(["=" + letter for letter in (map(_fold, text) if folded else text)]), text, folded)


@lru_cache(maxsize=65_536)
def wildcard(text: str, *, folded: bool = False) -> Glob:
    """Return the strings that a pattern describes as a whole, colons and slashes being characters like others."""
    return Glob(_tokens(_mark_wildcards(text), folded=folded), text, folded)


def marked_wildcard(marked: Sequence[tuple[str, bool]], text: str, *, folded: bool = False) -> Glob:
    """Return the set of a pattern whose wildcards are marked apart from the same characters taken literally."""
    return Glob(_tokens(marked, folded=folded), text, folded)


def resource_pattern(marked: Sequence[tuple[str, bool]], text: str) -> Glob:
    """Return the resources that a Resource element names.

    A star that ends a segment of the ARN may run beyond the colon; one inside the first five segments may not.
    """
    return Glob(_confine_wildcards(_tokens(marked, folded=False), spanning=True), text)


def arn_pattern(marked: Sequence[tuple[str, bool]], text: str) -> Glob:
    """Return the ARNs that ArnLike and ArnEquals admit: the six parts are compared one by one."""
    return Glob(_confine_wildcards(_tokens(marked, folded=False), spanning=False), text)


def _confine_wildcards(tokens: tuple[str, ...], *, spanning: bool) -> tuple[str, ...]:
    colons = 0
    kept: list[str] = []
    for position, token in enumerate(tokens):
        colons += token[1:] == ":" and token not in _WILD
        if token not in _WILD or colons >= SEGMENTS - 1:
            kept.append(token)
            continue
        last = position == len(tokens) - 1
        ending = last or (spanning and tokens[position + 1] == _COLON)
        kept.append(token if token == STAR and ending else token + ":")
    return tuple(kept)
