"""What travels with values through expressions: where they came from, and whether they are secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import NOWHERE, Known, Origin, Piece, Span, Text, Unknown, Value
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Marks", "add_marks", "check_length", "is_text", "lift_value", "marks_of", "place_value", "unknown_from"]

_LONGEST_TEXT = 4_000_000
_AnyValue = TypeVar("_AnyValue", bound=Value)


class Marks:
    """Origins and secrecy, gathered from the values that flow into a result."""

    __slots__ = ("origins", "sensitive")

    def __init__(self, origins: frozenset[Origin] = frozenset(), *, sensitive: bool = False) -> None:
        self.origins = origins
        self.sensitive = sensitive

    def __bool__(self) -> bool:
        """Whether there is anything to mark with."""
        return bool(self.origins) or self.sensitive


_NONE = Marks()


def marks_of(values: Iterable[Value]) -> Marks:
    """Return the marks of some values and everything in them."""
    origins: frozenset[Origin] = frozenset()
    sensitive = False
    waiting = [*values]
    while waiting:
        part = waiting.pop()
        if part.origins:
            origins = origins | part.origins if origins else part.origins
        sensitive = sensitive or part.sensitive
        inner = part.value if isinstance(part, Known) else None
        if inner.__class__ is str or inner is None:  # as nearly all are
            continue
        if isinstance(inner, tuple):
            waiting.extend(inner)
        elif isinstance(inner, Mapping):
            waiting.extend(inner.values())
    return Marks(origins, sensitive=sensitive) if origins or sensitive else _NONE


def add_marks(value: Value, marks: Marks) -> Value:
    """Return a value, and everything in it, with some marks added."""
    if not marks:
        return value
    inner: dict[str, Any] = {}
    if isinstance(value, Known) and isinstance(value.value, tuple):
        inner["value"] = tuple(add_marks(element, marks) for element in value.value)
    elif isinstance(value, Known) and isinstance(value.value, Mapping):
        inner["value"] = {key: add_marks(part, marks) for key, part in value.value.items()}
    if value.document is not None:
        inner["document"] = add_marks(value.document, marks)
    return replace(value, origins=value.origins | marks.origins, sensitive=value.sensitive or marks.sensitive, **inner)


def place_value(value: _AnyValue, span: Span) -> _AnyValue:
    """Return a value that stands nowhere yet at ``span``; one that has a place keeps it."""
    return value if value.span is not NOWHERE and value.span.line else replace(value, span=span)


def unknown_from(values: Iterable[Value], span: Span) -> Unknown:
    """Return the unknown that a function or operator at ``span`` makes of values that are not all known."""
    listed = list(values)
    unknowns = (part for value in listed for part in value.parts() if not isinstance(part, Known))
    marks = marks_of(listed)
    first = next(unknowns, None)
    why = "it is not known" if first is None else first.why
    return Unknown(why, span=span, origins=marks.origins, sensitive=marks.sensitive)


def lift_value(content: Any, span: Span, marks: Marks = _NONE) -> Value:  # noqa: ANN401 - plain Python of any shape
    """Return plain Python as a value, parts included. Values inside stay what they are."""
    if isinstance(content, Value):
        return place_value(content, span)
    if isinstance(content, (list, tuple)):
        elements = tuple(lift_value(element, span, marks) for element in content)
        return Known(elements, kind="tuple", span=span, origins=marks.origins, sensitive=marks.sensitive)
    if isinstance(content, Mapping):
        entries = {str(key): lift_value(element, span, marks) for key, element in content.items()}
        return Known(entries, kind="object", span=span, origins=marks.origins, sensitive=marks.sensitive)
    return Known(content, span=span, origins=marks.origins, sensitive=marks.sensitive)


def check_length(pieces: Iterable[Piece]) -> None:
    """Refuse a string that has grown beyond anything a configuration holds.

    Raises:
        Fault: It is too long.
    """
    if sum(len(piece.content) for piece in pieces if isinstance(piece.content, str)) > _LONGEST_TEXT:
        raise Fault(f"the string is longer than {_LONGEST_TEXT:,} characters")


def is_text(value: Value) -> bool:
    """Return whether a value is surely a string."""
    return isinstance(value, Text) or (isinstance(value, Known) and isinstance(value.value, str))
