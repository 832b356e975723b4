"""Functions over sets."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.equality import equal
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.arguments import SET, all_known, make_collection, sequence
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial
from tapeproof.gate.engine.evaluator.types import ANY, Type, type_of, unify_types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.engine.model import Value

__all__: list[str] = []

_MOST = 100_000


@partial("setproduct", rest=ANY)
def _setproduct(call: Invocation, *values: Value) -> Value:
    if len(values) < 2:  # noqa: PLR2004 - a product has factors
        raise Fault("setproduct takes at least two collections")
    if not all_known(*values):
        return call.unknown(values)
    factors = [sequence(value, call) for value in values]
    if prod(len(factor.elements()) for factor in factors) > _MOST:
        raise Fault(f"setproduct makes more than {_MOST} elements")
    rows = (make_collection(row, call) for row in product(*(factor.elements() for factor in factors)))
    kind = "set" if all(factor.kind == "set" for factor in factors) else "list"
    return convert(make_collection(rows, call), Type(kind, ANY))


@partial("setunion", SET, rest=SET)
def _setunion(call: Invocation, *values: Value) -> Value:
    if not all_known(*values):
        return call.unknown(values)
    return convert(make_collection((element for value in values for element in value.elements()), call), SET)


def _of_one_type(sets: Sequence[Value]) -> list[Value]:
    """Return some sets with elements of the type that all of them have in common: ``1`` is ``"1"`` beside strings.

    Raises:
        Fault: There is none.
    """
    common = unify_types(type_of(one) for one in sets)
    if common is None:
        raise Fault("all sets must have elements of the same type")
    return [convert(one, common) for one in sets]


@partial("setintersection", SET, rest=SET)
def _setintersection(call: Invocation, *values: Value) -> Value:
    if not all(value.known for value in values):
        return call.unknown(values)
    first, *others = _of_one_type(values)
    kept = [
        element
        for element in first.elements()
        if all(any(equal(element, candidate) for candidate in other.elements()) for other in others)
    ]
    return convert(make_collection(kept, call), SET)


@partial("setsubtract", SET, SET)
def _setsubtract(call: Invocation, first: Value, second: Value) -> Value:
    if not (first.known and second.known):
        return call.unknown((first, second))
    first, second = _of_one_type((first, second))
    kept = [
        element for element in first.elements() if not any(equal(element, candidate) for candidate in second.elements())
    ]
    return convert(make_collection(kept, call), SET)
