from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.log.merkle import (
    Frontier,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tapeproof.log.tiles import Tree, grow, pack_bundle, unpack_bundle
from tests.effort import cases


def _leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(count)]


@settings(max_examples=cases(30))
@given(st.lists(st.integers(1, 300), min_size=1, max_size=6), st.data())
def test_a_tree_grown_in_any_steps_has_the_same_tiles_root_and_proofs(steps: list[int], data: st.DataObject) -> None:
    files: dict[str, bytes] = {}
    frontier, size = Frontier(), 0
    entries = [b"%d" % number for number in range(sum(steps))]
    for step in steps:
        fresh = entries[size : size + step]
        files |= grow(files.get, size, [leaf_hash(one) for one in fresh], fresh)
        for one in fresh:
            frontier.append(leaf_hash(one))
        size += step
    tree = Tree(files.get, size)
    assert tree.root() == frontier.root() == root_of(_leaves(size))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.sampled_from(steps))
    assert tree.entry(index) == entries[index]
    assert verify_inclusion(index, size, tree.leaf(index), tree.inclusion_proof(index), tree.root())
    proof = tree.consistency_proof(old)
    assert verify_consistency(
        old, size, Tree(files.get, old).root() if old == steps[0] else root_of(_leaves(old)), tree.root(), proof
    )


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert unpack_bundle(pack_bundle(entries)) == entries
