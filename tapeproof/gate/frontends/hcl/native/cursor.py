"""Where a reader is in a text, what it passes over, and the places of what it has read.

Source: HCL Native Syntax Specification, "Lexical Elements".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.syntax import At
    from tapeproof.gate.frontends.hcl.positions import Positions

__all__ = ["DEEPEST", "LONGEST_NUMBER", "NAME", "RESERVED", "Cursor", "NotTakenError"]

DEEPEST = 64
"""How deeply expressions and blocks may lie in each other here; what is deeper is left to the reference."""
LONGEST_NUMBER = 100
"""Digits and signs; longer ones are left to the reference, which knows how large a number may be."""

NAME = r"[a-zA-Z_][a-zA-Z0-9_-]*+"
RESERVED = frozenset({"if", "in", "for", "for_each", "else", "endif", "endfor"})
"""Words that python-hcl2's grammar takes for itself in some places."""

_COMMENT = r"#[^\n\0]*+|//[^\n\0]*+|/\*(?:[^*]++|\*(?!/))*+\*/"
_BLANK = re.compile(rf"[ \t\r]*+(?:(?:{_COMMENT})[ \t\r]*+)*+")
_SPACE = re.compile(rf"[ \t\r\n]*+(?:(?:{_COMMENT})[ \t\r\n]*+)*+")


class NotTakenError(Exception):
    """The text is no HCL, or HCL of a rare kind: the reference has to read it, and to say what is wrong with it."""


class Cursor:
    """A place in a text.

    Args:
        text: The text.
        positions: Its lines.

    Attributes:
        text: The text, with a character after it that no syntax begins with.
        here: The first character that is not taken yet.
        blank: Matches what is passed over: comments and spaces, and newlines where these mean nothing.
    """

    def __init__(self, text: str, positions: Positions) -> None:
        self.text = f"{text}\0"
        self.end = len(text)
        self.here = positions.origin
        self.blank: Callable[[str, int], re.Match[str] | None] = _BLANK.match
        self._starts = positions.starts
        self._known = positions
        self._line = 0
        self._first = self._next = -1
        self._depth = 0

    def skip(self) -> int:
        """Pass over what means nothing here; return where the next word begins."""
        here = self.here
        if self.text[here] <= "/":  # nothing that is passed over begins with another character
            self.here = here = self.blank(self.text, here).end()  # type: ignore[union-attr] # it matches nothing, too
        return here

    def skip_lines(self) -> int:
        """Pass over newlines too; return where the next word begins."""
        self.here = here = _SPACE.match(self.text, self.here).end()  # type: ignore[union-attr] # as above
        return here

    def newlines_mean(self, something: bool) -> Callable[[str, int], re.Match[str] | None]:
        """Say whether newlines mean something from here on; return what to put back into ``blank`` later."""
        before = self.blank
        self.blank = _BLANK.match if something else _SPACE.match
        return before

    def take(self, sign: str) -> None:
        """Take a sign that must come next.

        Raises:
            NotTakenError: Something else comes.
        """
        if not self.text.startswith(sign, self.skip()):
            raise NotTakenError
        self.here += len(sign)

    def comes(self, sign: str) -> bool:
        """Take a sign if it comes next; return whether it did."""
        if self.text.startswith(sign, self.skip()):
            self.here += len(sign)
            return True
        return False

    def enter(self) -> None:
        """Go one level deeper.

        Raises:
            NotTakenError: It is one too many.
        """
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotTakenError

    def leave(self) -> None:
        """Go one level back."""
        self._depth -= 1

    def at(self, start: int, end: int) -> At:
        """Return the place of the characters from ``start`` up to ``end``, as ``Positions.at`` does."""
        if self._first <= start and end < self._next:
            line, before = self._line, self._first - 1
            return (line, start - before, line, end - before)
        starts = self._starts
        line = bisect_right(starts, start)
        if line:
            after = starts[line] if line < len(starts) else self.end + 2
            self._line, self._first, self._next = line, starts[line - 1], after
        return self._known.at(start, end)
