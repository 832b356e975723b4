"""Terraform's JSON syntax (``.tf.json``, ``.tfvars.json``) to the same syntax as HCL.

Source: Terraform documentation, "JSON Configuration Syntax". JSON cannot tell an attribute from a block, so objects
inside a resource become attributes, and ``Block.blocks`` reads those as blocks; only the blocks that Terraform itself
defines (``lifecycle``, ``dynamic`` …) are told apart here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import (
    At,
    Attribute,
    Body,
    Constant,
    Expression,
    Listing,
    Nested,
    Object,
    Source,
    Template,
)
from tapeproof.gate.frontends.hcl.json_places import Inside
from tapeproof.gate.frontends.hcl.json_reader import JsonError, JsonObject, JsonValue, read_json
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_template

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.syntax import Shifts

__all__ = ["parse_json", "parse_json_values"]

_LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "action": 2,
    "module": 1,
    "variable": 1,
    "output": 1,
    "provider": 1,
    "check": 1,
    "locals": 0,
    "terraform": 0,
    "moved": 0,
    "removed": 0,
    "import": 0,
}
_BLOCKS = {
    "resource": {"lifecycle", "connection", "provisioner", "dynamic"},
    "module": {"lifecycle"},
    "data": {"lifecycle", "dynamic"},
    "ephemeral": {"lifecycle", "dynamic"},
    "variable": {"validation"},
    "output": {"precondition"},
    "action": {"config"},
    "check": {"data", "assert"},
    "removed": {"lifecycle", "provisioner"},
    "terraform": {"backend", "cloud", "required_providers", "provider_meta"},
    "lifecycle": {"precondition", "postcondition"},
    "provider": {"dynamic"},
    "content": {"dynamic"},
    "nested": {"dynamic"},
}
_NESTED_LABELS = {"provisioner": 1, "dynamic": 1, "backend": 1, "provider_meta": 1, "data": 2}
_LITERAL = {
    ("resource", "depends_on"),
    ("data", "depends_on"),
    ("module", "depends_on"),
    ("output", "depends_on"),
    ("lifecycle", "ignore_changes"),
    ("lifecycle", "replace_triggered_by"),
    ("resource", "provider"),
    ("data", "provider"),
    ("variable", "type"),
    ("moved", "from"),
    ("moved", "to"),
    ("removed", "from"),
    ("import", "to"),
    ("import", "provider"),
}
"""Attributes whose strings are references or types, not templates."""
_OUTER = frozenset({"resource", "data", "ephemeral", "provider", "content", "nested"})
"""Where an object that holds a ``dynamic`` block is a block itself."""


def parse_json(text: str, file: str) -> Source:
    """Return the syntax of a ``.tf.json`` file; a list of objects stands for all of them together.

    A block of a type that is not known here is kept, without its contents.

    Raises:
        SourceError: It is no JSON, or not of Terraform's form.
    """
    root = _read(text, file)
    blocks: list[Nested] = []
    for part in root.content if isinstance(root.content, list) else [root]:
        if not isinstance(part.content, JsonObject):
            raise SourceError(file, "expected a JSON object, or a list of JSON objects", *part.at[:2])
        for key, at, value in part.content.items:
            if key in _LABELS:
                blocks.extend(_Maker(file).blocks(key, value, at, _LABELS[key]))
            elif key != "//":
                blocks.append(Nested(key, (), Body((), ()), at, value.at))
    return Source(Body((), tuple(blocks)), json=True)


def parse_json_values(text: str, file: str) -> Source:
    """Return the syntax of a ``.tfvars.json`` file, in which strings are literal.

    Raises:
        SourceError: It is no JSON object.
    """
    root = _read(text, file)
    if not isinstance(root.content, JsonObject):
        raise SourceError(file, "the file must hold a JSON object", *root.at[:2])
    maker = _Maker(file)
    attributes = (Attribute(key, maker.expression(value, literal=True), at) for key, at, value in root.content.items)
    return Source(Body(tuple(attributes), ()), json=True)


def _read(text: str, file: str) -> JsonValue:
    try:
        return read_json(text)
    except JsonError as error:
        raise SourceError(file, str(error), error.line, error.column) from error


class _Maker:
    """Makes syntax of the JSON values of one file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def blocks(
        self, type_: str, value: JsonValue, at: At, labels: int, given: tuple[str, ...] = (), *, scope: str = ""
    ) -> list[Nested]:
        """Return the blocks that a value stands for: one level of objects for each label, lists for repetition.

        Args:
            type_: What the blocks are called.
            value: The value.
            at: Where the key is.
            labels: How many labels are still to come.
            given: The labels before.
            scope: Whose known blocks may be in them; those of ``type_`` without it.
        """
        if isinstance(value.content, list):
            return [
                block
                for item in value.content
                for block in self.blocks(type_, item, item.at, labels, given, scope=scope)
            ]
        if value.content is None:
            return []
        if not isinstance(value.content, JsonObject):
            self._refuse(f"{type_!r} must hold an object", value.at)
        if labels:
            return [
                block
                for key, key_at, inner in value.content.items
                if key != "//"
                for block in self.blocks(type_, inner, key_at, labels - 1, (*given, key), scope=scope)
            ]
        return [Nested(type_, given, self._body(scope or type_, value.content), at, value.at)]

    def expression(self, value: JsonValue, *, literal: bool = False) -> Expression:
        """Return a value as an expression; its strings are templates, unless literal."""
        content = value.content
        if isinstance(content, JsonObject):
            return Object(
                tuple(
                    (self._string(key, at, literal=literal), self.expression(inner, literal=literal))
                    for key, at, inner in content.items
                    if literal or key != "//"
                ),
                value.at,
            )
        if isinstance(content, list):
            return Listing(tuple(self.expression(item, literal=literal) for item in content), value.at)
        if isinstance(content, str):
            return self._string(content, value.at, value.shifts, literal=literal)
        return Constant(content, value.at)

    def _body(self, type_: str, content: JsonObject) -> Body:
        attributes: list[Attribute] = []
        blocks: list[Nested] = []
        for key, at, value in content.items:
            if key == "//":
                continue
            if key in _BLOCKS.get(type_, set()):
                blocks.extend(self.blocks(key, value, at, _NESTED_LABELS.get(key, 0)))
            elif type_ == "dynamic" and key == "content":
                blocks.extend(self.blocks("content", value, at, 0))
            elif type_ in _OUTER and _holds_dynamic(value):
                blocks.extend(self.blocks(key, value, at, 0, scope="nested"))
            else:
                attributes.append(Attribute(key, self._value(type_, key, value), at))
        return Body(tuple(attributes), tuple(blocks))

    def _value(self, type_: str, key: str, value: JsonValue) -> Expression:
        if (type_, key) not in _LITERAL:
            return self.expression(value, literal=(type_, key) == ("variable", "default"))
        if isinstance(value.content, list):
            return Listing(tuple(self._value(type_, key, item) for item in value.content), value.at)
        if isinstance(value.content, str):
            return Inside(value.content, value.at, value.shifts).moved(parse_expression(value.content, self.file))
        return self.expression(value)

    def _string(self, text: str, at: At, shifts: Shifts = (), *, literal: bool) -> Expression:
        if literal or ("${" not in text and "%{" not in text):
            return Constant(text, at, shifts)
        try:
            template = parse_template(text, self.file)
        except SourceError as error:
            raise SourceError(self.file, error.reason, *at[:2]) from error
        parts = tuple(part for part in template.parts if not (isinstance(part, Constant) and part.value == ""))
        moved = Inside(text, at, shifts).moved(parts)
        only = moved[0] if len(moved) == 1 else None
        if isinstance(only, Constant):
            return only._replace(at=at)
        return Template(moved, at) if only is None or _directs(only) else only

    def _refuse(self, reason: str, at: At) -> NoReturn:
        raise SourceError(self.file, reason, *at[:2])


def _directs(node: Expression) -> bool:
    return type(node).__name__ in {"TemplateIf", "TemplateFor"}


def _holds_dynamic(value: JsonValue) -> bool:
    """Return whether an object, or one in a list, has a ``dynamic`` block in it, however deep."""
    if isinstance(value.content, list):
        return any(map(_holds_dynamic, value.content))
    if not isinstance(value.content, JsonObject):
        return False
    return any(
        (key == "dynamic" and _is_dynamic(inner)) or _holds_dynamic(inner) for key, _, inner in value.content.items
    )


def _is_dynamic(value: JsonValue) -> bool:
    if isinstance(value.content, list):
        return any(map(_is_dynamic, value.content))
    if not isinstance(value.content, JsonObject):
        return False
    bodies = [
        body
        for _, _, inner in value.content.items
        for body in (inner.content if isinstance(inner.content, list) else [inner])
    ]
    return any(
        isinstance(body.content, JsonObject) and {"for_each", "content"} <= {key for key, _, _ in body.content.items}
        for body in bodies
    )
