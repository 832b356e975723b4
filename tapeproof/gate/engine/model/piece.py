"""One part of a string: literal text, or what stands for a part that is not known yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tapeproof.gate.engine.model.span import NOWHERE, Span

__all__ = ["Piece", "Unresolved"]


class Unresolved(Protocol):
    """A value that is not known: what strings need to know of a ``Ref`` or an ``Unknown``."""

    @property
    def why(self) -> str:
        """Why it is not known, as the end of a sentence."""
        ...

    @property
    def is_reference(self) -> bool:
        """Whether it is an attribute that only exists after apply, which stands for an exact value."""
        ...

    @property
    def identity(self) -> tuple[str, str] | None:
        """What it has in common with every value that is surely equal; None when nothing is."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a string: literal text, or a value that is not known yet.

    Attributes:
        content: The text, or the ``Ref`` or ``Unknown`` that stands there.
        span: Where it is written.
    """

    content: str | Unresolved
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
