from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.log.canonical import MAX_INTEGER, canonical
from tapeproof.log.errors import NotCanonicalError
from tapeproof.log.merkle import (
    Frontier,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tapeproof.log.tiles import Tree, grow, pack_bundle, unpack_bundle
from tests.effort import cases

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=cases(300))
@given(VALUES)
def test_inside_the_profile_the_standard_library_writes_rfc_8785(value: Any) -> None:  # noqa: ANN401 - any JSON
    assert canonical(value) == rfc8785.dumps(value)
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"a": 1.5}, r"\$\.a: float"),
        ([2**53], r"\$\[0\]: the integer"),
        ({"é": 1}, "not ASCII"),
        ({"a": {"b": [b"x"]}}, r"\$\.a\.b\[0\]: bytes"),
        ("\ud800", "lone surrogate"),
        ({1: 2}, "not ASCII"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_place(value: Any, reason: str) -> None:  # noqa: ANN401 - any value
    with pytest.raises(NotCanonicalError, match=reason):
        canonical(value)


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
