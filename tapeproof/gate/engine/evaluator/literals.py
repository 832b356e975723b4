"""Literal text of a configuration, and the block and argument it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tapeproof.gate.engine.evaluator.configuration import Declared
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
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.evaluator.configuration import Configuration
    from tapeproof.gate.engine.evaluator.syntax import Attribute, Source

__all__ = ["Written", "body_literals", "literals_of", "written_in"]

Place: TypeAlias = tuple[str, str, str, str]
"""Where a literal stands: file, block, owner and attribute."""
_OWNERS = {"variable": "var.{0}", "output": "output.{0}", "module": "module.{0}", "data": "data.{0}.{1}"}
_LABELS = {"variable": 1, "output": 1, "module": 1, "data": 2}
"""How many labels an owner is told by; a block that lacks one is refused where its module is put together."""


class Written(NamedTuple):
    """The literal text of a block or a local value that was found before.

    Attributes:
        node: The block's body, or the value's expression, kept so that no other one takes its identity.
        literals: What is in it, their owners without the module.
    """

    node: Any
    literals: list[Literal]


def literals_of(configuration: Configuration, module: str, known: Mapping[int, Written]) -> list[Literal]:
    """Return the literal text of a module.

    Args:
        configuration: The module's declarations.
        module: Address of its first instance; empty for the root.
        known: What was found before, by the identity of what it was found in.
    """
    prefix = f"{module}." if module else ""
    found: list[Literal] = []
    for declared in configuration.everything():
        before = known.get(id(declared.block.body))
        literals = _of_block(declared) if before is None else before.literals
        found += _in_module(prefix, literals)
    for local in configuration.local_values.values():
        before = known.get(id(local.attribute.expression))
        literals = _of_local(local.attribute, local.file) if before is None else before.literals
        found += _in_module(prefix, literals)
    return found


def written_in(source: Source, file: str) -> Iterator[Written]:
    """Yield the literal text of each block and each local value in a file."""
    for block in source.body.blocks:
        if block.type == "locals":
            for attribute in block.body.attributes:
                yield Written(attribute.expression, _of_local(attribute, file))
        elif len(block.labels) >= _LABELS.get(block.type, 0):
            yield Written(block.body, _of_block(Declared(block, file, source.json)))


def _of_block(declared: Declared) -> list[Literal]:
    return body_literals(declared.block.body, declared.file, declared.block.type, _owner(declared))


def _of_local(attribute: Attribute, file: str) -> list[Literal]:
    found: list[Literal] = []
    _add_literals(attribute.expression, (attribute.file or file, "locals", f"local.{attribute.name}", ""), found)
    return found


def _in_module(prefix: str, literals: list[Literal]) -> list[Literal]:
    if not prefix:
        return literals
    return [
        Literal(
            text=one.text,
            span=one.span,
            block=one.block,
            owner=prefix + one.owner,
            attribute=one.attribute,
            shifts=one.shifts,
            whole=one.whole,
        )
        for one in literals
    ]


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
    handed_on = set(map(id, _handed_on(node))) if whole else ()
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
