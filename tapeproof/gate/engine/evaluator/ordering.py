"""The order of a set's elements, and when two of them are the same.

Source: cty documentation, "Set Types".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Unknown, Unresolved, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["order_elements"]


def order_elements(elements: Iterable[Value]) -> tuple[Value, ...]:
    """Return the elements of a set: each once, in Terraform's order; what is not known comes last."""
    known: dict[Any, Value] = {}
    others: dict[Any, Value] = {}
    for element in elements:
        if element.known:
            known.setdefault(_identity(element), element)
        else:
            others.setdefault(_identity(element), element)
    return (*(known[key] for key in sorted(known, key=_rank)), *others.values())


def _rank(identity: tuple[str, Any]) -> tuple[str, Any]:
    kind, content = identity
    if kind == "null":
        return ("~", content)  # the last of all
    return (kind, content) if kind in {"str", "number", "bool"} else (kind, repr(content))


def _identity(value: Value) -> tuple[str, Any]:
    """Return what is the same for two values exactly when they are equal, as far as can be told."""
    if not isinstance(value, Known):
        pieces = () if isinstance(value, Unknown) and not value.symbol else value.pieces_of_text()
        parts = tuple(piece.content if isinstance(piece.content, str) else _symbol(piece.content) for piece in pieces)
        return ("text", parts or id(value))
    content = value.value
    if isinstance(content, bool):
        return ("bool", content)
    if isinstance(content, str):
        return ("str", content)
    if isinstance(content, tuple):
        return ("tuple", tuple(_identity(part) for part in content))
    if isinstance(content, Mapping):
        return ("object", tuple(sorted((key, _identity(part)) for key, part in content.items())))
    return ("null", "") if content is None else ("number", content)


def _symbol(content: Unresolved) -> tuple[str, str]:
    return content.identity or ("", str(id(content)))
