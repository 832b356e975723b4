"""Going through collections in Terraform's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.types import type_of
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pairs"]


def pairs(collection: Known) -> Iterator[tuple[Value, Value]]:
    """Yield keys and values: positions for lists, the element itself for sets, keys in order for maps.

    Raises:
        Fault: It is no collection.
    """
    content = collection.value
    if isinstance(content, Mapping):
        for key in sorted(content):
            value = content[key]
            yield _key(key, collection, value), value
    elif isinstance(content, tuple):
        for position, value in enumerate(content):
            yield (value if collection.kind == "set" else _key(position, collection, value)), value
    else:
        raise Fault(f"a {type_of(collection).kind} is no collection")


def _key(content: str | int, collection: Known, value: Value) -> Known:
    """Return a key, which came from wherever the collection came from, and stands where its value stands."""
    span = value.span if value.span.line else collection.span
    return Known(content, span=span, origins=collection.origins, sensitive=collection.sensitive)
