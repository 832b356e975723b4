from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log.checkpoint import parse_checkpoint
from tapeproof.log.control import CLOSE, SEAL, parse_control
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import parse_note
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import Tree
from tapeproof.verifier.controls import Controls, walk_controls
from tapeproof.verifier.findings import Attack, Report
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.index import Index, PlacedRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class _Leaves:
    """Takes the hashes of the control leaves."""

    def __init__(self) -> None:
        self.hashes: dict[int, bytes] = {}

    def write(self, index: int, hashes: bytes) -> None:
        self.hashes[index] = hashes


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = Index(tmp_path / "index")
    yield index
    index.close()


@pytest.fixture
def stored(exported: Path) -> dict[int, bytes]:
    """The control leaves of an export, to be changed."""
    return dict(ExportFolder(exported).controls())


def _walk(
    exported: Path, index: Index, stored: dict[int, bytes], fetch: Callable[[str], bytes | None] | None = None
) -> tuple[Controls, Report, _Leaves]:
    for leaf, data in stored.items():
        index.add_control(leaf, data)
    size = parse_checkpoint(parse_note((exported / "checkpoint").read_bytes()).text).size
    report, leaves = Report(), _Leaves()
    origin = ExportFolder(exported).origin
    return walk_controls(index, Tree(fetch or Folder(exported).get, size), origin, leaves, report), report, leaves


def _acts(stored: dict[int, bytes], act: str) -> list[int]:
    return [leaf for leaf, data in stored.items() if parse_control(data)["act"] == act]


def test_an_honest_log_tells_its_hours_seals_and_runs(exported: Path, index: Index, stored: dict[int, bytes]) -> None:
    found, report, leaves = _walk(exported, index, stored)
    assert report.findings == []
    assert found.seals == sorted(_acts(stored, SEAL), reverse=True)
    assert len(found.closed) == len(_acts(stored, CLOSE)) > 0
    assert (found.broken, found.stopped, found.rotations, found.pruned) == (set(), [], [], {})
    assert found.sealed_at == int(parse_control(stored[max(stored)])["ts"])
    assert leaves.hashes == {leaf: leaf_hash(data) for leaf, data in stored.items()}
    sealed = sum(run.length for part in index.parts() for run in index.runs(part))
    assert sealed + len(stored) == max(stored) + 1


def test_a_leaf_that_was_changed_in_the_table_is_read_as_it_was_published(
    exported: Path, index: Index, stored: dict[int, bytes]
) -> None:
    honest, _, _ = _walk(exported, index, stored)
    close = _acts(stored, CLOSE)[0]
    stored[close] = stored[close].replace(b'"entries":', b'"entries":9')
    found, _, leaves = _walk(exported, index, stored)
    assert found == honest
    assert leaves.hashes[close] == leaf_hash(stored[close])


def test_a_leaf_that_is_gone_from_the_table_is_named_and_read_as_it_was_published(
    exported: Path, index: Index, stored: dict[int, bytes]
) -> None:
    close = _acts(stored, CLOSE)[0]
    hour = parse_control(stored.pop(close))["epoch"]
    found, report, _ = _walk(exported, index, stored)
    assert hour in found.closed
    assert [(one.attack, one.leaf) for one in report.findings] == [(Attack.CONTROL_DAMAGED, close)]


def test_where_nobody_has_a_seal_any_more_the_walk_goes_on_from_the_one_before(
    exported: Path, index: Index, stored: dict[int, bytes]
) -> None:
    last = max(stored)
    del stored[last]
    files = Folder(exported)
    found, report, _ = _walk(exported, index, stored, lambda path: None if "entries" in path else files.get(path))
    assert last not in found.seals
    assert found.seals == sorted(_acts(stored, SEAL), reverse=True)
    assert {one.attack for one in report.findings} == {Attack.CONTROL_DAMAGED}


@pytest.mark.parametrize("data", [b"{}", b"[" * 100_000, b"\xff"])
def test_a_leaf_that_is_none_does_not_stop_the_walk(
    exported: Path, index: Index, stored: dict[int, bytes], data: bytes
) -> None:
    stored[max(stored)] = data
    found, _, _ = _walk(exported, index, stored, lambda _: None)
    assert found.seals
    assert max(stored) not in found.seals


def test_a_run_is_bounded_by_the_last_seal_before_it_that_left_nothing_behind() -> None:
    gates = [(30, 300, True), (20, 200, False), (10, 100, True)]
    controls = Controls({}, {}, [], set(), [], [], "", gates, 0)
    runs = [PlacedRun("l", 0, 1, leaf, 1) for leaf in (5, 11, 25, 31)]
    assert [run.after for run in controls.bound_runs(runs)] == [0, 100, 100, 300]
