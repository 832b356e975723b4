from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log.merkle import leaf_hash
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import MissingTileError, grow
from tapeproof.verifier.index import PlacedRun
from tapeproof.verifier.restored import published_copies, published_entries

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = [b"%d" % number for number in range(600)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = Folder(tmp_path)
    for path, data in grow(lambda _: None, 0, [leaf_hash(one) for one in ENTRIES], ENTRIES).items():
        folder.put(path, data)
    return tmp_path


@pytest.mark.parametrize(
    "runs",
    [
        [],
        [PlacedRun("l", 0, 1, 0, 1)],
        [PlacedRun("l", 0, 4, 254, 1)],
        [PlacedRun("l", 0, 2, 3, 1), PlacedRun("l", 2, 300, 250, 1)],
        [PlacedRun("l", 0, 600, 0, 1)],
    ],
)
def test_the_entries_of_a_lane_are_read_over_bundles_in_their_order(root: Path, runs: list[PlacedRun]) -> None:
    found = [entry for some in published_entries(published_copies(root, 600), runs) for entry in some]
    assert found == [ENTRIES[leaf] for run in runs for leaf in range(run.leaf, run.leaf + run.length)]


def test_a_bundle_is_read_once_while_lanes_take_turns_in_it(root: Path) -> None:
    bundle = published_copies(root, 600)
    first = bundle(1)
    (root / "tile/entries/001").unlink()
    assert bundle(1) is first


def test_a_bundle_that_is_missing_is_told(root: Path) -> None:
    (root / "tile/entries/001").unlink()
    entries = published_entries(published_copies(root, 600), [PlacedRun("l", 0, 10, 250, 1)])
    assert next(entries) == ENTRIES[250:256]
    with pytest.raises(MissingTileError, match="tile/entries/001"):
        next(entries)
