"""Demands on the coordinates of a request: the action, the resource, and each condition key."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import Test, Value
from tapeproof.gate.access.operators import Operator
from tapeproof.gate.access.patterns import Glob, arn_pattern, exact, wildcard
from tapeproof.gate.access.search import Demand, find_string
from tapeproof.gate.access.values import find_value
from tapeproof.gate.engine.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ACTION",
    "RESOURCE",
    "Box",
    "Demanded",
    "find_coordinate",
    "find_resource_of",
    "is_absent",
    "is_value",
    "matches_arn",
]

ACTION = "action"
RESOURCE = "resource"


@record(slots=False)
class Demanded:
    """That one coordinate of the request lies in a set, or outside it.

    Attributes:
        coordinate: `action`, `resource` or a condition key in lower case.
        within: The set: patterns, or a test of a key.
        wanted: Whether it shall lie inside.
    """

    coordinate: str
    within: tuple[Glob, ...] | Test
    wanted: bool = True

    @cached_property
    def _hash(self) -> int:
        return hash((self.coordinate, self.within, self.wanted))

    def __hash__(self) -> int:
        return self._hash

    def opposite(self) -> Demanded:
        """Return the demand that holds exactly where this does not."""
        return Demanded(self.coordinate, self.within, not self.wanted)


Box = tuple[Demanded, ...]
"""Demands that hold together: where a statement applies."""

_ACTIONS = (wildcard("?*:?*", folded=True), wildcard("*:*:*", folded=True), wildcard("*/*", folded=True))
_ARN = arn_pattern([(letter, letter in "*?") for letter in "arn:?*:?*:*:*:?*"], "an ARN")


def _one_value(key: str, base: str, member: Glob) -> Demanded:
    return Demanded(key, Test(key, key, Operator(base), (member,), (member.text,)))


def is_value(key: str, value: str) -> Demanded:
    """Return the demand that the key carries this value."""
    return _one_value(key, "StringEquals", exact(value))


def matches_arn(key: str, pattern: str) -> Demanded:
    """Return the demand that the key carries an ARN of the pattern."""
    return _one_value(key, "ArnLike", arn_pattern([(letter, letter in "*?") for letter in pattern], pattern))


def is_absent(key: str) -> Demanded:
    """Return the demand that the request does not carry the key."""
    return Demanded(key, Test(key, key, Operator("Null"), (), ("true",)))


def find_coordinate(coordinate: str, demands: Sequence[Demanded], *, many: bool) -> str | Value | None:
    """Return a value of one coordinate that meets all demands on it; None where there is none.

    Raises:
        UndecidedError: The search outgrew its bound.
    """
    if coordinate in {ACTION, RESOURCE}:
        sets = [Demand(one.within, one.wanted) for one in demands if not isinstance(one.within, Test)]
        return _find_action(sets) if coordinate == ACTION else _find_resource(sets)
    tests = [(one.within, one.wanted) for one in demands if isinstance(one.within, Test)]
    return find_value(tests, many=many)


def _find_action(sets: list[Demand]) -> str | None:
    named, *refused = _ACTIONS
    return find_string([*sets, Demand((named,)), Demand(tuple(refused), wanted=False)])


def _find_resource(sets: list[Demand]) -> str | None:
    found = find_string([*sets, Demand((_ARN,))])
    if found is None and all(demand.admits("*") for demand in sets):
        return "*"
    return found


def find_resource_of(service: str, demands: Sequence[Demanded]) -> str | None:
    """Return a resource of one service that meets the demands, None where there is none; for people to read."""
    sets = [Demand(one.within, one.wanted) for one in demands if not isinstance(one.within, Test)]
    marked = [(letter, False) for letter in f"arn:aws:{service}:"] + [(letter, letter == "*") for letter in "*:*:"]
    return find_string([*sets, Demand((arn_pattern([*marked, ("?", True), ("*", True)], "an ARN"),))])
