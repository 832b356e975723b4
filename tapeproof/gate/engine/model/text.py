"""Strings that are put together from pieces, each with its own place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model.span import NOWHERE, Span
from tapeproof.gate.engine.model.value import Value

if TYPE_CHECKING:
    from tapeproof.gate.engine.model.unresolved import Ref, Unknown

__all__ = ["Piece", "Text"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a string: literal text, or a value that is not known yet.

    Attributes:
        content: The text, or the ``Ref`` or ``Unknown`` that stands there.
        span: Where it is written.
    """

    content: str | Ref | Unknown
    span: Span = NOWHERE

    @property
    def is_written_out(self) -> bool:
        """Whether the text stands in the source as it is, so that a part of it has a place of its own.

        What a function makes stands at the function's call, which is as long as it happens to be.
        """
        if not isinstance(self.content, str) or not self.span.line:
            return False
        lines = self.span.end_line - self.span.line
        if lines:
            return self.content.count("\n") in {lines, lines - 1}
        return self.span.end_column - self.span.column - len(self.content) in {0, len('""')}

    def place_of(self, fragment: str) -> Span:
        """Return where some text stands in a literal piece; in a multi-line one, the line it stands on."""
        if not isinstance(self.content, str) or not self.is_written_out:
            return self.span
        before = self.content[: max(self.content.find(fragment), 0)]
        lines = before.count("\n")
        if not lines:
            return self.span.within(len(before), len(fragment))
        column = len(before) - before.rfind("\n")
        return Span(self.span.file, self.span.line + lines, column, self.span.line + lines, column + len(fragment))


@dataclass(frozen=True, slots=True)
class Text(Value):
    """A string with known pieces around parts that are not: ``"${aws_dynamodb_table.t.arn}/index/*"``.

    Attributes:
        pieces: Literal text, references and unknowns, in order; at least one is not text.
    """

    pieces: tuple[Piece, ...]

    @property
    def why(self) -> str:
        """Why it is not wholly known."""
        return next((piece.content.why for piece in self.pieces if not isinstance(piece.content, str)), "")

    def pieces_of_text(self) -> tuple[Piece, ...]:
        """Return the pieces."""
        return self.pieces

    def literal(self) -> str:
        """Return the known text alone, the rest left out."""
        return "".join(piece.content for piece in self.pieces if isinstance(piece.content, str))
