"""Attributes in nested blocks, by a dotted path, wherever and however often the blocks stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Value

__all__ = ["value_at"]


def value_at(block: Block, path: str) -> Iterator[Value]:
    """Yield the values of an attribute in nested blocks: of every block, when there are several.

    Raises:
        Undecided: After them, when it is not known how many blocks there are.
    """
    outer, _, rest = path.partition(".")
    if rest:
        for inner in block.blocks(outer):
            yield from value_at(inner, rest)
    else:
        yield block[outer]
