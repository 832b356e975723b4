"""One part of a string: literal text, or what stands for a part that is not known yet."""

from __future__ import annotations

from typing import Protocol

from tapeproof.gate.engine.model.span import NOWHERE, Shifts, Span
from tapeproof.gate.engine.record import record

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


@record()
class Piece:
    """One part of a string: literal text, or a value that is not known yet.

    Attributes:
        content: The text, or the ``Ref`` or ``Unknown`` that stands there.
        span: Where it is written.
        shifts: Where escapes make the source longer than the text.
    """

    content: str | Unresolved
    span: Span = NOWHERE
    shifts: Shifts = ()

    def part(self, offset: int, length: int) -> Span | None:
        """Return where a part of a literal piece stands; None when it is not written out in the source as it is.

        What a function makes stands at the function's call, which is as long as it happens to be.
        """
        return self.span.part_of(self.content, self.shifts, offset, length) if isinstance(self.content, str) else None

    def place_of(self, fragment: str) -> Span:
        """Return where some text stands in a literal piece; in a multi-line one, the line it stands on."""
        if not isinstance(self.content, str):
            return self.span
        return self.part(max(self.content.find(fragment), 0), len(fragment)) or self.span
