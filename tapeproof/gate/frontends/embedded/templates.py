"""A CloudFormation template, JSON or YAML, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Known, NotJsonError, Origin, Piece, Text, Undecided, Value
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.engine.model import Stack

__all__ = ["read_template"]

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Stand around the number of a piece that is not known; they are no characters, and a text that has them loses them."""
_HOLE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_LARGEST = 1024 * 1024
"""Characters; CloudFormation itself takes 1 MB, from a bucket (AWS CloudFormation User Guide, quotas)."""


def read_template(stack: Stack, template: Value) -> Value:
    """Return a template as an object of values; parts that are not known yet stay so.

    Raises:
        Undecided: It is not known, or neither JSON nor YAML.
    """
    try:
        return stack.document(template)
    except NotJsonError:
        return _read_yaml(template)


def _read_yaml(template: Value) -> Value:
    import yaml  # noqa: PLC0415 - few configurations hold YAML

    pieces = template.pieces_of_text()
    text = "".join(
        piece.content.replace(_OPEN, "\ufffd") if isinstance(piece.content, str) else f"{_OPEN}{number}{_CLOSE}"
        for number, piece in enumerate(pieces)
    )
    if len(text) > _LARGEST:
        raise Undecided(template, f"has {len(text):,} characters; templates of up to {_LARGEST:,} are read")
    try:
        data = yaml.load(text, Loader=_loader(yaml))  # noqa: S506 - it is a SafeLoader with tags that make plain objects
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Undecided(template, "is neither JSON nor YAML that can be read") from error
    if not isinstance(data, dict):
        raise Undecided(template, "is no CloudFormation template: it is no object")
    return _restore_unknowns(value_of(data, template.span), pieces)


def _loader(yaml: Any) -> Any:  # noqa: ANN401 - a module and a class that have no types
    """Return a loader that refuses aliases, which may stand for far more than is written, and reads ``!Sub x``."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc] # as above
        def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - as above
            if self.check_event(yaml.events.AliasEvent):
                raise yaml.YAMLError("an alias")
            return super().compose_node(parent, index)

    def construct(loader: Any, suffix: str, node: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        if isinstance(node, yaml.ScalarNode):
            content: Any = loader.construct_scalar(node)
        elif isinstance(node, yaml.SequenceNode):
            content = loader.construct_sequence(node, deep=True)
        else:
            content = loader.construct_mapping(node, deep=True)
        return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": content}

    Loader.add_multi_constructor("!", construct)
    return Loader


def _restore_unknowns(value: Value, pieces: Sequence[Piece]) -> Value:
    """Return a value in which what is not known stands again where its number does."""
    if not isinstance(value, Known):
        return value
    if isinstance(value.value, str) and _OPEN in value.value:
        return _with_holes(value, pieces)
    if isinstance(value.value, Mapping):
        restored = {key: _restore_unknowns(part, pieces) for key, part in value.value.items()}
        return Known(restored, kind="object", span=value.span)
    if isinstance(value.value, tuple):
        return Known(tuple(_restore_unknowns(part, pieces) for part in value.value), kind="tuple", span=value.span)
    return value


def _with_holes(value: Known, pieces: Sequence[Piece]) -> Value:
    """Return a text with references and unknowns in place of their numbers; alone, the reference itself."""
    text, here = value.text(), 0
    restored: list[Piece] = []
    for hole in _HOLE.finditer(text):
        if hole.start() > here:
            restored.append(Piece(text[here : hole.start()], value.span))
        restored.append(Piece(pieces[int(hole[1])].content, value.span))
        here = hole.end()
    if here < len(text):
        restored.append(Piece(text[here:], value.span))
    alone = restored[0].content
    if len(restored) == 1 and isinstance(alone, Value):
        return alone.at(value.span)
    origins = frozenset[Origin]().union(
        *(piece.content.origins for piece in restored if isinstance(piece.content, Value))
    )
    return Text(tuple(restored), span=value.span, origins=origins)
