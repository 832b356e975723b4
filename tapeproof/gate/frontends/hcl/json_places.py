"""Where the parts of a JSON string stand in their file, though escapes make the source longer than the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.evaluator.syntax import Constant

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import At, Shifts

__all__ = ["Inside", "shifts_of_escapes"]

_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_QUOTES = 2


def shifts_of_escapes(source: str) -> Shifts:
    """Return where, and by how much, the escapes of a JSON string make it longer than its text.

    Args:
        source: The string as it is written, between its quotes.
    """
    shifts: list[tuple[int, int]] = []
    surplus = 0
    for escape in _ESCAPE.finditer(source):
        surplus += len(escape[0]) - 1
        shifts.append((escape.end() - surplus, surplus))
    return tuple(shifts)


class Inside:
    """Moves what was parsed from the text of a JSON string to where it is written.

    Args:
        text: The text.
        at: Where the string stands, with its quotes; always on one line.
        shifts: Its ``shifts_of_escapes``.
    """

    def __init__(self, text: str, at: At, shifts: Shifts) -> None:
        self.at = at
        self.shifts = shifts
        self.length = len(text)
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def moved(self, node: Any) -> Any:  # noqa: ANN401 - any node, and the same out
        """Return a node with every place in the file instead of in the text."""
        if not isinstance(node, tuple):
            return node
        fields = getattr(node, "_fields", None)
        if fields is None:
            return tuple(self.moved(part) for part in node)
        if isinstance(node, Constant):
            shifts = self._of_constant(node) if isinstance(node.value, str) else ()
            return Constant(node.value, self._place(node.at), shifts)
        parts = zip(fields, node, strict=True)
        return type(node)(*(self._place(part) if name == "at" else self.moved(part) for name, part in parts))

    def _place(self, at: At) -> At:
        return (self.at[0], self._column(self._offset(*at[:2])), self.at[0], self._column(self._offset(*at[2:])))

    def _offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1 if line <= len(self.starts) else self.length

    def _column(self, offset: int) -> int:
        return self.at[1] + 1 + offset + _shift_at(self.shifts, offset)

    def _of_constant(self, node: Constant) -> Shifts:
        """Return the shifts of a literal: those of HCL's escapes and those of JSON's together."""
        first, last = self._offset(*node.at[:2]), self._offset(*node.at[2:])
        written = len(node.value) + (node.shifts[-1][1] if node.shifts else 0)
        if last - first - written not in {0, _QUOTES}:
            return ()  # a heredoc, say: it is pointed at as a whole
        quote = 1 if last - first > written else 0
        begin = self._column(first) + quote
        shifts: list[tuple[int, int]] = []
        for index in range(len(node.value) + 1):
            source = self._column(first + quote + index + _shift_at(node.shifts, index))
            surplus = source - begin - index
            if surplus != (shifts[-1][1] if shifts else 0):
                shifts.append((index, surplus))
        return tuple(shifts)


def _shift_at(shifts: Shifts, place: int) -> int:
    return next((surplus for after, surplus in reversed(shifts) if after <= place), 0)
