from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import grow, pack_bundle
from tapeproof.verifier.leaves import (
    HOLE,
    GatheredLeaves,
    LeafFile,
    LeafRows,
    TileTask,
    bundle_row,
    check_tiles,
    leaf_room,
    levels_tree,
    published_row,
)

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = [b"%d" % number for number in range(300)]
LEAVES = [leaf_hash(one) for one in ENTRIES]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = Folder(tmp_path / "log")
    for path, data in grow(lambda _: None, 0, LEAVES, ENTRIES).items():
        folder.put(path, data)
    return tmp_path / "log"


def test_hashes_lie_at_their_index_and_what_was_never_written_is_a_hole(tmp_path: Path) -> None:
    file = LeafFile(tmp_path / "leaves")
    file.write(3, LEAVES[3] + LEAVES[4])
    assert file.read(2, 4) == HOLE + LEAVES[3] + LEAVES[4] + HOLE
    assert file.read(1 << 40, 1) == HOLE
    file.close()
    assert (tmp_path / "leaves").stat().st_mode & 0o077 == 0


def test_rows_in_memory_read_like_a_file() -> None:
    rows = LeafRows(256, b"".join(LEAVES[256:260]))
    assert rows.read(257, 2) == LEAVES[257] + LEAVES[258]
    assert rows.read(259, 2) == LEAVES[259] + HOLE


def test_published_tiles_and_bundles_give_the_hashes_of_their_entries(root: Path) -> None:
    assert published_row(root, 0, 256) == bundle_row(root, 0, 256) == b"".join(LEAVES[:256])
    assert published_row(root, 1, 44) == bundle_row(root, 1, 44) == b"".join(LEAVES[256:])
    assert published_row(root, 0, 100) == b"".join(LEAVES[:100])


@pytest.mark.parametrize("data", [None, b"", b"x" * 31, b"x" * 33, b"x" * (257 * 32)])
def test_a_tile_that_is_missing_cut_off_or_too_long_is_holes_where_it_is_not_whole(
    root: Path, data: bytes | None
) -> None:
    (root / "tile/0/000").unlink()
    if data is not None:
        (root / "tile/0/000").write_bytes(data)
    row = published_row(root, 0, 256)
    assert len(row) == 256 * 32
    assert row[32:] == bytes(255 * 32)


@pytest.mark.parametrize("entries", [[b"x"] * 257, []])
def test_a_bundle_of_another_number_of_entries_is_holes(root: Path, entries: list[bytes]) -> None:
    (root / "tile/entries/000").write_bytes(pack_bundle(entries))
    assert bundle_row(root, 0, 256) == bytes(256 * 32)
    (root / "tile/entries/000").write_bytes(b"\0\5abc")
    assert bundle_row(root, 0, 256) == bytes(256 * 32)


def _check(root: Path, leaves: LeafRows | None) -> dict[int, object]:
    return dict(check_tiles(TileTask(root, leaves, 300, 0, 2, bundles=True)).rows)


def test_tiles_that_agree_with_the_entries_are_not_looked_at_again(root: Path) -> None:
    checked = check_tiles(TileTask(root, LeafRows(0, b"".join(LEAVES)), 300, 0, 2, bundles=True))
    assert (checked.first, checked.rows) == (0, {})
    assert checked.roots == root_of(LEAVES[:256])
    assert _check(root, None) == {}
    assert _check(root, LeafRows(0, HOLE + b"".join(LEAVES[1:]))) == {}


def test_a_tile_on_which_sources_disagree_gives_what_each_of_them_says(root: Path) -> None:
    forged = leaf_hash(b"forged")
    checked = check_tiles(TileTask(root, LeafRows(0, forged + b"".join(LEAVES[1:])), 300, 0, 2, bundles=True))
    assert list(checked.rows) == [0]
    rows = checked.rows[0]
    assert rows.ours[:32] == forged
    assert {row[:32] for row in rows.candidates} == {forged, LEAVES[0]}


def test_the_room_for_leaves_is_what_the_files_can_hold_whatever_a_note_claims(root: Path, tmp_path: Path) -> None:
    assert leaf_room(root) >= 300
    assert leaf_room(tmp_path / "absent") == 0


def test_a_tree_over_hashes_that_are_read_has_their_root() -> None:
    rows = LeafRows(0, b"".join(LEAVES[:200]))
    assert levels_tree(lambda _level, index, count: rows.read(index, count), 200).root() == root_of(LEAVES[:200])


@pytest.mark.parametrize("seed", range(5))
def test_hashes_that_are_gathered_lie_where_they_would_lie_if_each_was_written(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    straight, file = LeafFile(tmp_path / "straight"), LeafFile(tmp_path / "gathered")
    gathered, at = GatheredLeaves(file), 0
    for _ in range(200):  # most follow the ones before, some leave a hole, some are written over
        at = rng.choice([at, at, at, at + 7, max(0, at - 5)])
        hashes = b"".join(rng.choices(LEAVES, k=rng.randrange(1, 60)))
        straight.write(at, hashes)
        gathered.write(at, hashes)
        at += len(hashes) // 32
    gathered.flush()
    gathered.flush()
    assert file.read(0, 20_000) == straight.read(0, 20_000)
    straight.close()
    file.close()


def test_no_more_is_held_than_is_worth_it(tmp_path: Path) -> None:
    file = LeafFile(tmp_path / "leaves")
    gathered = GatheredLeaves(file)
    for start in range(0, 30_000, 300):
        gathered.write(start, b"".join(LEAVES))
    assert file.read(20_000, 1) != HOLE
    gathered.flush()
    assert file.read(29_999, 2) == LEAVES[299] + HOLE
    file.close()
