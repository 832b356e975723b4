"""CloudFormation's properties in the terms of the AWS provider; the table is ``policies/facts/cloudformation.csv``.

Source: AWS CloudFormation Template Reference Guide; the documentation of the AWS and AWSCC providers. The AWSCC
provider spells CloudFormation's names with underscores.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Unknown
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value

__all__ = [
    "cloudformation_type_of",
    "is_translated",
    "names_of",
    "property_of",
    "provider_type_of",
    "translate",
    "underscore",
]

_LISTED = "[]"
_PAIRED = "{}"
"""Ends the name of a list of objects, each with a name and a value, which the provider has as a map."""
_INTRINSIC = re.compile(r"Ref|Condition|Fn::\w+")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_translated(cloudformation_type: str) -> bool:
    """Return whether the table knows a type."""
    return cloudformation_type in _table()


def provider_type_of(cloudformation_type: str) -> str:
    """Return the provider's name of a type that ``is_translated``."""
    return _table()[cloudformation_type][0]["resource_type"]


def property_of(cloudformation_type: str, attribute: str) -> str:
    """Return the property that an attribute of the provider comes from; empty when the table does not know it."""
    listed = _table()[cloudformation_type]
    return next((row["property"] for row in listed if row["attribute"] == attribute), "")


def names_of(cloudformation_type: str, *, underscored: bool = False) -> dict[str, str]:
    """Return what the provider's attributes are called where a type is written, but for those that are called alike."""
    spell: Callable[[str], str] = underscore if underscored else str
    named: dict[str, str] = {}
    for row in _table()[cloudformation_type]:
        steps = (spell(step.removesuffix(_LISTED).removesuffix(_PAIRED)) for step in row["property"].split("."))
        named.setdefault(row["attribute"], ".".join(steps))
    return {attribute: written for attribute, written in named.items() if attribute != written}


def translate(
    cloudformation_type: str, properties: Value, *, underscored: bool = False
) -> tuple[str, dict[str, Value]]:
    """Return the provider's type of a resource, and its attributes.

    Args:
        cloudformation_type: ``AWS::Logs::LogGroup``, one that ``is_translated``.
        properties: Its properties, an object.
        underscored: Whether they are spelt as the AWSCC provider spells them.

    Raises:
        Undecided: It is not known which properties there are.
    """
    spell: Callable[[str], str] = underscore if underscored else str
    attributes: dict[str, Value] = {}
    resource_type = ""
    for row in _table()[cloudformation_type]:
        resource_type = row["resource_type"]
        for path, value in _find_values(properties, [spell(step) for step in row["property"].split(".")]):
            _set(attributes, row["attribute"].split("."), path, value)
    return resource_type, attributes


def underscore(name: str) -> str:
    """Return a name as the AWSCC provider spells it: ``RetentionInDays``, ``retention_in_days``."""
    return _WORDS.sub("_", name).lower()


def _awscc_type(cloudformation_type: str) -> str:
    """Return the AWSCC provider's name of a type: ``AWS::Logs::LogGroup``, ``awscc_logs_log_group``."""
    _, service, kind = cloudformation_type.split("::")
    return f"awscc_{service.lower()}_{underscore(kind)}"


def cloudformation_type_of(resource_type: str) -> str:
    """Return CloudFormation's name of one of the AWSCC provider's types; empty when the table does not know it."""
    return next((known for known in _table() if _awscc_type(known) == resource_type), "")


@cache
def _table() -> Mapping[str, tuple[dict[str, str], ...]]:
    table: dict[str, tuple[dict[str, str], ...]] = {}
    for row in rows("cloudformation"):
        table[row["cloudformation_type"]] = (*table.get(row["cloudformation_type"], ()), row)
    return table


def _find_values(value: Value, steps: list[str], path: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Value]]:
    """Return the values at a path, each with its positions in the lists on the way."""
    if not steps:
        return [] if isinstance(value, Known) and value.value is None else [(path, _without_intrinsics(value))]
    step, *rest = steps
    if not isinstance(value, Known) or _is_intrinsic(value):
        return [(path, _without_intrinsics(value))]
    if step.endswith(_PAIRED):
        paired = value.entry(step.removesuffix(_PAIRED))
        return [] if isinstance(paired, Known) and paired.is_null else [(path, _map_of(paired))]
    if step.endswith(_LISTED):
        listed = value.entry(step.removesuffix(_LISTED)).elements()
        return [found for at, item in enumerate(listed) for found in _find_values(item, rest, (*path, at))]
    return _find_values(value.entry(step), rest, path)


def _set(into: dict[str, Value], steps: list[str], path: tuple[int, ...], value: Value) -> None:
    """Put a value where a path of attributes leads; what is on the way becomes objects, or lists of them."""
    step, *rest = steps
    name = step.removesuffix(_LISTED)
    if not rest:
        into[name] = value
        return
    known = into.setdefault(name, Known((), kind="tuple"))
    if not isinstance(known, Known) or not isinstance(known.value, tuple):
        return
    position = path[0] if step.endswith(_LISTED) and path else 0
    entries = [dict(element.entries()) for element in known.value]
    entries += [{} for _ in range(position + 1 - len(entries))]
    _set(entries[position], rest, path[1:] if step.endswith(_LISTED) else path, value)
    into[name] = Known(tuple(Known(entry, kind="object", span=value.span) for entry in entries), kind="tuple")


def _map_of(paired: Value) -> Value:
    """Return a list of names and values as a map."""
    computed = Unknown("is computed by CloudFormation", span=paired.span)
    if not isinstance(paired, Known) or not isinstance(paired.value, tuple):
        return computed
    entries: dict[str, Value] = {}
    for pair in paired.value:
        if not isinstance(pair, Known) or not isinstance(pair.value, Mapping) or _is_intrinsic(pair):
            return computed
        spelt = {name.lower(): part for name, part in pair.value.items()}
        name = spelt.get("name")
        if not isinstance(name, Known) or not isinstance(name.value, str):
            return computed
        entries[name.value] = _without_intrinsics(spelt.get("value", Known(None)))
    return Known(entries, kind="map", span=paired.span)


def _is_intrinsic(value: Known) -> bool:
    entries = value.value
    return isinstance(entries, Mapping) and len(entries) == 1 and _INTRINSIC.fullmatch(next(iter(entries))) is not None


def _without_intrinsics(value: Value) -> Value:
    """Return a value in which what CloudFormation computes is not known."""
    if not isinstance(value, Known):
        return value
    if isinstance(value.value, Mapping):
        if _is_intrinsic(value):
            return Unknown(f"is computed by CloudFormation ({next(iter(value.value))})", span=value.span)
        parts = {name: _without_intrinsics(part) for name, part in value.value.items()}
        return Known(parts, kind=value.kind, span=value.span, origins=value.origins)
    if isinstance(value.value, tuple):
        listed = tuple(_without_intrinsics(part) for part in value.value)
        return Known(listed, kind=value.kind, span=value.span, origins=value.origins)
    return value
