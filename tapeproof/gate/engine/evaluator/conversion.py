"""Values made into another of Terraform's types.

Source: Terraform documentation, "Type Constraints"; cty documentation, "Conversion".
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.ordering import order_elements
from tapeproof.gate.engine.evaluator.types import ANY, BOOL, Field, Type, type_of, unify_types
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Text, Undecided, Unknown, Value
from tapeproof.gate.engine.record import replace

__all__ = ["convert", "truth"]

_LONGEST = 1000
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


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
        return replace(value, value=_format_scalar(content))
    raise Fault(f"a {value.kind} where a string is expected")


def _format_scalar(content: bool | int | Decimal) -> str:
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
    return replace(value, value=order_elements(_elements(value, type_)), kind="set")


def _elements(value: Known, type_: Type) -> tuple[Value, ...]:
    if not isinstance(value.value, tuple):
        raise Fault(f"a {type_of(value).kind} where a {type_.kind} is expected")
    element = type_.element or ANY
    if element.kind == "any":
        common = unify_types(type_of(part) for part in value.value)
        if common is None:
            raise Fault(f"all elements of a {type_.kind} must have the same type")
        element = common
    return tuple(convert(part, element) for part in value.value)


def _to_map(value: Known, type_: Type) -> Value:
    if not isinstance(value.value, Mapping):
        raise Fault(f"a {type_of(value).kind} where a map is expected")
    element = type_.element or ANY
    if element.kind == "any":
        common = unify_types(type_of(part) for part in value.value.values())
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
