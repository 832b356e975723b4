"""Hours whose entries were removed, and what is still known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.prune import export_digest, hours_before, prune
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Absence, Attack, Verdict
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.verify import Options, verify_export
from tests.unit.log.world import World, WorldSource, populated, verified

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pruned_hour_leaves_a_log_that_verifies(tmp_path: Path) -> None:
    world = populated()
    full = tmp_path / "before"
    verified(world, full)
    hour = hours_before(full, "9999999999")[0]

    def seal_meanwhile(_seconds: float) -> None:
        world.seal()

    (done,) = prune(world.model, "audit", full, [hour], by="operator", wait_seconds=60, sleep=seal_meanwhile)
    assert (done.deleted, done.kept) == (done.entries, 0)
    assert not any(key[1].startswith(f"L#{hour}") for key in world.model.items)
    report = verified(world, tmp_path / "after")
    assert report.findings == []
    assert report.counts["hours pruned"] == 1
    assert report.notes == ["The entries of 1 pruned hours were checked in their published copies."]


def _pruned(world: World, folder: Path) -> str:
    """Prune the first closed hour; return it."""
    verified(world, folder)
    hour = hours_before(folder, "9999999999")[0]
    prune(world.model, "audit", folder, [hour], by="x", wait_seconds=60, sleep=lambda _: world.seal() and None)
    return hour


def _record_of(world: World, hour: str) -> tuple[str, str, str]:
    items = world.model.items.items()
    return next(key for key, item in sorted(items) if item.get("a_lane", {}).get("S", "").startswith(hour))


@pytest.mark.parametrize(
    ("change", "attack"),
    [({"body": {"S": "{}"}}, Attack.RECORD_EDITED), (None, Attack.RECORD_DELETED)],
    ids=["edited", "deleted"],
)
def test_a_record_of_a_pruned_hour_is_still_compared(
    change: dict[str, Any] | None, attack: Attack, tmp_path: Path
) -> None:
    world = populated()
    hour = _pruned(world, tmp_path / "before")
    key = _record_of(world, hour)
    record = world.model.items.pop(key)
    if change:
        world.model.items[key] = record | change
    report = verified(world, tmp_path / "after")
    assert [(one.attack, one.lane, one.seq) for one in report.findings] == [
        (attack, record["a_lane"]["S"], int(record["a_seq"]["N"]))
    ]


def test_a_line_of_a_pruned_hour_is_still_compared(tmp_path: Path) -> None:
    world = populated()
    hour = _pruned(world, tmp_path / "before")
    line = next(one for one in world.lines if f'"_lane":"{hour}' in one.text)
    world.lines.remove(line)
    assert verified(world, tmp_path / "after").verdict is Verdict.WITNESS_GAP


def test_lanes_that_were_not_pruned_yet_are_compared_beside_those_that_were(tmp_path: Path) -> None:
    world = populated()
    before = {key: item for key, item in world.model.items.items() if key[0] == "audit"}
    hour = _pruned(world, tmp_path / "before")
    lanes = sorted({key[1][2:] for key in before if key[1].startswith(f"L#{hour}")})
    for key, item in before.items():
        if key[1] == f"L#{lanes[1]}" or key[2] == lanes[1]:
            world.model.items[key] = item
    report = verified(world, tmp_path / "after")
    assert (report.findings, report.counts["entries"], report.counts["records"]) == ([], 72, 120)


@pytest.mark.parametrize("bundles", [True, False])
def test_without_published_copies_nothing_is_said_of_a_pruned_hour(*, bundles: bool, tmp_path: Path) -> None:
    world = populated()
    hour = _pruned(world, tmp_path / "before")
    del world.model.items[_record_of(world, hour)]
    options = ExportOptions(line_lag_ns=0, clock=lambda: world.now, bundles=bundles)
    export(WorldSource(world), tmp_path / "after", options)
    manifest = tmp_path / "after" / "export.json"
    manifest.write_text(manifest.read_text().replace('"bundles": true', '"bundles": false'))
    report = verify_export(tmp_path / "after", Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now))
    assert bool(report.findings) is bundles
    assert bundles or (report.verdict, report.absent) == (Verdict.INCOMPLETE, [Absence.PRUNED])
    assert ("not compared" in report.notes[0]) is not bundles


def test_pruning_waits_for_the_log_to_say_so(tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    hour = hours_before(tmp_path / "export", "9999999999")[0]
    with pytest.raises(SourceError, match="has not announced"):
        prune(world.model, "audit", tmp_path / "export", [hour], by="x", wait_seconds=5, sleep=lambda _: None)
    assert any(key[1].startswith(f"L#{hour}") for key in world.model.items)


def test_only_closed_hours_are_pruned(tmp_path: Path) -> None:
    world = populated()
    report = verified(world, tmp_path / "export")
    hours = {part.hour for part in ExportFolder(tmp_path / "export").parts("lanes")}
    assert (len(hours), report.counts["hours closed"]) == (3, 2)
    assert hours_before(tmp_path / "export", "9999999999") == sorted(hours)[:2]


def test_a_file_that_nobody_verified_has_no_say_in_what_is_pruned(tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    first, second = hours_before(tmp_path / "export", "9999999999")
    before, lanes = export_digest(tmp_path / "export", first), tmp_path / "export" / "lanes"
    (lanes / f"{first}-x.gz").write_bytes(min(lanes.glob(f"{second}-*.gz")).read_bytes())
    assert export_digest(tmp_path / "export", first) == before
    prune(
        world.model,
        "audit",
        tmp_path / "export",
        [first],
        by="x",
        wait_seconds=60,
        sleep=lambda _: world.seal() and None,
    )
    assert verified(world, tmp_path / "after").findings == []


@pytest.mark.parametrize("by", ["", "x" * 201, "line\nend"])
def test_a_name_that_the_log_would_not_take_is_refused_before_anything_is_asked(by: str, tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    hour = hours_before(tmp_path / "export", "9999999999")[0]
    with pytest.raises(SourceError, match="is no name"):
        prune(world.model, "audit", tmp_path / "export", [hour], by=by, wait_seconds=0)
    assert ("audit", "C", f"PRUNE#{hour}") not in world.model.items


@pytest.mark.parametrize("other", [{"export": {"S": "ab" * 32}}, {"entries": {"N": "0"}}, {"by": {"N": "7"}}])
def test_what_was_asked_for_with_another_export_is_not_pruned_with_this_one(
    other: dict[str, Any], tmp_path: Path
) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    hour = hours_before(tmp_path / "export", "9999999999")[0]
    with pytest.raises(SourceError, match="has not announced"):
        prune(world.model, "audit", tmp_path / "export", [hour], by="x", wait_seconds=0)
    world.model.items["audit", "C", f"PRUNE#{hour}"] |= other
    with pytest.raises(SourceError, match="another export was named"):
        prune(world.model, "audit", tmp_path / "export", [hour], by="x", wait_seconds=0)
