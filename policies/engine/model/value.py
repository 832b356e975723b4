"""What the gate knows of a value: ``Known``, ``Ref``, ``Text`` or ``Unknown``.

A rule never inspects which of them it has. It asks for what it needs (``number()``, ``text()``, ``elements()`` …), and
when that cannot be told, the question raises ``Undecided``, which the engine turns into an UNKNOWN verdict at the
value's own place. A rule therefore cannot pass what it could not judge, however carelessly it is written.

Every value remembers where it stands (``span``) and what flowed into it (``origins``): ``"lambda-${var.suffix}"`` is a
string whose origins hold ``var.suffix``, also after any number of locals, modules and functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple, Self, TypeAlias

from policies.engine.model.span import NOWHERE, Span

__all__ = ["Known", "Origin", "Piece", "Plain", "Ref", "Text", "Undecided", "Unknown", "Value"]

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


class Undecided(Exception):  # noqa: N818 - not an error: it is the third answer a rule can give
    """Raised when a question about a value has no answer; carries the value that was in the way."""

    def __init__(self, value: Value, why: str = "") -> None:
        self.value = value
        self.why = why or value.why
        super().__init__(self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
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
        return self.is_null or (isinstance(self, Known) and self.value == "")

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
        found = self.entries().get(name)
        return Known(None, span=self.span) if found is None else found

    def contains(self, fragment: str) -> bool:
        """Return whether a string contains some literal text. A reference stands for an exact, unadorned value.

        Raises:
            Undecided: No known piece contains it, but an unknown one may; or it is no string at all.
        """
        pieces = self.pieces_of_text()
        if any(fragment in piece.content for piece in pieces if isinstance(piece.content, str)):
            return True
        for piece in pieces:
            if isinstance(piece.content, Unknown):
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
        if isinstance(self, Known) and isinstance(other, Known) and type(self.value) is type(other.value) is str:
            return self.value == other.value
        mine, theirs = _signature(self), _signature(other)
        if mine == theirs and None not in mine:
            return True
        if all(isinstance(part, str) for part in (*mine, *theirs)):
            return False
        if _ends_differ(mine, theirs) or _different_things(mine, theirs):
            return False
        raise Undecided(other if isinstance(self, Known) else self)

    def comes_from(self, address: str) -> bool:
        """Return whether the variable or resource at ``address`` flowed into this value."""
        return any(origin.address == address for origin in self.origins)

    def at(self, span: Span) -> Self:
        """Return the same value, standing elsewhere."""
        return replace(self, span=span)

    def parts(self) -> Iterator[Value]:
        """Yield this value and, for a collection, everything in it, outermost first."""
        yield self


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a string: literal text, or a value that is not known yet.

    Attributes:
        content: The text, or the ``Ref`` or ``Unknown`` that stands there.
        span: Where it is written.
    """

    content: str | Ref | Unknown
    span: Span = NOWHERE

    def place_of(self, fragment: str) -> Span:
        """Return where some text stands in a literal piece; in a multi-line one, the line it stands on."""
        if not isinstance(self.content, str) or not self.span.line:
            return self.span
        before = self.content[: max(self.content.find(fragment), 0)]
        lines = before.count("\n")
        if not lines:
            return self.span.within(len(before), len(fragment))
        column = len(before) - before.rfind("\n")
        return Span(self.span.file, self.span.line + lines, column, self.span.line + lines, column + len(fragment))


_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Known(Value):
    """A value that is known; the elements of a collection are values of their own and may be anything.

    Attributes:
        value: ``None``, ``bool``, ``int``, ``Decimal``, ``str``, a tuple of values, or a mapping of values.
        kind: Terraform's collection type (``tuple``, ``list``, ``set``, ``object``, ``map``); empty for scalars.
        pieces: Where the parts of a string are written, when it was put together from several.
    """

    value: bool | int | Decimal | str | tuple[Value, ...] | Mapping[str, Value] | None
    kind: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def known(self) -> bool:
        """Whether every part is known."""
        return all(part is self or isinstance(part, Known) for part in self.parts())

    @property
    def is_null(self) -> bool:
        """Whether it is null."""
        return self.value is None

    def plain(self) -> Plain:
        """Return it in plain Python."""
        if isinstance(self.value, tuple):
            return [element.plain() for element in self.value]
        if isinstance(self.value, Mapping):
            return {key: element.plain() for key, element in self.value.items()}
        return self.value

    def text(self) -> str:
        """Return it as a string."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if isinstance(self.value, (str, int, Decimal)):
            return str(self.value)
        raise Undecided(self, f"is {self._described()} where a string is expected")

    def number(self) -> int | Decimal:
        """Return it as a number."""
        if isinstance(self.value, (int, Decimal)) and not isinstance(self.value, bool):
            return self.value
        if isinstance(self.value, str):
            return self._parsed(self.value)
        raise Undecided(self, f"is {self._described()} where a number is expected")

    def boolean(self) -> bool:
        """Return it as a boolean."""
        if isinstance(self.value, bool):
            return self.value
        if self.value in ("true", "false"):
            return self.value == "true"
        raise Undecided(self, f"is {self._described()} where true or false is expected")

    def elements(self) -> tuple[Value, ...]:
        """Return the elements."""
        if isinstance(self.value, tuple):
            return self.value
        return () if self.value is None else (self,)

    def entries(self) -> Mapping[str, Value]:
        """Return the attributes."""
        if isinstance(self.value, Mapping):
            return self.value
        if self.value is None:
            return {}
        raise Undecided(self, f"is {self._described()} where a map is expected")

    def pieces_of_text(self) -> tuple[Piece, ...]:
        """Return the string's pieces."""
        return self.pieces or (Piece(self.text(), self.span),)

    def parts(self) -> Iterator[Value]:
        """Yield this value and everything in it."""
        waiting: list[Value] = [self]
        while waiting:
            part = waiting.pop()
            yield part
            inner = part.value if isinstance(part, Known) else None
            if isinstance(inner, tuple):
                waiting.extend(reversed(inner))
            elif isinstance(inner, Mapping):
                waiting.extend([*inner.values()][::-1])

    def _parsed(self, text: str) -> int | Decimal:
        if not _NUMBER.fullmatch(text):
            raise Undecided(self, f"is {text[:40]!r} where a number is expected")
        number = Decimal(text)
        if abs(number.adjusted()) > _LONGEST:
            raise Undecided(self, "is a number of too many digits")
        return int(number) if number == number.to_integral_value() else number

    def _described(self) -> str:
        if self.value is None:
            return "null"
        if isinstance(self.value, (tuple, Mapping)):
            return f"a {self.kind or ('tuple' if isinstance(self.value, tuple) else 'map')}"
        return repr(self.value)


@dataclass(frozen=True, slots=True)
class Ref(Value):
    """An attribute of a resource or data source that only exists after apply, such as ``aws_dynamodb_table.t.arn``.

    Attributes:
        resource: Full address: ``module.a.aws_x.y["k"]``, or ``data.aws_x.y`` for a data source.
        path: The attribute, dotted: ``arn``, ``statement.0.sid``; empty for the resource as a whole.
    """

    resource: str
    path: str = ""

    @property
    def why(self) -> str:
        """Why it is not known."""
        return f"{self} is known only after apply"

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


@dataclass(frozen=True, slots=True)
class Unknown(Value):
    """A value that cannot be told from what was read.

    Attributes:
        reason: Why, as the end of a sentence: ``var.suffix has no value``.
        symbol: What makes two unknowns surely the same value (``var.suffix``); empty when nothing does.
    """

    reason: str
    symbol: str = ""

    @property
    def why(self) -> str:
        """Why it is not known."""
        return self.reason

    @property
    def is_null(self) -> bool:
        """Cannot be told."""
        raise Undecided(self)

    def pieces_of_text(self) -> tuple[Piece, ...]:
        """Return the unknown as the only piece."""
        return (Piece(self, self.span),)


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


def _signature(value: Value) -> tuple[str | Ref | tuple[str, str] | None, ...]:
    """Return what the value is made of, without places: equal signatures without ``None`` mean equal values."""
    parts: list[Any] = []
    for piece in value.pieces_of_text():
        content = piece.content
        if isinstance(content, str) and parts and isinstance(parts[-1], str):
            parts[-1] += content
        elif isinstance(content, str):
            parts.append(content)
        elif isinstance(content, Ref):
            parts.append((content.resource, content.path))
        else:
            parts.append(("", content.symbol) if content.symbol else None)
    return tuple(parts)


def _different_things(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> bool:
    """Return whether both are the identity of a resource, and not of the same one."""
    if len(mine) != 1 or len(theirs) != 1 or not isinstance(mine[0], tuple) or not isinstance(theirs[0], tuple):
        return False
    (first, path), (second, other_path) = mine[0], theirs[0]
    known = first and second and "[?]" not in first + second and ".data." not in f".{first}.{second}"
    return bool(known) and path == other_path and path in {"arn", "id"} and first != second


def _ends_differ(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> bool:
    """Return whether the literal text at either end already tells the two apart."""
    first, second = (mine or ("",))[0], (theirs or ("",))[0]
    if isinstance(first, str) and isinstance(second, str):
        shared = min(len(first), len(second))
        if first[:shared] != second[:shared]:
            return True
    first, second = (mine or ("",))[-1], (theirs or ("",))[-1]
    if isinstance(first, str) and isinstance(second, str):
        shared = min(len(first), len(second))
        return first[len(first) - shared :] != second[len(second) - shared :]
    return False
