"""Data sources that look up what the same configuration makes: they tell the same as the resource itself.

Source: documentation of hashicorp/aws, the data source of each type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.access import reference
from tapeproof.gate.engine.evaluator.derived import ELSEWHERE, IDENTIFYING, LOOKING_UP
from tapeproof.gate.engine.evaluator.expansion import without_key
from tapeproof.gate.engine.model import Known, Ref, Span, Undecided, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.engine.evaluator.interfaces import Names

__all__ = ["resource_looked_up"]


def resource_looked_up(type_: str, given: Mapping[str, Value], names: Names, span: Span) -> Ref | None:
    """Return a reference to the resource that a data source finds, None where it is not surely one of this module's.

    Args:
        type_: Of the data source, and so of the resource.
        given: The arguments of the data source that are set.
        names: What the names in its module mean.
        span: Where it stands.
    """
    if ELSEWHERE & given.keys():
        return None
    values = [given[name] for name in LOOKING_UP[type_] if name in given]
    return _named_by(type_, values[0], names, span) if len(values) == 1 else None


def _named_by(type_: str, value: Value, names: Names, span: Span) -> Ref | None:
    """Return a reference to the resource whose attribute a value is, and not merely a part of it."""
    for origin in value.origins:
        if without_key(origin.address).split(".")[-2:][:1] != [type_] or ".data." in f".{origin.address}":
            continue
        whole = reference(origin.address, "", span)
        if origin.path in IDENTIFYING and _are_equal(value, names.attribute(whole, origin.path, span)):
            return whole
    return None


def _are_equal(one: Value, other: Value) -> bool:
    if isinstance(one, Known) and isinstance(other, Known):
        return one.value == other.value
    try:
        return one.same_as(other)
    except Undecided:
        return False
