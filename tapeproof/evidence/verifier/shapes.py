"""Evidence lines of one shape: they differ only in texts and numbers at which no criterion looks.

A stack of many resources repeats itself but for names and request ids. A line that was read as JSON becomes a
pattern: its own text, with "any text" or "any number" in the place of each one that decides nothing. What matches has
the same structure and the same values wherever a criterion looks, so it has the same judgements. Which ones decide is
not guessed: each is changed by itself, and the line is read and looked at again.
"""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.verifier.strict_json import SCAN, Json

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Shapes"]

VALUES = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?')
"""Texts and numbers of a line that is JSON; keys are texts too, told apart by the colon behind them."""
ANY_TEXT = r'"[^"\\\x00-\x1f]*"'
ANY_NUMBER = r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,16})?"
ADDRESS = r'("[^"\\\x00-\x1f]*(?:\\["\\/bfnrt][^"\\\x00-\x1f]*)*")'
LINES_A_SHAPE = 100
"""A pattern costs as much as reading some dozens of lines, so at most one line in so many becomes one."""
MAX_SHAPES = 8
MAX_SHAPE_CHARACTERS = 1 << 13


class Shapes:
    """The shapes of one file's lines, the last that matched first.

    Args:
        look: Returns, as text, all of a line that decides what is judged of its resource.
    """

    def __init__(self, look: Callable[[Json], str]) -> None:
        self._look = look
        self._known: list[tuple[re.Pattern[str], Any]] = []

    def find(self, text: str) -> tuple[str, Any] | None:
        """Return the address in a line and what was learned of its shape; None when its shape is not known."""
        for at, (pattern, judged) in enumerate(self._known):
            found = pattern.fullmatch(text)
            if found:
                if at:
                    self._known.insert(0, self._known.pop(at))
                return scanstring(text, found.start(1) + 1)[0], judged
        return None

    def learn(self, number: int, text: str, line: dict[str, Json], judged: Any) -> None:  # noqa: ANN401 - handed back
        """Remember the shape of a line that was read as JSON, if it is worth it.

        Args:
            number: Of the line in its file.
            text: The line.
            line: The same, read; it names its resource.
            judged: What is judged of it.
        """
        room = len(self._known) < min(MAX_SHAPES, number // LINES_A_SHAPE)
        if room and isinstance(line["resource"], str) and len(text) <= MAX_SHAPE_CHARACTERS:
            pattern = re.compile(self._pattern(text, line))
            if pattern.groups:
                self._known.insert(0, (pattern, judged))

    def _pattern(self, text: str, line: dict[str, Json]) -> str:
        parts, last, seen = [], 0, self._look(line)
        for found in VALUES.finditer(text):
            start, end = found.span()
            if text[end : end + 1] not in {",", "}", "]"}:
                continue  # a key, or a form that this program does not write
            other = _other(found.group())
            changed, _ = SCAN(text[:start] + other + text[end:], 0)
            if self._look(changed) != seen:
                continue
            parts += [re.escape(text[last:start]), self._stand_in(changed, line, text[start])]
            last = end
        return "".join([*parts, re.escape(text[last:])])

    @staticmethod
    def _stand_in(changed: dict[str, Json], line: dict[str, Json], first: str) -> str:
        if changed["resource"] != line["resource"]:
            return ADDRESS
        return ANY_TEXT if first == '"' else ANY_NUMBER


def _other(value: str) -> str:
    """Return another text or number than a given one."""
    if value.startswith('"'):
        return f'{value[:-1]}x"'
    return value.replace("-", "-1", 1) if value.startswith("-") else f"1{value}"
