"""C2SP tlog-tiles: paths as the specification writes them, bundles, and trees read from what is there."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tapeproof.log.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from tapeproof.log.tiles import (
    MissingTileError,
    Tree,
    entries_path,
    grow,
    pack_bundle,
    tile_path,
    unpack_bundle,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRIES = [b"%d" % number for number in range(600)]
FILES = grow(lambda _: None, 0, [leaf_hash(one) for one in ENTRIES], ENTRIES)


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 999, 256, "tile/0/999"),
        (1, 1000, 256, "tile/1/x001/000"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (3, 0, 1, "tile/3/000.p/1"),
        (0, 1234067, 8, "tile/0/x001/x234/067.p/8"),
    ],
)
def test_a_tile_has_the_path_of_the_specification(level: int, index: int, width: int, path: str) -> None:
    assert tile_path(level, index, width) == path
    assert entries_path(index, width) == path.replace(f"tile/{level}", "tile/entries")


@pytest.mark.parametrize(
    ("size", "level", "index", "width"),
    [(0, 0, 0, 0), (1, 0, 0, 1), (256, 0, 0, 256), (256, 1, 0, 1), (257, 0, 1, 1), (257, 0, 2, 0), (70_000, 1, 1, 17)],
)
def test_a_tile_is_as_wide_as_the_tree_fills_it(size: int, level: int, index: int, width: int) -> None:
    assert width_of(size, level, index) == width


@pytest.mark.parametrize("entries", [[], [b""], [b"", b"a", b"x" * 65_535]])
def test_a_bundle_holds_entries_of_any_length_that_has_two_bytes(entries: list[bytes]) -> None:
    data = pack_bundle(entries)
    assert unpack_bundle(data) == entries
    if data:
        assert unpack_bundle(gzip.compress(data)) == entries


@pytest.mark.parametrize("data", [b"\0", b"\0\5abc", pack_bundle([b"abc"])[:-1], pack_bundle([b"abc"]) + b"\0"])
def test_a_bundle_that_ends_inside_an_entry_is_refused_with_the_place(data: bytes) -> None:
    with pytest.raises(MissingTileError, match="cut off at byte"):
        unpack_bundle(data)


def test_a_first_entry_that_begins_like_gzip_is_still_an_entry() -> None:
    entry = b"\x08" + b"x" * (0x1F8B - 1)
    assert unpack_bundle(pack_bundle([entry])) == [entry]


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_a_tree_that_grew_in_two_steps_is_the_tree_that_grew_in_one(size: int) -> None:
    leaves = [leaf_hash(one) for one in ENTRIES]
    files = grow(lambda _: None, 0, leaves[:size], ENTRIES[:size])
    files |= grow(files.get, size, leaves[size:], ENTRIES[size:])
    assert {path: files[path] for path in FILES} == FILES
    assert Tree(files.get, 600).root() == root_of(leaves)


def test_every_proof_read_from_tiles_is_accepted() -> None:
    tree, leaves = Tree(FILES.get, 600), [leaf_hash(one) for one in ENTRIES]
    for index in (0, 255, 256, 511, 512, 599):
        assert tree.entry(index) == ENTRIES[index]
        assert verify_inclusion(index, 600, tree.leaf(index), tree.inclusion_proof(index), tree.root())
    for old in (1, 256, 300, 600):
        proof = tree.consistency_proof(old)
        assert verify_consistency(old, 600, root_of(leaves[:old]), tree.root(), proof)


def _without(path: str) -> Callable[[str], bytes | None]:
    return lambda wanted: None if wanted == path else FILES.get(wanted)


@pytest.mark.parametrize("path", ["tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"])
def test_a_tile_that_is_missing_is_told_by_its_path(path: str) -> None:
    assert path in FILES
    tree = Tree(_without(path), 600)
    with pytest.raises(MissingTileError, match=path.replace(".", r"\.")):
        tree.inclusion_proof(300)


def test_a_tile_or_a_bundle_of_another_length_is_refused() -> None:
    cut = {**FILES, "tile/0/000": FILES["tile/0/000"][:-32], "tile/entries/000": pack_bundle(ENTRIES[:255])}
    with pytest.raises(MissingTileError):
        Tree(cut.get, 600).tile(0, 0)
    with pytest.raises(MissingTileError, match="has 255 entries, not 256"):
        Tree(cut.get, 600).bundle(0)


def test_a_full_tile_stands_in_for_the_partial_one_of_an_older_tree() -> None:
    assert "tile/0/000.p/100" not in FILES
    assert Tree(FILES.get, 100).root() == root_of(leaf_hash(one) for one in ENTRIES[:100])
    assert Tree(FILES.get, 100).bundle(0) == ENTRIES[:100]


def test_growing_a_tree_whose_last_tile_is_gone_is_refused() -> None:
    with pytest.raises(MissingTileError):
        grow(lambda _: None, 5, [leaf_hash(b"x")], [b"x"])
