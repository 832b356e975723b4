"""Attributes, indexes and splats of values."""

from __future__ import annotations

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.expansion import without_key
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.marks import add_marks, marks_of, unknown_from
from tapeproof.gate.engine.evaluator.types import NUMBER, STRING, type_of
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Origin, Ref, Span, Unknown, Value
from tapeproof.gate.engine.record import replace

__all__ = ["attribute_of", "index_of", "reference"]


def reference(resource: str, path: str, span: Span) -> Ref:
    """Return a reference that remembers where it came from."""
    return Ref(resource, path, span=span, origins=frozenset({Origin(resource, path)}))


def attribute_of(value: Value, name: str, span: Span) -> Value:
    """Return ``value.name``.

    Raises:
        Fault: There is no such attribute.
    """
    if isinstance(value, Known) and isinstance(value.value, Mapping):
        if name not in value.value:
            raise Fault(f"there is no attribute {name!r}")
        return value.value[name]
    if isinstance(value, Known):
        what = "null" if value.value is None else f"a {type_of(value).kind}"
        raise Fault(f"{what} has no attribute {name!r}")
    return _further(value, name, span)


def index_of(value: Value, key: Value, span: Span) -> Value:
    """Return ``value[key]``.

    Raises:
        Fault: There is no such element.
    """
    if not isinstance(key, Known):
        return _some_of(value, key, span)
    if key.value is None:
        raise Fault("an index cannot be null")
    if isinstance(value, Known) and isinstance(value.value, Mapping):
        name = convert(key, STRING).text()
        if name not in value.value:
            raise Fault(f"there is no element {name!r}")
        return add_marks(value.value[name], marks_of((key,)))
    if isinstance(value, Known) and isinstance(value.value, tuple) and value.kind != "set":
        position = convert(key, NUMBER).number()
        if not isinstance(position, int) or not 0 <= position < len(value.value):
            raise Fault(f"there is no element {position}")
        return value.value[position]
    if isinstance(value, Known):
        what = "null" if value.value is None else f"a {type_of(value).kind}"
        raise Fault(f"{what} has no elements to choose by index")
    return _further(value, convert(key, STRING).text(), span)


def _further(value: Value, step: str, span: Span) -> Value:
    """Return a part of something that is not known."""
    if isinstance(value, Ref):
        return reference(value.resource, f"{value.path}.{step}" if value.path else step, span)
    if isinstance(value, Unknown):
        symbol = f"{value.symbol}.{step}" if value.symbol else ""
        return replace(value, symbol=symbol, span=span)
    raise Fault("a string has no attributes")


def _some_of(value: Value, key: Value, span: Span) -> Value:
    """Return an element of which it is not known which it is; of a resource's instances, a reference to any."""
    elements: tuple[Value, ...] = ()
    if isinstance(value, Known) and isinstance(value.value, tuple):
        elements = value.value
    elif isinstance(value, Known) and isinstance(value.value, Mapping):
        elements = tuple(value.value.values())
    bases = {without_key(element.resource) for element in elements if isinstance(element, Ref) and not element.path}
    if len(bases) == 1 and all(isinstance(element, Ref) and not element.path for element in elements):
        return reference(f"{bases.pop()}[?]", "", span)
    return unknown_from((value, key), span)
