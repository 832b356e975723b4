"""The Merkle tree of RFC 6962 (section 2.1; RFC 9162 section 2.1 words the checks of its proofs).

``Frontier`` holds a tree of any size in at most 64 hashes: the roots of its perfect subtrees, largest first.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EMPTY_ROOT", "Frontier", "leaf_hash", "node_hash", "root_of"]

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return ``SHA256(0x00 || data)``."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return ``SHA256(0x01 || left || right)``."""
    return sha256(b"\1" + left + right).digest()


class Frontier:
    """A growing tree, kept as the roots of its perfect subtrees.

    Args:
        size: How many leaves the tree has.
        roots: One root for each bit set in ``size``, largest subtree first.
    """

    __slots__ = ("_roots", "size")

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        self.size = size
        self._roots = list(roots)
        perfect = bin(size).count("1")  # noqa: FURB161 - int.bit_count is younger than the offline verifier's Python
        if len(self._roots) != perfect:
            raise ValueError(f"a tree of {size} leaves has {perfect} perfect subtrees, not {len(self._roots)}")

    @property
    def roots(self) -> tuple[bytes, ...]:
        """Return the perfect subtrees' roots, largest first."""
        return tuple(self._roots)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        size = self.size
        while size & 1:
            leaf = node_hash(self._roots.pop(), leaf)
            size >>= 1
        self._roots.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the whole tree: the hash of the empty string when it has no leaves."""
        if not self._roots:
            return EMPTY_ROOT
        *rest, right = self._roots
        for left in reversed(rest):
            right = node_hash(left, right)
        return right


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()
