from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.log.merkle import (
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.effort import cases


def _leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(count)]


@settings(max_examples=cases(60))
@given(st.integers(1, 700), st.data())
def test_every_inclusion_and_consistency_proof_of_a_tree_is_accepted_and_no_other(
    size: int, data: st.DataObject
) -> None:
    leaves = _leaves(size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root = root_of(leaves)
    proof = [root_of(leaves[low:high]) for low, high in inclusion_path(index, size)]
    assert verify_inclusion(index, size, leaves[index], proof, root)
    assert not verify_inclusion(index, size, leaf_hash(b"other"), proof, root)
    grown = [root_of(leaves[low:high]) for low, high in consistency_path(old, size)]
    assert verify_consistency(old, size, root_of(leaves[:old]), root, grown)
    assert not verify_consistency(old, size, leaf_hash(b"other"), root, grown)
