"""Literal text of a configuration, and the block and argument it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.evaluator.syntax import (
    Body,
    Call,
    Conditional,
    Constant,
    Expression,
    ForList,
    ForMap,
    GetAttribute,
    Listing,
    Name,
    Object,
    Parenthesis,
    children,
)
from tapeproof.gate.engine.model import Literal, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.evaluator.configuration import Configuration, Declared

__all__ = ["body_literals", "literals_of"]

Place: TypeAlias = tuple[str, str, str, str]
"""Where a literal stands: file, block, owner and attribute."""
_OWNERS = {"variable": "var.{0}", "output": "output.{0}", "module": "module.{0}", "data": "data.{0}.{1}"}


def literals_of(configuration: Configuration, module: str) -> list[Literal]:
    """Return the literal text of a module.

    Args:
        configuration: The module's declarations.
        module: Address of its first instance; empty for the root.
    """
    prefix = f"{module}." if module else ""
    found: list[Literal] = []
    for declared in configuration.everything():
        _add_body(declared.block.body, (declared.file, declared.block.type, prefix + _owner(declared), ""), found)
    for name, local in configuration.local_values.items():
        owner, file = f"{prefix}local.{name}", local.attribute.file or local.file
        _add_literals(local.attribute.expression, (file, "locals", owner, ""), found)
    return found


def _owner(declared: Declared) -> str:
    block = declared.block
    form = _OWNERS.get(block.type)
    if form is not None:
        return form.format(*block.labels)
    return ".".join(block.labels) if block.type == "resource" else ".".join([block.type, *block.labels])


def body_literals(body: Body, file: str, block: str, owner: str) -> list[Literal]:
    """Return the literal text of a body and the blocks in it."""
    found: list[Literal] = []
    _add_body(body, (file, block, owner, ""), found)
    return found


def _add_body(body: Body, place: Place, found: list[Literal]) -> None:
    file, block, owner, outer = place
    for attribute in body.attributes:
        name = f"{outer}.{attribute.name}" if outer else attribute.name
        _add_literals(attribute.expression, (attribute.file or file, block, owner, name), found)
    for nested in body.blocks:
        inner = nested.labels[0] if nested.type == "dynamic" and nested.labels else nested.type
        name = f"{outer}.{inner}" if outer else inner
        _add_body(nested.body, (nested.file or file, block, owner, name), found)


def _add_literals(node: Expression, place: Place, found: list[Literal], *, whole: bool = True) -> None:
    file, block, owner, attribute = place
    if isinstance(node, Constant):
        text = _read_literal(node)
        if text:
            found.append(
                Literal(
                    text=text,
                    span=Span(file, *node.at),
                    block=block,
                    owner=owner,
                    attribute=attribute,
                    shifts=node.shifts,
                    whole=whole,
                )
            )
        return
    if isinstance(node, Object):
        for key, value in node.items:
            if isinstance(key, Constant):
                _add_literals(value, (file, block, owner, f"{attribute}.{key.value}"), found, whole=whole)
            else:
                _add_literals(key, place, found, whole=False)
                _add_literals(value, place, found, whole=whole)
        return
    if isinstance(node, (Name, GetAttribute)):  # half of all expressions
        while isinstance(node, GetAttribute):
            node = node.of
        if not isinstance(node, Name):
            _add_literals(node, place, found, whole=False)
        return
    handed_on = list(map(id, _handed_on(node))) if whole else ()
    for child in children(node):
        _add_literals(child, place, found, whole=id(child) in handed_on)


def _read_literal(node: Constant) -> str:
    """Return the text of a literal, a whole number's digits included; empty when it has none."""
    if isinstance(node.value, str):
        return node.value
    return str(node.value) if isinstance(node.value, int) and not isinstance(node.value, bool) else ""


_TRANSPARENT = frozenset(
    (
        *("base64encode", "chomp", "coalesce", "coalescelist", "compact", "concat", "distinct", "ephemeralasnull"),
        *("flatten", "jsonencode", "lower", "merge", "nonsensitive", "one", "sensitive", "setunion", "tolist", "tomap"),
        *("toset", "tostring", "trimspace", "try", "upper", "urlencode", "yamlencode"),
    )
)
"""Functions whose result is one of their arguments, or holds it."""


def _handed_on(node: Expression) -> Iterator[Expression]:
    """Yield the parts of an expression that may be its value: not a key, a condition or a piece of a template."""
    if isinstance(node, Conditional):
        yield from (node.then, node.otherwise)
    elif isinstance(node, Call):
        if node.name in _TRANSPARENT:
            yield from node.arguments
        elif node.name == "lookup":
            yield from node.arguments[2:]
    elif isinstance(node, (Listing, Parenthesis)):
        yield from children(node)
    elif isinstance(node, (ForList, ForMap)):
        yield node.body
