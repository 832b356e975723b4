"""Whether a template's conditions hold, as far as its parameters decide.

Source: AWS CloudFormation Template Reference Guide, "Condition functions".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Value

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Conditions"]

_PAIR = 2


class Conditions:
    """The conditions of a template.

    Args:
        declared: By name, as written.
        put_in: Returns a part of the template with its parameters put in.
    """

    def __init__(self, declared: Mapping[str, Value], put_in: Callable[[Value], Value]) -> None:
        self._declared, self._put_in = declared, put_in
        self._told: dict[str, bool | None] = {}

    def holds(self, name: str) -> bool | None:
        """Return whether a condition holds; None when that is not to be told."""
        if name not in self._told:
            self._told[name] = None  # of one that rests on itself, which CloudFormation refuses
            declared = self._declared.get(name)
            self._told[name] = None if declared is None else self._evaluate(declared)
        return self._told[name]

    def _evaluate(self, written: Value) -> bool | None:
        if not (isinstance(written, Known) and isinstance(written.value, Mapping) and len(written.value) == 1):
            return None
        ((function, argument),) = written.value.items()
        if function == "Condition" and isinstance(argument, Known) and isinstance(argument.value, str):
            return self.holds(argument.value)
        if not (isinstance(argument, Known) and isinstance(argument.value, tuple)):
            return None
        if function == "Fn::Equals" and len(argument.value) == _PAIR:
            return _are_equal(*map(self._put_in, argument.value))
        return _combine(function, [self._evaluate(part) for part in argument.value])


def _combine(function: str, told: list[bool | None]) -> bool | None:
    if function == "Fn::Not" and len(told) == 1 and told[0] is not None:
        return not told[0]
    if function in {"Fn::And", "Fn::Or"}:
        deciding = function == "Fn::Or"
        return deciding if deciding in told else None if None in told else not deciding
    return None


def _are_equal(one: Value, other: Value) -> bool | None:
    """Return whether two values are equal; CloudFormation compares numbers and booleans as their texts."""
    if not all(isinstance(value, Known) and isinstance(value.value, str | int | bool) for value in (one, other)):
        return None
    return one.text() == other.text()
