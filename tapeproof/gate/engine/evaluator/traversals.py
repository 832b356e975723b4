"""Names with attributes and indexes after them, and splats.

Source: HCL Native Syntax Specification, "Expressions": variables and variable expressions, index operator, attribute
access operator, splat operators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.evaluator.access import attribute_of, index_of
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.marks import place_value, unknown_from
from tapeproof.gate.engine.evaluator.syntax import Expression, GetAttribute, Index, Name, Splat
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Ref, Value

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame

__all__ = ["evaluate_chain", "evaluate_splat"]


def evaluate_chain(evaluator: Evaluation, node: Expression, frame: Frame) -> Value:
    """Return a name with any attributes and indexes after it."""
    whole = node
    steps: list[GetAttribute | Index] = []
    while node.__class__ is GetAttribute or isinstance(node, Index):
        steps.append(node)
        node = node.of
    steps.reverse()
    if not isinstance(node, Name):
        value = evaluator.evaluate(node, frame)
    elif node.name in frame.names:
        value = frame.names[node.name]
    elif frame.scope is None:
        raise Fault(f"{node.name} is not defined here")
    else:
        value, steps = frame.scope.resolve(node.name, steps, frame)
    for step in steps:
        value = _step(evaluator, value, step, frame)
    return value if value.span.line else place_value(value, frame.span(whole.at))


def _step(evaluator: Evaluation, value: Value, step: GetAttribute | Index, frame: Frame) -> Value:
    """Return one attribute or element of a value."""
    if isinstance(step, Index):
        return index_of(value, evaluator.evaluate(step.key, frame), frame.span(step.at))
    return _attribute(value, step.name, frame, step.at)


def _attribute(value: Value, name: str, frame: Frame, at: Any) -> Value:  # noqa: ANN401 - a place
    if isinstance(value, Ref) and not value.path and frame.scope is not None:
        return frame.scope.attribute(value, name, frame.span(at))
    entries = value.value if isinstance(value, Known) else None
    known = entries.get(name) if isinstance(entries, Mapping) else None  # most are attributes of objects that are known
    found = attribute_of(value, name, frame.span(at)) if known is None else known
    return frame.scope.follow_nested(found) if isinstance(found, Ref) and frame.scope is not None else found


def evaluate_splat(evaluator: Evaluation, node: Splat, frame: Frame) -> Value:
    """Return the value of a splat."""
    return _spread(evaluator, evaluator.evaluate(node.of, frame), node, frame)


def _spread(evaluator: Evaluation, value: Value, node: Splat, frame: Frame) -> Value:
    """Return the steps of a splat taken from each element; anything but a list counts as a list of one."""
    span = frame.span(node.at)
    if isinstance(value, Known) and value.value is None:
        return Known((), kind="tuple", span=span)
    if isinstance(value, Known) and isinstance(value.value, tuple):
        elements: tuple[Value, ...] = value.value
    elif isinstance(value, Known) or (isinstance(value, Ref) and not value.path):
        elements = (value,)
    else:
        blocks = frame.scope.spread(value, span) if isinstance(value, Ref) and frame.scope else None
        if blocks is None:
            return unknown_from((value,), span)
        elements = blocks
    return Known(tuple(_apply_splat(evaluator, element, node, frame) for element in elements), kind="tuple", span=span)


def _apply_splat(evaluator: Evaluation, value: Value, node: Splat, frame: Frame) -> Value:
    for step in node.steps:
        if isinstance(step, str):
            value = _attribute(value, step, frame, node.at)
        elif isinstance(step, Splat):
            value = _spread(evaluator, value, step, frame)
        else:
            value = index_of(value, evaluator.evaluate(step, frame), frame.span(node.at))
    return value
