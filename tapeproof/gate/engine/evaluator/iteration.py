"""Going through collections in Terraform's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.types import type_of
from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Span

__all__ = ["Entries", "pairs"]


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


class Entries(dict[str, Value]):
    """The entries of an object in braces, which remember where their keys are written."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, Span] = {}

    def add(self, others: Mapping[str, Value]) -> None:
        """Take the entries of another mapping over, and where their keys are written."""
        self.update(others)
        places = others.places if isinstance(others, Entries) else {}
        for key in others:
            self.places.pop(key, None)
            if key in places:
                self.places[key] = places[key]


def _key(content: str | int, collection: Known, value: Value) -> Known:
    """Return a key, which came from wherever the collection came from.

    It stands where it is written, or, where that is not known any more, where its value stands.
    """
    places = collection.value.places if isinstance(collection.value, Entries) else {}
    span = places.get(str(content)) or (value.span if value.span.line else collection.span)
    return Known(content, span=span, origins=collection.origins, sensitive=collection.sensitive)
