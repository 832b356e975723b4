"""Whichever source was tampered with, the rows that lead to the signed root are the true ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import grow, pack_bundle
from tapeproof.verifier.authority import Authority
from tapeproof.verifier.findings import Attack, Report
from tapeproof.verifier.leaves import LeafRows, TileTask, check_tiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE = 600
ENTRIES = [b"%d" % number for number in range(SIZE)]
LEAVES = [leaf_hash(one) for one in ENTRIES]
ROOT = root_of(LEAVES)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = Folder(tmp_path / "log")
    for path, data in grow(lambda _: None, 0, LEAVES, ENTRIES).items():
        folder.put(path, data)
    return tmp_path / "log"


def _authority(root: Path, ours: list[bytes] | None = None) -> Authority:
    scratch = root.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    rows = LeafRows(0, b"".join(LEAVES if ours is None else ours))
    checks = [check_tiles(TileTask(root, rows, SIZE, 0, 3, bundles=True))]
    return Authority(root, scratch, SIZE, checks, bundles=True)


def _tampered_tile(root: Path) -> list[bytes]:
    path = root / "tile/0/001"
    path.write_bytes(b"\xff" * 32 + path.read_bytes()[32:])
    return LEAVES


def _tampered_table(_: Path) -> list[bytes]:
    return [leaf_hash(b"forged"), *LEAVES[1:]]


def _tampered_both(root: Path) -> list[bytes]:
    path = root / "tile/0/000"
    path.write_bytes(b"\xff" * 32 + path.read_bytes()[32:])
    return _tampered_table(root)


def _tampered_in_turns(root: Path) -> list[bytes]:
    _tampered_tile(root)
    return _tampered_table(root)


@pytest.mark.parametrize(
    "tamper", [lambda _: LEAVES, _tampered_tile, _tampered_table, _tampered_both, _tampered_in_turns]
)
def test_the_true_hashes_are_found_as_long_as_somebody_has_them(
    root: Path, tamper: Callable[[Path], list[bytes]]
) -> None:
    authority = _authority(root, tamper(root))
    assert authority.settle(ROOT)
    assert [authority.leaf(index) for index in (0, 255, 256, 599)] == [LEAVES[at] for at in (0, 255, 256, 599)]
    assert authority.root(300) == root_of(LEAVES[:300])
    assert authority.tree(SIZE).root() == ROOT
    authority.close()


def test_leaves_that_the_table_has_otherwise_are_named(root: Path) -> None:
    authority = _authority(root, _tampered_table(root))
    assert authority.settle(ROOT)
    assert list(authority.find_differing()) == [0]
    authority.close()


def test_a_root_that_nothing_leads_to_is_not_settled(root: Path) -> None:
    authority = _authority(root)
    assert not authority.settle(bytes(32))
    assert list(authority.find_differing()) == []
    authority.close()


@pytest.mark.parametrize(
    ("change", "attack", "subject"),
    [
        (_tampered_tile, Attack.TILE_DAMAGED, "tile/0/001"),
        (lambda root: (root / "tile/0/000").unlink(), Attack.TILE_DAMAGED, "tile/0/000"),
        (lambda root: (root / "tile/1/000.p/2").write_bytes(bytes(64)), Attack.TILE_DAMAGED, "tile/1/000.p/2"),
    ],
)
def test_a_published_tile_that_is_not_the_signed_one_is_named(
    root: Path, change: Callable[[Path], object], attack: Attack, subject: str
) -> None:
    change(root)
    authority, report = _authority(root), Report()
    assert authority.settle(ROOT)
    authority.report_tiles(report)
    authority.close()
    assert [(one.attack, one.subject) for one in report.findings] == [(attack, subject)]


def test_tiles_that_changed_places_are_told_apart_from_damaged_ones(root: Path) -> None:
    first, second = (root / "tile/0/000").read_bytes(), (root / "tile/0/001").read_bytes()
    (root / "tile/0/000").write_bytes(second)
    (root / "tile/0/001").write_bytes(first)
    authority, report = _authority(root), Report()
    assert authority.settle(ROOT)
    authority.report_tiles(report)
    authority.close()
    assert {one.attack for one in report.findings} == {Attack.TILES_SWAPPED}
    assert len(report.findings) == 2


def test_an_entry_in_a_bundle_that_the_tree_does_not_commit_to_is_named_by_its_leaf(root: Path) -> None:
    (root / "tile/entries/001").write_bytes(pack_bundle([b"forged", *ENTRIES[257:512]]))
    authority, report = _authority(root), Report()
    assert authority.settle(ROOT)
    authority.report_tiles(report)
    authority.close()
    assert [(one.attack, one.leaf) for one in report.findings] == [(Attack.TILE_DAMAGED, 256)]
