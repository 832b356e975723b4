"""The tree of RFC 6962, section 2.1, against the values that its authors' own tests and RFC 9162 give."""

from __future__ import annotations

import hashlib

import pytest

from tapeproof.log.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    inclusion_path,
    leaf_hash,
    leaf_hashes,
    node_hash,
    perfect_root,
    perfect_roots,
    root_of,
    verify_consistency,
    verify_inclusion,
)

HEX = " 00 10 2021 3031 40414243 5051525354555657 606162636465666768696a6b6c6d6e6f"
INPUTS = [bytes.fromhex(one) for one in HEX.split(" ")]
"""The leaves of the reference tests of Certificate Transparency."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(one) for one in INPUTS]


@pytest.mark.parametrize("size", range(1, 9))
def test_a_tree_of_the_first_leaves_has_the_published_root(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_a_tree_without_leaves_has_the_hash_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
    assert node_hash(left, right) == hashlib.sha256(b"\1" + left + right).digest()


@pytest.mark.parametrize("height", range(4))
def test_a_perfect_tree_is_the_same_from_its_hashes_in_one_string(height: int) -> None:
    leaves = LEAVES[: 1 << height]
    assert perfect_root(b"".join(leaves)) == root_of(leaves)


@pytest.mark.parametrize("count", range(4))
@pytest.mark.parametrize("height", range(3))
def test_trees_that_follow_one_another_have_the_roots_that_each_has_alone(height: int, count: int) -> None:
    trees = [b"".join(leaf_hash(b"%d" % one) for one in range(n << height, n + 1 << height)) for n in range(count)]
    assert perfect_roots(b"".join(trees), count) == b"".join(map(perfect_root, trees))


@pytest.mark.parametrize("size", [3, 5, 6])
def test_hashes_that_are_no_perfect_tree_have_a_root_that_nothing_has(size: int) -> None:
    assert perfect_root(b"".join(LEAVES[:size])) != root_of(LEAVES[:size])


def test_leaves_hash_alike_one_by_one_and_many_at_once() -> None:
    data = [b"", b"a", bytes(4_096)]
    assert leaf_hashes(data) == list(map(leaf_hash, data))


@pytest.mark.parametrize("size", range(9))
def test_a_frontier_goes_on_from_where_it_was_stored(size: int) -> None:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    again = Frontier(frontier.size, frontier.roots)
    for leaf in LEAVES[size:]:
        again.append(leaf)
    assert (again.size, again.root().hex()) == (8, ROOTS[7])


@pytest.mark.parametrize(("size", "roots"), [(1, 0), (0, 1), (3, 1), (8, 3)])
def test_a_frontier_of_another_number_of_subtrees_is_refused(size: int, roots: int) -> None:
    with pytest.raises(ValueError, match="perfect subtrees"):
        Frontier(size, [bytes(32)] * roots)


def _proof(paths: list[tuple[int, int]]) -> list[bytes]:
    return [root_of(LEAVES[low:high]) for low, high in paths]


@pytest.mark.parametrize("size", range(1, 9))
def test_every_leaf_is_proved_at_its_place_and_at_no_other(size: int) -> None:
    root = bytes.fromhex(ROOTS[size - 1])
    for index in range(size):
        proof = _proof(inclusion_path(index, size))
        assert verify_inclusion(index, size, LEAVES[index], proof, root)
        assert not any(
            verify_inclusion(other, size, LEAVES[index], proof, root) for other in range(size) if other != index
        )
        assert not verify_inclusion(index, size, LEAVES[index], [*proof, bytes(32)], root)
        assert not proof or not verify_inclusion(index, size, LEAVES[index], proof[:-1], root)


@pytest.mark.parametrize("size", range(1, 9))
def test_every_older_tree_is_proved_to_be_the_beginning_of_a_newer_one(size: int) -> None:
    new = bytes.fromhex(ROOTS[size - 1])
    for old in range(1, size + 1):
        proof, root = _proof(consistency_path(old, size)), bytes.fromhex(ROOTS[old - 1])
        assert verify_consistency(old, size, root, new, proof)
        assert not verify_consistency(old, size, bytes(32), new, proof)
        assert not verify_consistency(old, size, root, new, [*proof, bytes(32)])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (5, -1)])
def test_a_leaf_outside_the_tree_is_never_proved(index: int, size: int) -> None:
    assert not verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


def test_hashes_of_another_length_prove_nothing() -> None:
    root = bytes.fromhex(ROOTS[1])
    assert verify_inclusion(0, 2, LEAVES[0], [LEAVES[1]], root)
    assert not verify_inclusion(0, 2, LEAVES[0][:31], [LEAVES[1]], root)
    assert not verify_inclusion(0, 2, LEAVES[0], [LEAVES[1] + b"\0"], root)
    assert not verify_consistency(1, 2, LEAVES[0][:31], root, [LEAVES[1]])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 2), (-1, 3)])
def test_a_tree_that_is_empty_or_larger_is_no_beginning(old: int, new: int) -> None:
    assert not verify_consistency(old, new, EMPTY_ROOT, bytes.fromhex(ROOTS[2]), [])
