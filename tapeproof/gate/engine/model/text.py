"""Strings that are put together from pieces, each with its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model.value import Value
from tapeproof.gate.engine.record import record

if TYPE_CHECKING:
    from tapeproof.gate.engine.model.piece import Piece

__all__ = ["Text"]


@record()
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
