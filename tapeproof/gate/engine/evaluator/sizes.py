"""How much a value holds: what is shared within it is counted wherever it stands, as whoever goes through it meets it.

A list of two lists of two lists is written in a few lines and has more parts than there are atoms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Sizes"]

_MOST_PARTS = 200_000
"""How many parts a value may have, so that whatever goes through one ends within seconds."""
_CHARACTERS_OF_A_PART = 100


class Sizes:
    """Sizes of the collections of one configuration, each counted once."""

    def __init__(self) -> None:
        self._counted: dict[int, tuple[Value, int]] = {}

    def bound(self, value: Value) -> tuple[Value, int]:
        """Return a value, or the unknown that stands for one that is too large, and how many parts it has."""
        size = self._size_of(value)
        if size <= _MOST_PARTS:
            return value, size
        return Unknown(f"it has more than {_MOST_PARTS:,} parts, more than the gate goes through", span=value.span), 1

    def _size_of(self, value: Value) -> int:
        inner = value.value if isinstance(value, Known) else None
        if inner.__class__ is str:
            return 1 + len(inner) // _CHARACTERS_OF_A_PART
        if isinstance(inner, tuple):
            return self._size_of_collection(value, inner)
        return self._size_of_collection(value, inner.values()) if isinstance(inner, Mapping) else 1

    def _size_of_collection(self, value: Value, parts: Iterable[Value]) -> int:
        counted = self._counted.get(id(value))
        if counted is not None:
            return counted[1]
        size = 1 + sum(map(self._size_of, parts))
        self._counted[id(value)] = value, size  # it keeps the value, so that no other has its identity
        return size
