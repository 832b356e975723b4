"""Secrets that only several parts of a text give away: the lines of a heredoc, or what stands around an interpolation.

Sources: Kubernetes API Reference, EnvVar; RFC 7517 (a JSON Web Key), as YAML writes it; the manuals of commands.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Piece
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.secrets.beside import find_beside
from tapeproof.gate.secrets.commands import COMMANDS, find_commanded
from tapeproof.gate.secrets.formats import known_formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tapeproof.gate.engine.model import Literal, Span
    from tapeproof.gate.secrets.formats import Found

__all__ = ["Across", "found_across", "secrets_across_lines"]

_MARKS = ("value:", "kty", *COMMANDS)
"""What one of the parts contains."""
_FILLED_IN = "$_"
"""Stands where a reference does: what comes from elsewhere is written nowhere here."""


class Across(NamedTuple):
    """What was found, the number of the part in which it ends, and where it stands."""

    found: Found
    part: int
    place: Span


def secrets_across_lines(literals: Iterable[Literal]) -> Iterator[tuple[Literal, Across]]:
    """Yield what literals of one attribute give away together, each with the literal in which it ends."""
    for _, group in groupby(literals, key=lambda one: (one.owner, one.attribute, one.span.file, one.whole)):
        listed = list(group)
        if len(listed) > 1 and not listed[0].whole:
            pieces = [Piece(one.text, one.span, one.shifts) for one in listed]
            gaps = [not one.text.endswith("\n") and _follows(one, other) for one, other in pairwise(listed)]
            yield from ((listed[across.part], across) for across in found_across(pieces, gaps))


def found_across(pieces: Sequence[Piece], gaps: Sequence[bool] = ()) -> Iterator[Across]:
    """Yield what the pieces of a text give away together.

    Args:
        pieces: The pieces.
        gaps: Of each piece but the last, whether something that is not among them stands behind it.
    """
    texts = [piece.content if isinstance(piece.content, str) else _FILLED_IN for piece in pieces]
    together = "\0".join(texts)
    if not any(mark in together for mark in _MARKS):
        return
    spread = [text + _FILLED_IN * gap for text, gap in zip(texts, (*gaps, *[False] * len(texts)), strict=False)]
    starts = [0, *accumulate(map(len, spread))]
    for search in (known_formats, find_beside, find_commanded):
        for found in search("".join(spread)):
            ends = found.offset + found.length
            part = bisect_right(starts, ends - 1) - 1
            start = max(found.offset, starts[part])
            piece = pieces[part]
            yield Across(found, part, piece.part(start - starts[part], ends - start) or piece.span)


def _follows(one: Literal, other: Literal) -> bool:
    return one.span.end_line == other.span.line
