"""What the gate knows of a value: ``Known``, ``Ref``, ``Text`` or ``Unknown``.

A rule never inspects which of them it has. It asks for what it needs (``number()``, ``text()``, ``elements()`` …), and
when that cannot be told, the question raises ``Undecided``, which the engine turns into an UNKNOWN verdict at the
value's own place. A rule therefore cannot pass what it could not judge, however carelessly it is written.

Every value remembers where it stands (``span``) and what flowed into it (``origins``): ``"lambda-${var.suffix}"`` is a
string whose origins hold ``var.suffix``, also after any number of locals, modules and functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeAlias

from tapeproof.gate.engine.model.sameness import same
from tapeproof.gate.engine.model.span import NOWHERE, Span
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from tapeproof.gate.engine.model.piece import Piece

__all__ = ["NotJsonError", "Origin", "Plain", "Undecided", "Value"]

Plain: TypeAlias = "bool | int | Decimal | str | list[Plain] | dict[str, Plain] | None"
"""A value in plain Python: numbers are ``int`` or ``Decimal``, never ``float``."""


class Origin(NamedTuple):
    """Something a value came from.

    Attributes:
        address: ``var.environment_suffix`` (of the root module) or a resource's address,
            ``module.trade.aws_lambda_function.this[0]``.
        path: The attribute of that resource, ``arn``; empty for variables.
    """

    address: str
    path: str = ""


_OF_ANOTHER_TYPE = "is not of the type that is expected here"
"""Why a question that does not fit a value has no answer, where the value itself is known."""


class Undecided(Exception):  # noqa: N818 - not an error: it is the third answer a rule can give
    """Raised when a question about a value has no answer; carries the value that was in the way."""

    def __init__(self, value: Value, why: str = "") -> None:
        self.value = value
        self.why = why or value.why or _OF_ANOTHER_TYPE
        super().__init__(self.why)


class NotJsonError(Undecided):
    """Raised for a text that is read as JSON, as far as it is known, and is none."""


@record(kw_only=True)
class Value:
    """Common to all values.

    Attributes:
        span: Where the value is written.
        origins: The variables and resources whose values flowed into this one.
        sensitive: Whether Terraform would hide it.
        document: What a string holds when it is JSON made by the configuration (``jsonencode``,
            ``aws_iam_policy_document``), with the place of every part; use ``Stack.document`` to read any JSON string.
    """

    span: Span = NOWHERE
    origins: frozenset[Origin] = frozenset()
    sensitive: bool = False
    document: Value | None = None

    @property
    def why(self) -> str:
        """Why the value is not known, as the end of a sentence; empty when it is."""
        return ""

    @property
    def known(self) -> bool:
        """Whether all of it is known, parts included."""
        return False

    @property
    def is_reference(self) -> bool:
        """Whether it is an attribute that only exists after apply, which stands for an exact value."""
        return False

    @property
    def is_null(self) -> bool:
        """Whether it is null or absent. A reference to a resource's attribute is not null.

        Raises:
            Undecided: It is unknown.
        """
        return False

    @property
    def is_unset(self) -> bool:
        """Whether it is null, absent or an empty string, which providers take for the same.

        Raises:
            Undecided: It is unknown.
        """
        return self.is_null

    def plain(self) -> Plain:
        """Return it in plain Python, parts included.

        Raises:
            Undecided: Any part is not known.
        """
        raise Undecided(self)

    def text(self) -> str:
        """Return it as a string, converting numbers and booleans as Terraform does.

        Raises:
            Undecided: It is not wholly known, null, or of a type that has no text.
        """
        raise Undecided(self)

    def number(self) -> int | Decimal:
        """Return it as a number, converting numeric strings as Terraform does.

        Raises:
            Undecided: It is not known, null, or no number.
        """
        raise Undecided(self)

    def boolean(self) -> bool:
        """Return it as a boolean, converting ``"true"`` and ``"false"`` as Terraform does.

        Raises:
            Undecided: It is not known, null, or no boolean.
        """
        raise Undecided(self)

    def elements(self) -> tuple[Value, ...]:
        """Return the elements of a list, tuple or set; a single scalar counts as a list of one, null as none.

        Raises:
            Undecided: It is not known which elements there are. (An element may itself be unknown.)
        """
        raise Undecided(self)

    def entries(self) -> Mapping[str, Value]:
        """Return the attributes of an object or map; null counts as none.

        Raises:
            Undecided: It is not known, or no map.
        """
        raise Undecided(self)

    def pieces_of_text(self) -> tuple[Piece, ...]:
        """Return a string as its literal pieces and the values between them, in order.

        Raises:
            Undecided: It is no string at all.
        """
        raise Undecided(self)

    def entry(self, name: str) -> Value:
        """Return one attribute of an object or map, null when it is absent.

        Raises:
            Undecided: It is not known, or no map.
        """
        return self.entries()[name]

    def contains(self, fragment: str) -> bool:
        """Return whether a string contains some literal text. A reference stands for an exact, unadorned value.

        Raises:
            Undecided: No known piece contains it, but an unknown one may; or it is no string at all.
        """
        pieces = self.pieces_of_text()
        if any(fragment in piece.content for piece in pieces if isinstance(piece.content, str)):
            return True
        for piece in pieces:
            if not isinstance(piece.content, str) and not piece.content.is_reference:
                raise Undecided(self, piece.content.why)
        return False

    def place_of(self, fragment: str) -> Span:
        """Return where some literal text stands inside a string, or the string's own span when it is not found."""
        for piece in self.pieces_of_text():
            if isinstance(piece.content, str) and fragment in piece.content:
                return piece.place_of(fragment)
        return self.span

    def same_as(self, other: Value) -> bool:
        """Return whether two values are surely equal, as text.

        Two values built alike from the same references and unknowns are equal even though neither is known.

        Raises:
            Undecided: They may or may not be equal.
        """
        answer = same(self.pieces_of_text(), other.pieces_of_text())
        if answer is None:
            unsure = other if self.known else self
            raise Undecided(unsure, unsure.why or "may or may not be equal to what it is compared with")
        return answer

    def comes_from(self, address: str) -> bool:
        """Return whether the variable or resource at ``address`` flowed into this value."""
        return any(origin.address == address for origin in self.origins)

    def at(self, span: Span) -> Self:
        """Return the same value, standing elsewhere."""
        return replace(self, span=span)

    def parts(self) -> Iterator[Value]:
        """Yield this value and, for a collection, everything in it, outermost first."""
        yield self
