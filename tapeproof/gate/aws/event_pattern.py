"""The grammar of EventBridge event patterns, checked before AWS refuses them at apply.

Sources: Amazon EventBridge User Guide, "Creating Amazon EventBridge event patterns" and "Comparison operators for use
in event patterns"; the rule compiler of the open-source event-ruler library, which the service runs.
"""

from __future__ import annotations

import ipaddress
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Ref, Span, Text, Undecided, Value
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Fault", "pattern_faults"]

ENVELOPE = frozenset(
    {"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name", "$or"}
)
"""Fields that an event on a bus has (EventBridge User Guide, "AWS service event metadata", and archives' replays)."""
LARGEST_NUMBER = 5_000_000_000
_DEEPEST = 100
_COMPARISONS = frozenset({"=", "<", "<=", ">", ">="})


class Fault(NamedTuple):
    """What is wrong with a pattern, as a sentence without a full stop, where, and whether a field stands too high."""

    message: str
    span: Span
    is_field: bool = False


def pattern_faults(
    pattern: Value, envelope: frozenset[str] | None = ENVELOPE, subject: str = "event"
) -> Iterator[Fault]:
    """Yield what makes an event pattern invalid, or unable to match any event.

    Args:
        pattern: The pattern as values (``Stack.document``).
        envelope: The fields that an event has at its top level; None when they are not known.
        subject: What the pattern is matched with.

    Raises:
        Undecided: A part whose form matters is not known.
    """
    fields = _object(pattern)
    if fields is None:
        yield Fault("an event pattern is a JSON object", pattern.span)
        return
    for name, value in fields.items():
        if envelope is not None and name not in envelope:
            yield Fault(
                f"no {subject} has a field {name!r} at its top level, so this never matches", value.span, is_field=True
            )
    yield from _fields(pattern, fields, 0)


def _fields(owner: Value, fields: Mapping[str, Value], depth: int) -> Iterator[Fault]:
    if depth > _DEEPEST:
        yield Fault("the pattern is nested too deeply", owner.span)
    elif not fields:
        yield Fault("an empty object is not allowed in a pattern", owner.span)
    else:
        for name, value in fields.items():
            yield from _alternatives(value, depth) if name == "$or" else _field(name, value, depth)


def _alternatives(value: Value, depth: int) -> Iterator[Fault]:
    listed = _list(value)
    least = 2
    if listed is None or len(listed) < least:
        yield Fault("$or takes a list of at least two objects", value.span)
        return
    for element in listed:
        fields = _object(element)
        if fields is None:
            yield Fault("$or takes objects only", element.span)
            continue
        for reserved in fields.keys() & _OPERATORS.keys():
            yield Fault(f"{reserved!r} is the name of an operator and cannot be a field inside $or", element.span)
        yield from _fields(element, fields, depth + 1)


def _field(name: str, value: Value, depth: int) -> Iterator[Fault]:
    fields = _object(value)
    if fields is not None:
        yield from _fields(value, fields, depth + 1)
        return
    listed = _list(value)
    if listed is None:
        yield Fault(f"{name!r} must hold a list of values or an object; write [{_quote_value(value)}]", value.span)
    elif not listed:
        yield Fault(f"{name!r} has an empty list, which is not allowed", value.span)
    for element in listed or ():
        yield from _match(name, element)


def _match(name: str, element: Value) -> Iterator[Fault]:
    if _list(element) is not None:
        yield Fault(f"{name!r} has a list inside its list; a value is a string, number, boolean or null", element.span)
        return
    operation = _object(element)
    if operation is None:
        return
    if len(operation) != 1:
        yield Fault(f"a comparison has exactly one operator, this has {len(operation)}", element.span)
        return
    ((operator, operand),) = operation.items()
    check = _OPERATORS.get(operator)
    if check is None:
        yield Fault(f"{operator!r} is no operator of event patterns", operand.span)
        return
    wrong = check(operand)
    if wrong:
        yield Fault(f"{operator}: {wrong}", operand.span)


def _anything_but(operand: Value) -> str:
    nested = _object(operand)
    if nested is not None:
        ((operator, inner),) = nested.items() if len(nested) == 1 else (("", operand),)
        if operator not in {"prefix", "suffix", "equals-ignore-case", "wildcard"}:
            return "takes prefix, suffix, equals-ignore-case or wildcard, one of them"
        listed = _list(inner)
        elements = (inner,) if listed is None else listed
        check = _wildcard if operator == "wildcard" else _text
        wrong = next(filter(None, map(check, elements)), "" if elements else "an empty list is not allowed")
        return f"{operator}: {wrong}" if wrong else ""
    listed = _list(operand)
    elements = (operand,) if listed is None else listed
    if not elements:
        return "an empty list is not allowed"
    kinds = {_kind(element) for element in elements}
    return "" if kinds in ({"string"}, {"number"}) else "takes a string, a number, or a list of one of them"


def _affix(operand: Value) -> str:
    nested = _object(operand)
    if nested is None:
        return _text(operand)
    if set(nested) != {"equals-ignore-case"}:
        return "takes a string, or an object with equals-ignore-case"
    return _text(nested["equals-ignore-case"])


def _wildcard(operand: Value) -> str:
    wrong = _text(operand)
    if wrong or not isinstance(operand, Known):
        return wrong
    plain = operand.text()
    if re.search(r"(?<!\\)\*\*", plain):
        return "two asterisks in a row are not allowed"
    return "a backslash may only stand before * or \\" if re.search(r"\\(?![*\\])", plain.replace("\\\\", "")) else ""


def _text(operand: Value) -> str:
    return "" if _kind(operand) == "string" else "takes a string"


def _numeric(operand: Value) -> str:
    listed = _list(operand)
    if not listed:
        return 'takes a list such as [">", 0, "<=", 5]'
    tokens = [element.plain() for element in listed]
    operators, numbers = tokens[::2], tokens[1::2]
    if len(operators) != len(numbers) or any(operator not in _COMPARISONS for operator in operators):
        return "takes pairs of =, <, <=, > or >= and a number"
    if not all(isinstance(number, (int, Decimal)) and not isinstance(number, bool) for number in numbers):
        return "takes numbers after its operators"
    if any(abs(Decimal(str(number))) > LARGEST_NUMBER for number in numbers):
        return "takes numbers between -5,000,000,000 and 5,000,000,000"
    return _range(operators, numbers)


def _range(operators: Sequence[object], numbers: Sequence[object]) -> str:
    pair = 2
    if len(operators) == 1:
        return ""
    if len(operators) > pair or operators[0] not in {">", ">="} or operators[1] not in {"<", "<="}:
        return "a range is a lower bound (> or >=) and then an upper one (< or <=)"
    low, high = (Decimal(str(number)) for number in numbers)
    return "" if low < high else f"nothing is above {low} and below {high}"


def _cidr(operand: Value) -> str:
    if isinstance(operand, (Ref, Text)):
        return ""
    try:
        ipaddress.ip_network(operand.text(), strict=False)
    except ValueError:
        return "takes an address block such as 10.0.0.0/24"
    return "" if "/" in operand.text() else "takes an address block such as 10.0.0.0/24"


def _exists(operand: Value) -> str:
    return "" if _kind(operand) == "boolean" else "takes true or false"


_OPERATORS: dict[str, Callable[[Value], str]] = {
    "anything-but": _anything_but,
    "cidr": _cidr,
    "equals-ignore-case": _text,
    "exists": _exists,
    "numeric": _numeric,
    "prefix": _affix,
    "suffix": _affix,
    "wildcard": _wildcard,
}


def _object(value: Value) -> Mapping[str, Value] | None:
    return value.entries() if _kind(value) == "object" else None


def _list(value: Value) -> tuple[Value, ...] | None:
    return value.elements() if _kind(value) == "list" else None


def _kind(value: Value) -> str:
    """Return the JSON type of a value; a reference and a string with holes are strings.

    Raises:
        Undecided: It is unknown.
    """
    if isinstance(value, (Ref, Text)):
        return "string"
    if not isinstance(value, Known):
        raise Undecided(value)
    for kind, types in (("boolean", bool), ("number", (int, Decimal)), ("string", str), ("list", tuple)):
        if isinstance(value.value, types):
            return kind
    return "null" if value.value is None else "object"


def _quote_value(value: Value) -> str:
    return f'"{value.text()}"' if _kind(value) == "string" and isinstance(value, Known) else "…"
