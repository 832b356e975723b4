"""Whether two values are equal, as ``==`` has it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Ref, Text, Undecided, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["equal", "has_doubtful_size", "is_null"]

_ALWAYS_SET = frozenset(
    {
        "account_id",
        "arn",
        "dns_suffix",
        "hex",
        "id",
        "invoke_arn",
        "json",
        "key_id",
        "name",
        "partition",
        "region",
        "url",
    }
)
"""Computed attributes that every resource or data source that has them sets, never to an empty text (AWS provider
5.100)."""


def is_null(value: Value) -> bool | None:
    """Return whether a value is null; None when that cannot be told."""
    if isinstance(value, Known):
        return value.value is None
    if isinstance(value, Unknown):
        return None
    if isinstance(value, Ref) and not _is_always_set(value):
        return None if value.path else False
    return False


def _is_always_set(value: object) -> bool:
    return isinstance(value, Ref) and value.path.rpartition(".")[2] in _ALWAYS_SET


def _is_never_empty(value: Value) -> bool:
    """Return whether a text surely holds something, though what it is in the end is not known."""
    if isinstance(value, Text):
        contents = [piece.content for piece in value.pieces]
        return any(bool(one) if isinstance(one, str) else _is_always_set(one) for one in contents)
    return _is_always_set(value)


def _is_empty(value: Value) -> bool:
    return isinstance(value, Known) and value.value == ""


def equal(one: Value, other: Value) -> bool | None:
    """Return whether two values are equal; None when that cannot be told. Different types are never equal."""
    if isinstance(one, Known) and isinstance(other, Known):
        return _equal_known(one, other)
    nulls = is_null(one), is_null(other)
    if (one.known and nulls[0]) or (other.known and nulls[1]):
        return nulls[0] and nulls[1] if None not in nulls else None
    if any(isinstance(value, Known) and not isinstance(value.value, str) for value in (one, other)):
        return None
    if (_is_empty(one) and _is_never_empty(other)) or (_is_empty(other) and _is_never_empty(one)):
        return False
    try:
        return one.same_as(other)
    except Undecided:
        return None


def has_doubtful_size(value: Value) -> bool:
    """Return whether a value is a set whose elements may yet turn out to be the same one."""
    if not isinstance(value, Known) or value.kind != "set" or value.known:
        return False
    return any(equal(one, other) is None for one, other in combinations(value.elements(), 2))


def _equal_known(one: Known, other: Known) -> bool | None:
    mine, theirs = one.value, other.value
    if isinstance(mine, (tuple, Mapping)) or isinstance(theirs, (tuple, Mapping)):
        return one.kind == other.kind and _equal_parts(one, other)
    if isinstance(mine, bool) is not isinstance(theirs, bool):
        return False
    return isinstance(mine, str) is isinstance(theirs, str) and mine == theirs


def _equal_parts(one: Known, other: Known) -> bool | None:
    mine, theirs = one.value, other.value
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return mine.keys() == theirs.keys() and _all(equal(mine[key], theirs[key]) for key in mine)
    first, second = one.elements(), other.elements()
    if first and second and (has_doubtful_size(one) or has_doubtful_size(other)):
        return None
    return len(first) == len(second) and _all(equal(a, b) for a, b in zip(first, second, strict=True))


def _all(answers: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        result = result and answer
    return result
