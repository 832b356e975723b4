"""Whether two strings are surely equal, though parts of them are not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.engine.model.piece import Piece

__all__ = ["same"]

_Signature: TypeAlias = tuple[Any, ...]
"""Text, the identity of what is not known, or None for what has none."""


def same(one: Sequence[Piece], other: Sequence[Piece]) -> bool | None:
    """Return whether two strings are equal, or None when that cannot be told.

    Two strings built alike from the same references and unknowns are equal even though neither is known.

    Args:
        one: The pieces of a string.
        other: The pieces of the other.
    """
    mine, theirs = _signature(one), _signature(other)
    if mine == theirs and None not in mine:
        return True
    if all(isinstance(part, str) for part in (*mine, *theirs)):
        return False
    return False if _ends_differ(mine, theirs) or _different_things(mine, theirs) else None


def _signature(pieces: Sequence[Piece]) -> _Signature:
    """Return what a string is made of, without places: equal signatures without ``None`` mean equal values."""
    parts: list[Any] = []
    for piece in pieces:
        content = piece.content
        if isinstance(content, str) and parts and isinstance(parts[-1], str):
            parts[-1] += content
        elif isinstance(content, str):
            parts.append(content)
        else:
            parts.append(content.identity)
    return tuple(parts)


def _different_things(mine: _Signature, theirs: _Signature) -> bool:
    """Return whether both are the identity of a resource, and not of the same one."""
    if len(mine) != 1 or len(theirs) != 1 or not isinstance(mine[0], tuple) or not isinstance(theirs[0], tuple):
        return False
    (first, path), (second, other_path) = mine[0], theirs[0]
    known = first and second and "[?]" not in first + second and ".data." not in f".{first}.{second}"
    return bool(known) and path == other_path and path in {"arn", "id"} and first != second


def _ends_differ(mine: _Signature, theirs: _Signature) -> bool:
    """Return whether the literal text at either end already tells the two apart."""
    first, second = (mine or ("",))[0], (theirs or ("",))[0]
    if isinstance(first, str) and isinstance(second, str):
        shared = min(len(first), len(second))
        if first[:shared] != second[:shared]:
            return True
    first, second = (mine or ("",))[-1], (theirs or ("",))[-1]
    if isinstance(first, str) and isinstance(second, str):
        shared = min(len(first), len(second))
        return first[len(first) - shared :] != second[len(second) - shared :]
    return False
