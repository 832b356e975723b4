from __future__ import annotations

import gzip
import shutil
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.entry import entry_hash
from tapeproof.verifier.findings import UnusableError
from tapeproof.verifier.folder import ExportFolder, Part, lines
from tapeproof.verifier.index import PlacedRun
from tapeproof.verifier.lanes import check_part, check_part_into
from tapeproof.verifier.leaves import LeafFile
from tapeproof.verifier.parts import PartTask

if TYPE_CHECKING:
    from pathlib import Path


def _task(root: Path, scratch: Path, part: Part | None = None, **changes: Any) -> PartTask:  # noqa: ANN401 - fields
    folder = ExportFolder(root)
    task = PartTask(
        root, part or folder.parts("lanes")[0], folder.origin, [], closed=False, pruned=False, copies=0,
        now=folder.created, young=b"9" * 19, recent=b"9" * 19, leaves=scratch / "leaves", records=True,
        witness=folder.witnessed, inflate=zlib.decompressobj,
    )  # fmt: skip
    return task._replace(**changes)


def _entries(root: Path, part: Part) -> list[bytes]:
    return [line for line in lines(root / "lanes" / part.name) if not line.startswith(b"#L ")]


def test_every_entry_of_a_part_is_counted_and_its_lane_ends_at_the_last_of_them(exported: Path, tmp_path: Path) -> None:
    for part in ExportFolder(exported).parts("lanes"):
        found = check_part(_task(exported, tmp_path, part))
        entries = _entries(exported, part)
        assert found.counts["entries"] == sum(end.entries for end in found.ends) == len(entries)
        assert {end.last for end in found.ends} <= {entry_hash(one) for one in entries}


def test_sealed_entries_are_hashed_to_the_leaves_that_the_log_placed_them_at(exported: Path, tmp_path: Path) -> None:
    task = _task(exported, tmp_path)
    first = next(iter(check_part(task).ends))
    run = PlacedRun(first.lane, 0, first.entries, 40, 10**18)
    leaves = LeafFile(tmp_path / "placed")
    found = check_part_into(task._replace(runs=[run]), leaves)
    assert next(end for end in found.ends if end.lane == first.lane).sealed == first.entries
    assert leaves.read(40 + first.entries - 1, 1) == first.last
    assert leaves.read(39, 1) == bytes(32)
    leaves.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.replace(b'"pay":"', b'"pay":"0', 1),
        lambda entry: entry.replace(b'"_seq":1', b'"_seq":7', 1),
        lambda entry: entry[:-1],
        lambda entry: b"garbage",
        lambda entry: b"",
    ],
)
def test_a_lane_that_does_not_fit_is_marked_to_be_looked_at(exported: Path, tmp_path: Path, change: Any) -> None:  # noqa: ANN401
    root = shutil.copytree(exported, tmp_path / "copy")
    part = next(part for part in ExportFolder(root).parts("lanes") if len(_entries(root, part)) > 1)
    rows = list(lines(root / "lanes" / part.name))
    at = next(number for number, row in enumerate(rows) if b'"_seq":1,' in row)
    lane = next(row.split(b" ")[1].decode() for row in reversed(rows[:at]) if row.startswith(b"#L "))
    rows[at] = change(rows[at])
    (root / "lanes" / part.name).write_bytes(gzip.compress(b"".join(row + b"\n" for row in rows)))
    found = check_part(_task(root, tmp_path, part, records=False, witness=None))
    assert lane in found.suspects


@pytest.mark.parametrize(
    "row", [b"garbage", b"#L no-lane 1", b"#L ", b"#L 2099010100.f.00000000000000000000000000000000 1"]
)
def test_a_part_that_begins_with_another_lane_or_with_none_is_unusable(
    exported: Path, tmp_path: Path, row: bytes
) -> None:
    root = shutil.copytree(exported, tmp_path / "copy")
    part = ExportFolder(root).parts("lanes")[0]
    (root / "lanes" / part.name).write_bytes(gzip.compress(row + b"\n"))
    with pytest.raises(UnusableError):
        check_part(_task(root, tmp_path, part))
