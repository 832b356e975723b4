"""Loops of a template: ``Fn::ForEach`` makes a copy of what it holds for each value of a list.

Source: AWS CloudFormation Template Reference Guide, "Fn::ForEach".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model import Known, Text
from tapeproof.gate.engine.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Value

__all__ = ["unroll"]

_LOOP = "Fn::ForEach::"
_PARTS = 3
_MOST = 500
"""Resources; a template may have no more (AWS CloudFormation User Guide, "Understand CloudFormation quotas")."""


def unroll(entries: Mapping[str, Value], lists: Mapping[str, Value]) -> dict[str, Value]:
    """Return entries of a template with the copies that loops make in place of the loops.

    A loop over a list that is not known, or that makes too much, stays as it is written.

    Args:
        entries: By name, as written.
        lists: The values of the template's parameters, which a loop may go through.
    """
    made: dict[str, Value] = {}
    for name, content in entries.items():
        copies = _copies(content, lists) if name.startswith(_LOOP) else None
        if copies is None or len(made) > _MOST:
            made[name] = content
            continue
        for copy in copies:
            made |= unroll(copy, lists)
            if len(made) > _MOST:
                made[name] = content
                break
    return made


def _copies(loop: Value, lists: Mapping[str, Value]) -> list[Mapping[str, Value]] | None:
    parts = loop.value if isinstance(loop, Known) and isinstance(loop.value, tuple) else ()
    if len(parts) != _PARTS or not isinstance(parts[0], Known) or not isinstance(parts[2], Known):
        return None
    values = _listed(parts[1], lists)
    if values is None or len(values) > _MOST or not isinstance(parts[2].value, Mapping):
        return None
    name = parts[0].text()
    return [dict(_filled_entries(parts[2].value, name, value)) for value in values]


def _listed(collection: Value, lists: Mapping[str, Value]) -> list[str] | None:
    """Return the values of a list that is written, or of a parameter; None where one of them is not known."""
    if isinstance(collection, Known) and isinstance(collection.value, Mapping):
        named = collection.value.get("Ref")
        collection = lists.get(named.text(), collection) if isinstance(named, Known) else collection
    if not isinstance(collection, Known) or not isinstance(collection.value, tuple):
        return None
    values = collection.value
    return [one.text() for one in values] if all(isinstance(one, Known) and one.known for one in values) else None


def _filled_entries(entries: Mapping[str, Value], name: str, value: str) -> Iterator[tuple[str, Value]]:
    for key, part in entries.items():
        yield _put_in(key, name, value), _filled(part, name, value)


def _filled(part: Value, name: str, value: str) -> Value:
    """Return a part of a template with the value of a loop in it, by ``Ref`` and between ``${`` and ``}``."""
    if isinstance(part, Text):
        pieces = (
            replace(piece, content=_put_in(piece.content, name, value)) if isinstance(piece.content, str) else piece
            for piece in part.pieces
        )
        return replace(part, pieces=tuple(pieces))
    if isinstance(part, Known) and isinstance(part.value, str):
        return replace(part, value=_put_in(part.value, name, value))
    if isinstance(part, Known) and isinstance(part.value, tuple):
        return replace(part, value=tuple(_filled(one, name, value) for one in part.value))
    if isinstance(part, Known) and isinstance(part.value, Mapping):
        return _filled_object(part, part.value, name, value)
    return part


def _filled_object(part: Known, entries: Mapping[str, Value], name: str, value: str) -> Known:
    ref = entries.get("Ref")
    if isinstance(ref, Known) and ref.value == name:
        return Known(value, span=part.span)
    return replace(part, value=dict(_filled_entries(entries, name, value)))


def _put_in(text: str, name: str, value: str) -> str:
    plain = "".join(filter(str.isalnum, value))  # what &{Name} leaves of a value
    return text.replace(f"${{{name}}}", value).replace(f"&{{{name}}}", plain)
