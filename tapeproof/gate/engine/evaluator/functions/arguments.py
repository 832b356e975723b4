"""What the functions over collections have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.types import ANY, STRING, Type, type_of
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.engine.evaluator.functions.registry import Invocation

__all__ = ["LIST", "SET", "STRINGS", "all_known", "make_collection", "require_mapping", "sequence"]

LIST, SET, STRINGS = Type("list", ANY), Type("set", ANY), Type("list", STRING)


def make_collection(elements: Iterable[Value], call: Invocation, kind: str = "tuple") -> Known:
    """Return a collection that stands at the call; the elements keep their own places and marks."""
    return Known(tuple(elements), kind=kind, span=call.span)


def sequence(value: Value, call: Invocation) -> Known:
    """Return a list, set or tuple that is known.

    Raises:
        Fault: It is something else.
    """
    if not isinstance(value, Known) or not isinstance(value.value, tuple):
        raise Fault(f"{call.name} takes a list, not a {type_of(value).kind}")
    return value


def require_mapping(value: Value, call: Invocation) -> Mapping[str, Value]:
    """Return the entries of a map or object that is known.

    Raises:
        Fault: It is something else.
    """
    if not isinstance(value, Known) or not isinstance(value.value, Mapping):
        raise Fault(f"{call.name} takes a map, not a {type_of(value).kind}")
    return value.value


def all_known(*values: Value) -> bool:
    """Return whether values are known themselves; their parts may not be."""
    return all(isinstance(value, Known) for value in values)
