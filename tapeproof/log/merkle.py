"""The Merkle tree of RFC 6962 (section 2.1; RFC 9162 section 2.1 words the checks of its proofs).

``Frontier`` holds a tree of any size in at most 64 hashes: the roots of its perfect subtrees, largest first.
"""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "Frontier",
    "consistency_path",
    "inclusion_path",
    "leaf_hash",
    "leaf_hashes",
    "node_hash",
    "perfect_root",
    "perfect_roots",
    "root_of",
    "verify_consistency",
    "verify_inclusion",
]

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_begin_leaf, _begin_node = sha256(b"\0").copy, sha256(b"\1").copy
"""Hashing that has taken in the prefix already, which costs less than to put it before each leaf or pair."""
_PAIR = f"{2 * HASH_BYTES}s"


def leaf_hash(data: bytes) -> bytes:
    """Return ``SHA256(0x00 || data)``."""
    return sha256(b"\0" + data).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """Return the hashes of many leaves."""
    return _hash_all(_begin_leaf, entries)


def _hash_all(begin: Callable[[], Any], data: Iterable[bytes]) -> list[bytes]:
    hashes: list[bytes] = []
    for one in data:
        state = begin()
        state.update(one)
        hashes.append(state.digest())
    return hashes


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


def perfect_root(hashes: bytes) -> bytes:
    """Return the root over leaf hashes whose number is a power of two, given one after the other."""
    return perfect_roots(hashes, 1)


def perfect_roots(hashes: bytes, count: int) -> bytes:
    """Return the roots of consecutive trees, one after the other.

    Args:
        hashes: Their leaf hashes, likewise; each tree has as many, a power of two.
        count: How many trees.
    """
    while len(hashes) > count * HASH_BYTES:
        hashes = b"".join(_hash_all(_begin_node, _pairs(hashes)))
    return hashes


def _pairs(hashes: bytes) -> Iterable[bytes]:
    count, rest = divmod(len(hashes), 2 * HASH_BYTES)
    if rest:  # of hashes that are no power of two, there is a root that nothing has
        return [hashes[at : at + 2 * HASH_BYTES] for at in range(0, len(hashes), 2 * HASH_BYTES)]
    return struct.unpack(_PAIR * count, hashes)


def split(size: int) -> int:
    """Return the largest power of two below a size of at least 2: where the tree divides."""
    return 1 << (size - 1).bit_length() - 1


def verify_inclusion(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
    """Return whether a proof shows that a leaf hash is at an index of the tree (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or any(len(one) != HASH_BYTES for one in (leaf, root, *proof)):
        return False
    node, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            current = node_hash(sibling, current)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and current == root


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """Return whether a proof shows that the new tree extends the old one (RFC 9162 section 2.1.4.2).

    An old tree without leaves has no proof: every tree extends it, and there is nothing to compare.
    """
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if any(len(one) != HASH_BYTES for one in (old_root, new_root, *proof)):
        return False
    path = proof if old_size & (old_size - 1) else [old_root, *proof]
    if not path:
        return False
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def inclusion_path(index: int, size: int) -> list[tuple[int, int]]:
    """Return the ranges whose roots prove a leaf, leaf's sibling first (RFC 6962 section 2.1.1)."""
    ranges, low, high = [], 0, size
    while high - low > 1:
        middle = low + split(high - low)
        if index < middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    return ranges[::-1]


def consistency_path(old_size: int, new_size: int) -> list[tuple[int, int]]:
    """Return the ranges whose roots prove that a tree extends an older one (RFC 6962 section 2.1.2)."""
    if old_size in {0, new_size}:
        return []
    ranges, low, high, whole = [], 0, new_size, True
    while old_size != high - low:
        middle = split(high - low)
        if old_size <= middle:
            ranges.append((low + middle, high))
            high = low + middle
        else:
            ranges.append((low, low + middle))
            low, old_size, whole = low + middle, old_size - middle, False
    if not whole:
        ranges.append((low, high))
    return ranges[::-1]
