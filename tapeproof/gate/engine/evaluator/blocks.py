"""Bodies of blocks to the model's blocks, with ``dynamic`` ones expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.iteration import pairs
from tapeproof.gate.engine.evaluator.marks import lift_value, unknown_from
from tapeproof.gate.engine.evaluator.syntax import Body, Expression, GetAttribute, Index, Listing, Name, Nested
from tapeproof.gate.engine.model import Block, Known, Ref, Unknown, Value

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame

__all__ = ["Contents", "contents", "static_address", "static_value"]

_NAMES_ONLY = {"ignore_changes", "replace_triggered_by", "depends_on", "provider", "providers"}
"""Arguments that hold names of things, which Terraform does not evaluate."""


class Contents:
    """What is inside a block: the fields of ``Block`` that come from its body."""

    def __init__(self) -> None:
        self.attributes: dict[str, Value] = {}
        self.children: list[Block] = []
        self.uncertain: dict[str, Unknown] = {}

    def block(self, type_: str, labels: tuple[str, ...], node: Nested, frame: Frame) -> Block:
        """Return the block with these contents."""
        return Block(
            type=type_,
            labels=labels,
            attributes=self.attributes,
            children=tuple(self.children),
            uncertain=self.uncertain,
            span=frame.span(node.at),
        )


def contents(evaluator: Evaluation, body: Body, frame: Frame, *, skip: frozenset[str] = frozenset()) -> Contents:
    """Return the values and nested blocks of a body.

    Args:
        evaluator: Evaluates the expressions.
        body: The body.
        frame: Where it is.
        skip: Arguments that are left out, because they are evaluated elsewhere.
    """
    result = Contents()
    for attribute in body.attributes:
        if attribute.name in skip:
            continue
        inner = frame.within(attribute.file)
        if attribute.name in _NAMES_ONLY:
            result.attributes[attribute.name] = static_value(attribute.expression, inner)
        else:
            result.attributes[attribute.name] = evaluator.attempt(attribute.expression, inner)
    for node in body.blocks:
        _add_block(result, evaluator, node, frame.within(node.file))
    return result


def _add_block(result: Contents, evaluator: Evaluation, node: Nested, frame: Frame) -> None:
    if node.type == "dynamic" and node.labels:
        _add_dynamic(result, evaluator, node, frame)
        return
    result.children.append(contents(evaluator, node.body, frame).block(node.type, node.labels, node, frame))


def _add_dynamic(result: Contents, evaluator: Evaluation, node: Nested, frame: Frame) -> None:
    type_ = node.labels[0]
    content = next((block for block in node.body.blocks if block.type == "content"), None)
    over = node.body.expression("for_each")
    span = frame.span(node.at)
    if content is None or over is None:
        result.uncertain[type_] = Unknown("a dynamic block needs for_each and content", span=span)
        return
    iterator = _iterator(node.body.expression("iterator")) or type_
    collection = evaluator.attempt(over, frame)
    if not isinstance(collection, Known):
        why = f"it is not known how many {type_} blocks there are: {collection.why}"
        result.uncertain[type_] = Unknown(why, span=span, origins=collection.origins)
        return
    try:
        rounds = list(pairs(collection))
    except Fault as fault:
        result.uncertain[type_] = Unknown(f"for_each cannot be evaluated: {fault}", span=span)
        return
    for key, value in rounds:
        entry = Known({"key": key, "value": value}, kind="object", span=span)
        inner = frame.with_names({iterator: entry})
        result.children.append(contents(evaluator, content.body, inner).block(type_, (), content, inner))


def _iterator(node: Expression | None) -> str:
    return node.name if isinstance(node, Name) else str(getattr(node, "value", ""))


def static_address(node: Expression) -> str:
    """Return a reference as written, ``aws_x.y["k"].arn``; empty when it is none."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, GetAttribute):
        of = static_address(node.of)
        return f"{of}.{node.name}" if of else ""
    if isinstance(node, Index):
        key = getattr(node.key, "value", None)
        shown = f'"{key}"' if isinstance(key, str) else "?" if key is None else str(key)
        of = static_address(node.of)
        return f"{of}[{shown}]" if of else ""
    return ""


def static_value(node: Expression, frame: Frame) -> Value:
    """Return an argument that holds names: references become ``Ref``, bare words strings."""
    span = frame.span(node.at)
    if isinstance(node, Listing):
        return Known(tuple(static_value(item, frame) for item in node.items), kind="tuple", span=span)
    if isinstance(node, Name):
        return Known(node.name, span=span)
    address = static_address(node)
    if address:
        return Ref(address, "", span=span)
    content = getattr(node, "value", None)
    if content is None and getattr(node, "items", None):
        pairs_ = {str(getattr(key, "value", "")): static_value(value, frame) for key, value in node.items}
        return Known(pairs_, kind="object", span=span)
    return lift_value(content, span) if content is not None else unknown_from((), span)
