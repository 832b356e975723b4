"""Lists, objects, and the loops that make them.

Source: HCL Native Syntax Specification, "Expressions": collection values, "for" expressions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert, truth
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.iteration import Entries, pairs
from tapeproof.gate.engine.evaluator.marks import marks_of, unknown_from
from tapeproof.gate.engine.evaluator.types import STRING
from tapeproof.gate.engine.model import Known, Unknown, Value
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame
    from tapeproof.gate.engine.evaluator.syntax import Expression, ForList, ForMap, Listing, Object

__all__ = ["evaluate_list", "evaluate_object", "loop_to_list", "loop_to_map"]


def evaluate_list(evaluator: Evaluation, node: Listing, frame: Frame) -> Value:
    """Return the value of a list in brackets."""
    elements = tuple(evaluator.evaluate(item, frame) for item in node.items)
    return Known(elements, kind="tuple", span=frame.span(node.at))


def evaluate_object(evaluator: Evaluation, node: Object, frame: Frame) -> Value:
    """Return the value of an object in braces."""
    entries = Entries()
    pairs: list[tuple[Value, Value]] = []
    unknown = False
    for key_node, value_node in node.items:
        given = evaluator.evaluate(key_node, frame)
        key = _key(given)
        pairs.append((given, evaluator.evaluate(value_node, frame)))
        unknown = unknown or key is None
        entries[key or ""] = pairs[-1][1]
        if given.span.line:
            entries.places[key or ""] = given.span
    if unknown:
        return Unknown("a key of this object is not known", span=frame.span(node.at), pairs=tuple(pairs))
    marked = [given for given, _ in pairs if given.origins]
    origins = marks_of(marked).origins if marked else frozenset()
    return Known(entries, kind="object", span=frame.span(node.at), origins=origins)


def _key(value: Value) -> str | None:
    if isinstance(value, Known) and isinstance(value.value, str):
        return value.value
    key = convert(value, STRING)
    if isinstance(key, Known) and key.value is None:
        raise Fault("a key cannot be null")
    return key.text() if isinstance(key, Known) else None


def loop_to_list(evaluator: Evaluation, node: ForList, frame: Frame) -> Value:
    """Return the list that a loop makes."""
    collection = evaluator.evaluate(node.collection, frame)
    span = frame.span(node.at)
    if not isinstance(collection, Known):
        return unknown_from((collection,), span)
    elements: list[Value] = []
    for key, value in pairs(collection):
        inner = frame.with_pair(node.key, key, node.value, value)
        wanted = _meets_condition(evaluator, node.condition, inner)
        if wanted is None:
            return Unknown("it is not known which elements the condition takes", span=span)
        if wanted:
            elements.append(evaluator.evaluate(node.body, inner))
    return Known(tuple(elements), kind="tuple", span=span)


def _meets_condition(evaluator: Evaluation, condition: Expression | None, frame: Frame) -> bool | None:
    if condition is None:
        return True
    return truth(evaluator.evaluate(condition, frame))


def loop_to_map(evaluator: Evaluation, node: ForMap, frame: Frame) -> Value:
    """Return the map that a loop makes."""
    collection = evaluator.evaluate(node.collection, frame)
    span = frame.span(node.at)
    if not isinstance(collection, Known):
        return unknown_from((collection,), span)
    grouped: dict[str, list[Value]] = {}
    names: list[Value] = []
    for key, value in pairs(collection):
        inner = frame.with_pair(node.key, key, node.value, value)
        wanted = _meets_condition(evaluator, node.condition, inner)
        if wanted is False:
            continue
        names.append(evaluator.evaluate(node.name, inner))
        name = _key(names[-1])
        if wanted is None or name is None:
            return Unknown("it is not known which keys the loop makes", span=span)
        grouped.setdefault(name, []).append(evaluator.evaluate(node.body, inner))
    # The keys came from somewhere too; whoever goes through the map takes that from the map itself.
    return replace(_build_map(grouped, node, frame), origins=marks_of(names).origins)


def _build_map(grouped: dict[str, list[Value]], node: ForMap, frame: Frame) -> Value:
    span = frame.span(node.at)
    if node.group:
        listed = {name: Known(tuple(values), kind="tuple", span=span) for name, values in grouped.items()}
        return Known(listed, kind="object", span=span)
    double = next((name for name, values in grouped.items() if len(values) > 1), None)
    if double is not None:
        raise Fault(f"the loop makes the key {double!r} twice")
    return Known({name: values[0] for name, values in grouped.items()}, kind="object", span=span)
