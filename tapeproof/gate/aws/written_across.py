"""Secrets whose name stands on one line of a heredoc and the value on another: source has a literal for each line.

Sources: Kubernetes API Reference, EnvVar; RFC 7517 (a JSON Web Key), as YAML writes it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Piece
from tapeproof.gate.secrets.beside import find_beside
from tapeproof.gate.secrets.formats import known_formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tapeproof.gate.engine.model import Literal, Span
    from tapeproof.gate.secrets.formats import Found

__all__ = ["secrets_across_lines"]

_MARKS = ("value:", "kty")
"""What one of the lines contains."""


def secrets_across_lines(literals: Iterable[Literal]) -> Iterator[tuple[Literal, Found, Span]]:
    """Yield what only lines together give away: the line that the value is on, what it is, and where it stands."""
    for _, group in groupby(literals, key=lambda one: (one.owner, one.attribute, one.span.file, one.whole)):
        lines = list(group)
        if len(lines) > 1 and any(mark in line.text for line in lines for mark in _MARKS):
            yield from _in_lines(lines)


def _in_lines(lines: Sequence[Literal]) -> Iterator[tuple[Literal, Found, Span]]:
    starts = [0, *accumulate(len(line.text) for line in lines)]
    text = "".join(line.text for line in lines)
    for search in (known_formats, find_beside):
        for found in search(text):
            at = bisect_right(starts, found.offset) - 1
            ends = bisect_right(starts, found.offset + found.length - 1) - 1
            line = lines[ends]
            start = found.offset - starts[at] if at == ends else 0
            length = found.offset + found.length - starts[ends] - start
            place = Piece(line.text, line.span, line.shifts).part(start, length)
            yield line, found, place or line.span
