"""Functions over lists; elements keep their places and may be unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert
from tapeproof.gate.engine.evaluator.equality import equal, has_doubtful_size
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.arguments import LIST, STRINGS, all_known, make_collection, sequence
from tapeproof.gate.engine.evaluator.functions.registry import Invocation, partial, plain
from tapeproof.gate.engine.evaluator.functions.strings import graphemes
from tapeproof.gate.engine.evaluator.types import ANY, BOOL, NUMBER, Type, type_of, unify_types
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__: list[str] = []


@partial("length", ANY)
def _length(call: Invocation, value: Value) -> Value:
    if not isinstance(value, Known):
        return call.unknown((value,))
    if isinstance(value.value, (tuple, Mapping)):
        return call.unknown((value,)) if has_doubtful_size(value) else call.known(len(value.value))
    if isinstance(value.value, str):
        return call.known(len(graphemes(value.value)))
    raise Fault(f"length takes a string or a collection, not a {type_of(value).kind}")


@partial("concat", rest=ANY)
def _concat(call: Invocation, *values: Value) -> Value:
    if not values:
        raise Fault("concat takes at least one list")
    if not all_known(*values):
        return call.unknown(values)
    lists = [sequence(value, call) for value in values]
    if any(value.kind == "set" for value in lists):
        raise Fault("concat takes lists, not sets")
    merged = make_collection((element for value in lists for element in value.elements()), call)
    if all(value.kind == "list" for value in lists):
        common = unify_types(type_of(value) for value in lists)
        return convert(merged, common) if common is not None else merged
    return merged


@partial("element", ANY, NUMBER)
def _element(call: Invocation, where: Value, index: Value) -> Value:
    if not all_known(where, index):
        return call.unknown((where, index))
    elements = sequence(where, call).elements()
    if not elements:
        raise Fault("element of an empty list")
    position = index.number()
    if not isinstance(position, int) or (position < 0 and position % len(elements)):
        raise Fault(f"element takes no index {position}")
    return elements[position % len(elements)]


@partial("flatten", ANY)
def _flatten(call: Invocation, value: Value) -> Value:
    if not all_known(value):
        return call.unknown((value,))
    return make_collection(_flat(sequence(value, call)), call)


def _flat(value: Known) -> Iterable[Value]:
    for element in value.elements():
        if isinstance(element, Known) and isinstance(element.value, tuple):
            yield from _flat(element)
        else:
            yield element


@partial("distinct", LIST)
def _distinct(call: Invocation, value: Value) -> Value:
    if not all_known(value):
        return call.unknown((value,))
    kept: list[Value] = []
    for element in sequence(value, call).elements():
        if not any(equal(element, other) for other in kept):
            kept.append(element)
    return make_collection(kept, call, "list")


@partial("compact", STRINGS)
def _compact(call: Invocation, value: Value) -> Value:
    if not all_known(value):
        return call.unknown((value,))
    kept = (
        element
        for element in sequence(value, call).elements()
        if not (isinstance(element, Known) and not element.value)
    )
    return make_collection(kept, call, "list")


@partial("contains", ANY, ANY)
def _contains(call: Invocation, where: Value, value: Value) -> Value:
    if not all_known(where):
        return call.unknown((where, value))
    answers = [equal(element, value) for element in sequence(where, call).elements()]
    if any(answers):
        return call.known(True)
    return call.unknown((where, value)) if None in answers else call.known(False)


@partial("index", ANY, ANY)
def _index(call: Invocation, where: Value, value: Value) -> Value:
    if not all_known(where):
        return call.unknown((where, value))
    for position, element in enumerate(sequence(where, call).elements()):
        answer = equal(element, value)
        if answer is None:
            return call.unknown((where, value))
        if answer:
            return call.known(position)
    raise Fault("index finds no such element")


@partial("reverse", ANY)
def _reverse(call: Invocation, value: Value) -> Value:
    if not all_known(value):
        return call.unknown((value,))
    known = sequence(value, call)
    return make_collection(reversed(known.elements()), call, "list" if known.kind == "set" else known.kind)


def _whole(value: Value) -> int:
    number = value.number()
    if not isinstance(number, int):
        raise Fault(f"{number} is no whole number")
    return number


@partial("slice", ANY, NUMBER, NUMBER)
def _slice(call: Invocation, value: Value, start: Value, end: Value) -> Value:
    if not all_known(value, start, end):
        return call.unknown((value, start, end))
    known = sequence(value, call)
    first, last = _whole(start), _whole(end)
    if known.kind == "set" or not 0 <= first <= last <= len(known.elements()):
        raise Fault(f"slice from {first} to {last} is outside the list")
    return make_collection(known.elements()[first:last], call, known.kind)


@partial("chunklist", LIST, NUMBER)
def _chunklist(call: Invocation, value: Value, size: Value) -> Value:
    if not all_known(value, size):
        return call.unknown((value, size))
    elements, width = sequence(value, call).elements(), _whole(size)
    if width < 0:
        raise Fault("chunklist takes no negative size")
    width = width or max(len(elements), 1)
    chunks = (elements[at : at + width] for at in range(0, len(elements), width))
    return make_collection((make_collection(chunk, call, "list") for chunk in chunks), call, "list")


@partial("one", ANY)
def _one(call: Invocation, value: Value) -> Value:
    if not all_known(value):
        return call.unknown((value,))
    elements = sequence(value, call).elements()
    if has_doubtful_size(value):
        return call.unknown((value,))
    if len(elements) > 1:
        raise Fault(f"one takes at most one element, not {len(elements)}")
    return elements[0] if elements else call.known(None)


@partial("coalescelist", rest=ANY, nullable=True)
def _coalescelist(call: Invocation, *values: Value) -> Value:
    for value in values:
        if not isinstance(value, Known):
            return call.unknown(values)
        if value.value is not None and sequence(value, call).elements():
            return value
    raise Fault("coalescelist finds no list that is not empty")


@partial("alltrue", Type("list", BOOL))
def _alltrue(call: Invocation, value: Value) -> Value:
    return _fold_booleans(call, value, decisive=False)


@partial("anytrue", Type("list", BOOL))
def _anytrue(call: Invocation, value: Value) -> Value:
    return _fold_booleans(call, value, decisive=True)


def _fold_booleans(call: Invocation, value: Value, *, decisive: bool) -> Value:
    if not all_known(value):
        return call.unknown((value,))
    elements = sequence(value, call).elements()
    if any(isinstance(element, Known) and bool(element.value) is decisive for element in elements):
        return call.known(decisive)
    return call.known(not decisive) if value.known else call.unknown((value,))


@partial("matchkeys", LIST, LIST, LIST)
def _matchkeys(call: Invocation, values: Value, keys: Value, search: Value) -> Value:
    if not all_known(values, keys, search) or not (keys.known and search.known):
        return call.unknown((values, keys, search))
    if len(values.elements()) != len(keys.elements()):
        raise Fault("matchkeys takes as many values as keys")
    pairs = zip(values.elements(), keys.elements(), strict=True)
    kept = (value for value, key in pairs if any(equal(key, wanted) for wanted in search.elements()))
    return make_collection(kept, call, "list")


@plain("sort", STRINGS, gives="list")
def _sort(values: list[str]) -> list[str]:
    return sorted(values)
