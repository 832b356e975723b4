"""Terraform's syntax as the evaluator takes it: HCL and JSON both become these nodes.

Nodes are named tuples: they are made by the hundred thousand, and they travel to other processes and to the cache as
plain tuples. Every node has ``at``: first line, first column, line and column after the end, counted from 1.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from tapeproof.gate.engine.named_tuple import NamedTuple

__all__ = [
    "At",
    "Attribute",
    "Binary",
    "Body",
    "Call",
    "Conditional",
    "Constant",
    "Expression",
    "ForList",
    "ForMap",
    "GetAttribute",
    "Index",
    "Listing",
    "Name",
    "Nested",
    "Object",
    "Parenthesis",
    "Source",
    "Splat",
    "Template",
    "TemplateFor",
    "TemplateIf",
    "Unary",
    "children",
]

Shifts: TypeAlias = tuple[tuple[int, int], ...]
At: TypeAlias = tuple[int, int, int, int]
Expression: TypeAlias = Any
"""Any of the expression nodes below. (A recursive union of named tuples is more than the type checker takes.)"""


class Constant(NamedTuple):
    """``null``, a boolean, a number (``int`` or ``Decimal``), or text without interpolations.

    ``shifts`` says where the escapes of a text make its source longer than it: see ``Span.part_of``.
    """

    value: Any
    at: At
    shifts: Shifts = ()


class Template(NamedTuple):
    """A quoted string or heredoc: constants, expressions and directives, one after the other."""

    parts: tuple[Expression, ...]
    at: At


class TemplateIf(NamedTuple):
    """``%{ if condition }…%{ else }…%{ endif }`` inside a template."""

    condition: Expression
    then: tuple[Expression, ...]
    otherwise: tuple[Expression, ...]
    at: At


class TemplateFor(NamedTuple):
    """``%{ for key, value in collection }…%{ endfor }`` inside a template; ``key`` is empty when there is none."""

    key: str
    value: str
    collection: Expression
    parts: tuple[Expression, ...]
    at: At


class Listing(NamedTuple):
    """``[a, b]``."""

    items: tuple[Expression, ...]
    at: At


class Object(NamedTuple):
    """``{ key = value }``; a bare word as key is a ``Constant``."""

    items: tuple[tuple[Expression, Expression], ...]
    at: At


class Name(NamedTuple):
    """The first word of a reference: ``var``, ``local``, ``aws_sqs_queue``, ``each``, the variable of a ``for``."""

    name: str
    at: At


class GetAttribute(NamedTuple):
    """``of.name``."""

    of: Expression
    name: str
    at: At


class Index(NamedTuple):
    """``of[key]`` and the old ``of.0``."""

    of: Expression
    key: Expression
    at: At


class Splat(NamedTuple):
    """``of[*].steps`` (``full``) or ``of.*.steps``; steps are ``str`` for attributes, or an index expression.

    A splat among the steps (its ``of`` is None) happens to each element.
    """

    of: Expression
    steps: tuple[Expression, ...]
    full: bool
    at: At


class Call(NamedTuple):
    """``name(arguments...)``; ``expand`` when the last argument ends in ``...``."""

    name: str
    arguments: tuple[Expression, ...]
    expand: bool
    at: At


class Conditional(NamedTuple):
    """``condition ? then : otherwise``."""

    condition: Expression
    then: Expression
    otherwise: Expression
    at: At


class Binary(NamedTuple):
    """``left operator right``."""

    operator: str
    left: Expression
    right: Expression
    at: At


class Unary(NamedTuple):
    """``-operand`` or ``!operand``."""

    operator: str
    operand: Expression
    at: At


class Parenthesis(NamedTuple):
    """``(inner)``: matters only as the key of an object."""

    inner: Expression
    at: At


class ForList(NamedTuple):
    """``[for key, value in collection : body if condition]``."""

    key: str
    value: str
    collection: Expression
    body: Expression
    condition: Expression | None
    at: At


class ForMap(NamedTuple):
    """``{for key, value in collection : name => body... if condition}``; ``group`` when the body ends in ``...``."""

    key: str
    value: str
    collection: Expression
    name: Expression
    body: Expression
    condition: Expression | None
    group: bool
    at: At


class Attribute(NamedTuple):
    """``name = expression``; ``at`` is the name's place, ``file`` only set when it came from an override file."""

    name: str
    expression: Expression
    at: At
    file: str = ""


class Nested(NamedTuple):
    """``type "label" { body }``; ``at`` is the header's place, ``end`` the closing brace's, ``file`` as above."""

    type: str
    labels: tuple[str, ...]
    body: Body
    at: At
    end: At
    file: str = ""


class Body(NamedTuple):
    """Attributes and blocks, each in the order they are written."""

    attributes: tuple[Attribute, ...]
    blocks: tuple[Nested, ...]

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that name."""
        for attribute in self.attributes:  # a generator takes twice as long, and this is asked all the time
            if attribute.name == name:
                return attribute
        return None

    def expression(self, name: str) -> Expression | None:
        """Return the expression of the attribute of that name."""
        found = self.attribute(name)
        return None if found is None else found.expression


class Source(NamedTuple):
    """One file, parsed.

    Attributes:
        body: What is in it.
        json: Whether it is in JSON syntax, where blocks and attributes look the same.
    """

    body: Body
    json: bool = False


def children(node: Expression) -> list[Expression]:
    """Return the expressions directly inside an expression."""
    found: list[Expression] = []
    for position in _list_inner_fields(node._fields):
        _add_nodes(node[position], found)
    return found


@cache
def _list_inner_fields(names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the positions of the fields that may hold expressions, places left out."""
    return tuple(position for position, name in enumerate(names) if name not in {"at", "shifts"})


def _add_nodes(field: Any, found: list[Expression]) -> None:  # noqa: ANN401 - whatever a node holds
    if not isinstance(field, tuple):
        return
    if hasattr(field, "at"):
        found.append(field)  # what has a place of its own is an expression
        return
    for part in field:
        _add_nodes(part, found)
