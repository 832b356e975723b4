"""Values that are not known: an attribute that only exists after apply, and what cannot be told at all."""

from __future__ import annotations

from tapeproof.gate.engine.model.piece import Piece
from tapeproof.gate.engine.model.value import Undecided, Value
from tapeproof.gate.engine.record import field, record

__all__ = ["Ref", "Unknown"]


@record()
class Ref(Value):
    """An attribute of a resource or data source that only exists after apply, such as ``aws_dynamodb_table.t.arn``.

    Attributes:
        resource: Full address: ``module.a.aws_x.y["k"]``, or ``data.aws_x.y`` for a data source.
        path: The attribute, dotted: ``arn``, ``statement.0.sid``; empty for the resource as a whole.
        resource_type: The resource's type, where the address does not hold it; else empty.
    """

    resource: str
    path: str = ""
    resource_type: str = ""

    @property
    def why(self) -> str:
        """Why it is not known."""
        return f"{self} is known only after apply"

    @property
    def is_reference(self) -> bool:
        """It is one."""
        return True

    @property
    def identity(self) -> tuple[str, str] | None:
        """What it has in common with every value that is surely equal."""
        return (self.resource, self.path)

    @property
    def is_data(self) -> bool:
        """Whether it points at a data source."""
        return ".data." in f".{self.resource}"

    def pieces_of_text(self) -> tuple[Piece, ...]:
        """Return the reference as the only piece."""
        return (Piece(self, self.span),)

    def __str__(self) -> str:
        """Return the reference as it would be written in the root module."""
        return f"{self.resource}.{self.path}" if self.path else self.resource


@record()
class Unknown(Value):
    """A value that cannot be told from what was read.

    Attributes:
        reason: Why, as the end of a sentence: ``var.suffix has no value``.
        symbol: What makes two unknowns surely the same value (``var.suffix``); empty when nothing does.
        pairs: The keys and values of an object of which a key is not known; nothing of any other value.
    """

    reason: str
    symbol: str = ""
    pairs: tuple[tuple[Value, Value], ...] = field(default=(), compare=False, repr=False)

    @property
    def why(self) -> str:
        """Why it is not known."""
        return self.reason

    @property
    def identity(self) -> tuple[str, str] | None:
        """What it has in common with every value that is surely equal; None when nothing is."""
        return ("", self.symbol) if self.symbol else None

    @property
    def is_null(self) -> bool:
        """Cannot be told."""
        raise Undecided(self)

    def pieces_of_text(self) -> tuple[Piece, ...]:
        """Return the unknown as the only piece."""
        return (Piece(self, self.span),)
