"""Terraform's types: constraints of variables, conversions, and what several values have in common.

Source: Terraform documentation, "Type Constraints"; cty documentation, "Conversion" and "Unification".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from policies.engine.evaluator.fault import Fault
from policies.engine.model import Known, Ref, Text, Undecided, Unknown, Value

__all__ = ["ANY", "BOOL", "NUMBER", "STRING", "Field", "Type", "convert", "ordered", "truth", "type_of", "unified"]


@dataclass(frozen=True)
class Field:
    """An attribute of an object type; ``default`` is a value, or None."""

    type: Type
    optional: bool = False
    default: Value | None = None


@dataclass(frozen=True)
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
_LONGEST = 1000
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


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


def unified(types: Iterable[Type]) -> Type | None:
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
        columns = [unified(column) for column in zip(*(type_.elements for type_ in types), strict=True)]
        if all(column is not None for column in columns):
            return Type("tuple", elements=tuple(column for column in columns if column is not None))
    element = unified(inner for type_ in types for inner in (type_.elements or (type_.element or ANY,)))
    if element is None:
        return None
    return Type("set" if kinds == {"set"} else "list", element)


def _unified_mapping(types: list[Type], kinds: set[str]) -> Type | None:
    if kinds == {"object"} and len({frozenset(type_.fields) for type_ in types}) == 1:
        fields = {name: unified(type_.fields[name].type for type_ in types) for name in types[0].fields}
        if all(inner is not None for inner in fields.values()):
            return Type("object", fields={name: Field(inner) for name, inner in fields.items() if inner is not None})
    inner = [field_.type for type_ in types for field_ in type_.fields.values()]
    element = unified([*inner, *(type_.element for type_ in types if type_.element is not None)])
    return None if element is None else Type("map", element)


def convert(value: Value, type_: Type) -> Value:
    """Return a value converted to a type; what is not known stays as it is.

    Raises:
        Fault: It has no form of that type.
    """
    if type_.kind == "any" or not isinstance(value, Known):
        return _partial(value, type_)
    if value.value is None:
        return value
    return _CONVERSIONS[type_.kind](value, type_)


def truth(value: Value) -> bool | None:
    """Return what a condition says; None when it is not known.

    Raises:
        Fault: It is null, or no boolean.
    """
    answer = convert(value, BOOL)
    if isinstance(answer, Known) and answer.value is None:
        raise Fault("a condition cannot be null")
    return answer.boolean() if isinstance(answer, Known) else None


def _partial(value: Value, type_: Type) -> Value:
    if isinstance(value, Text) and type_.kind in {"number", "bool"}:
        return Unknown(value.why, span=value.span, origins=value.origins, sensitive=value.sensitive)
    if isinstance(value, Text) and type_.kind not in {"string", "any"}:
        raise Fault(f"a string where a {type_} is expected")
    return value


def _to_string(value: Known, _type: Type) -> Value:
    content = value.value
    if isinstance(content, str):
        return value
    if isinstance(content, (bool, int, Decimal)):
        return replace(value, value=_shown(content))
    raise Fault(f"a {value.kind} where a string is expected")


def _shown(content: bool | int | Decimal) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, Decimal):
        if abs(content.adjusted()) > _LONGEST:
            raise Fault(f"{content} has too many digits")
        return format(content, "f")
    return str(content)


def _to_number(value: Known, _type: Type) -> Value:
    content = value.value
    if isinstance(content, (bool, tuple, Mapping)):
        raise Fault(f"a {type_of(value).kind} where a number is expected")
    if not isinstance(content, str):
        return value
    try:
        return replace(value, value=value.number(), pieces=())
    except (Undecided, InvalidOperation):
        raise Fault(f"{content!r} is no number") from None


def _to_bool(value: Known, _type: Type) -> Value:
    content = value.value
    if isinstance(content, bool):
        return value
    if isinstance(content, str) and content in _TRUTH:
        return replace(value, value=_TRUTH[content], pieces=())
    raise Fault(f"a {type_of(value).kind} where true or false is expected")


def _to_list(value: Known, type_: Type) -> Value:
    return replace(value, value=_elements(value, type_), kind="list")


def _to_set(value: Known, type_: Type) -> Value:
    return replace(value, value=ordered(_elements(value, type_)), kind="set")


def _elements(value: Known, type_: Type) -> tuple[Value, ...]:
    if not isinstance(value.value, tuple):
        raise Fault(f"a {type_of(value).kind} where a {type_.kind} is expected")
    element = type_.element or ANY
    if element.kind == "any":
        common = unified(type_of(part) for part in value.value)
        if common is None:
            raise Fault(f"all elements of a {type_.kind} must have the same type")
        element = common
    return tuple(convert(part, element) for part in value.value)


def _to_map(value: Known, type_: Type) -> Value:
    if not isinstance(value.value, Mapping):
        raise Fault(f"a {type_of(value).kind} where a map is expected")
    element = type_.element or ANY
    if element.kind == "any":
        common = unified(type_of(part) for part in value.value.values())
        if common is None:
            raise Fault("all elements of a map must have the same type")
        element = common
    return replace(value, value={key: convert(part, element) for key, part in value.value.items()}, kind="map")


def _to_tuple(value: Known, type_: Type) -> Value:
    if not isinstance(value.value, tuple) or len(value.value) != len(type_.elements):
        raise Fault(f"a {type_of(value).kind} where a {type_} is expected")
    pairs = zip(value.value, type_.elements, strict=True)
    return replace(value, value=tuple(convert(part, element) for part, element in pairs), kind="tuple")


def _to_object(value: Known, type_: Type) -> Value:
    if not isinstance(value.value, Mapping):
        raise Fault(f"a {type_of(value).kind} where an object is expected")
    missing = [name for name, inner in type_.fields.items() if name not in value.value and not inner.optional]
    if missing:
        raise Fault(f"attribute {missing[0]!r} is required")
    entries = {name: _entry(value, name, inner) for name, inner in type_.fields.items()}
    return replace(value, value=entries, kind="object")


def _entry(value: Known, name: str, field_: Field) -> Value:
    given = value.entries().get(name)
    absent = given is None or (isinstance(given, Known) and given.value is None)
    if given is None or (absent and field_.default is not None):
        default = field_.default
        given = Known(None, span=value.span, origins=value.origins) if default is None else default
    return convert(given, field_.type)


_CONVERSIONS = {
    "string": _to_string,
    "number": _to_number,
    "bool": _to_bool,
    "list": _to_list,
    "set": _to_set,
    "map": _to_map,
    "tuple": _to_tuple,
    "object": _to_object,
}


def ordered(elements: Iterable[Value]) -> tuple[Value, ...]:
    """Return the elements of a set: each once, in Terraform's order; what is not known comes last."""
    known: dict[Any, Value] = {}
    others: dict[Any, Value] = {}
    for element in elements:
        if element.known:
            known.setdefault(_identity(element), element)
        else:
            others.setdefault(_identity(element), element)
    return (*(known[key] for key in sorted(known, key=_rank)), *others.values())


def _rank(identity: tuple[str, Any]) -> tuple[str, Any]:
    kind, content = identity
    return (kind, content) if kind in {"str", "number", "bool"} else (kind, repr(content))


def _identity(value: Value) -> tuple[str, Any]:
    """Return what is the same for two values exactly when they are equal, as far as can be told."""
    if not isinstance(value, Known):
        pieces = () if isinstance(value, Unknown) and not value.symbol else value.pieces_of_text()
        parts = tuple(piece.content if isinstance(piece.content, str) else _symbol(piece.content) for piece in pieces)
        return ("text", parts or id(value))
    content = value.value
    if isinstance(content, bool):
        return ("bool", content)
    if isinstance(content, str):
        return ("str", content)
    if isinstance(content, tuple):
        return ("tuple", tuple(_identity(part) for part in content))
    if isinstance(content, Mapping):
        return ("object", tuple(sorted((key, _identity(part)) for key, part in content.items())))
    return ("null", "") if content is None else ("number", content)


def _symbol(content: Ref | Unknown) -> tuple[str, str]:
    if isinstance(content, Ref):
        return content.resource, content.path
    return "", content.symbol or str(id(content))
