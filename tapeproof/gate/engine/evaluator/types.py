"""Terraform's types: constraints of variables, and what several values have in common.

Source: Terraform documentation, "Type Constraints"; cty documentation, "Unification".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Text, Value
from tapeproof.gate.engine.record import field, record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY", "BOOL", "NUMBER", "STRING", "Field", "Type", "type_of", "unify_types"]


@record()
class Field:
    """An attribute of an object type; ``default`` is a value, or None."""

    type: Type
    optional: bool = False
    default: Value | None = None


@record()
class Type:
    """A type.

    Attributes:
        kind: ``any``, ``string``, ``number``, ``bool``, ``list``, ``set``, ``map``, ``tuple`` or ``object``.
        element: Of a list, set or map.
        elements: Of a tuple.
        fields: Of an object.
    """

    kind: str
    element: Type | None = None
    elements: tuple[Type, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the type as it would be written."""
        if self.element is not None:
            return f"{self.kind}({self.element})"
        if self.kind == "tuple":
            return f"tuple([{', '.join(map(str, self.elements))}])"
        if self.kind == "object":
            return "object({" + ", ".join(f"{name}={inner.type}" for name, inner in self.fields.items()) + "})"
        return self.kind


ANY, STRING, NUMBER, BOOL = Type("any"), Type("string"), Type("number"), Type("bool")
_SCALARS = {"string", "number", "bool"}


def type_of(value: Value) -> Type:
    """Return the type a value has; ``any`` for what is not known."""
    if isinstance(value, Text):
        return STRING
    if not isinstance(value, Known) or value.value is None:
        return ANY
    content = value.value
    if isinstance(content, tuple):
        inner = tuple(type_of(element) for element in content)
        return Type(value.kind, _common(inner)) if value.kind in {"list", "set"} else Type("tuple", elements=inner)
    if isinstance(content, Mapping):
        return _type_of_mapping(value.kind, content)
    return BOOL if isinstance(content, bool) else STRING if isinstance(content, str) else NUMBER


def _type_of_mapping(kind: str, content: Mapping[str, Value]) -> Type:
    if kind == "map":
        return Type("map", _common(type_of(inner) for inner in content.values()))
    return Type("object", fields={key: Field(type_of(inner)) for key, inner in content.items()})


def _common(types: Iterable[Type]) -> Type:
    listed = [type_ for type_ in types if type_ != ANY]
    return listed[0] if listed else ANY


def unify_types(types: Iterable[Type]) -> Type | None:
    """Return the type that all of some types convert to without loss; None when there is none."""
    listed = [type_ for type_ in types if type_.kind != "any"]
    if not listed:
        return ANY
    first = listed[0]
    if all(type_ == first for type_ in listed):
        return first
    kinds = {type_.kind for type_ in listed}
    if kinds <= _SCALARS:
        return STRING if "string" in kinds else None
    if kinds <= {"tuple", "list", "set"}:
        return _unified_sequence(listed, kinds)
    if kinds <= {"object", "map"}:
        return _unified_mapping(listed, kinds)
    return None


def _unified_sequence(types: list[Type], kinds: set[str]) -> Type | None:
    lengths = {len(type_.elements) for type_ in types}
    if kinds == {"tuple"} and len(lengths) == 1:
        columns = [unify_types(column) for column in zip(*(type_.elements for type_ in types), strict=True)]
        if all(column is not None for column in columns):
            return Type("tuple", elements=tuple(column for column in columns if column is not None))
    element = unify_types(inner for type_ in types for inner in (type_.elements or (type_.element or ANY,)))
    if element is None:
        return None
    return Type("set" if kinds == {"set"} else "list", element)


def _unified_mapping(types: list[Type], kinds: set[str]) -> Type | None:
    if kinds == {"object"} and len({frozenset(type_.fields) for type_ in types}) == 1:
        fields = {name: unify_types(type_.fields[name].type for type_ in types) for name in types[0].fields}
        if all(inner is not None for inner in fields.values()):
            return Type("object", fields={name: Field(inner) for name, inner in fields.items() if inner is not None})
    inner = [field_.type for type_ in types for field_ in type_.fields.values()]
    element = unify_types([*inner, *(type_.element for type_ in types if type_.element is not None)])
    return None if element is None else Type("map", element)
