from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log.control import parse_control
from tapeproof.log.request import PruneRequest
from tapeproof.verifier.findings import Attack, Finding, Report, UnusableError, Verdict
from tapeproof.verifier.judgement import anchor_in_lines, format_time
from tests.unit.log.world import MINUTE, World, populated, verified

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3_600 * 10**9


@pytest.mark.parametrize(
    ("nanoseconds", "told"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1_790_000_000 * 10**9 + 999_999_999, "2026-09-21T14:13:20Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (10**40, f"{10**40} ns since 1970"),
    ],
)
def test_a_time_is_told_as_people_read_it_and_one_outside_the_calendar_as_its_number(
    nanoseconds: int, told: str
) -> None:
    assert format_time(nanoseconds) == told


@pytest.mark.parametrize(
    ("lines", "since", "until", "attack", "anchored"),
    [
        (5, 0, 10 * HOUR, None, True),
        (0, 0, 10 * HOUR, None, False),
        (5, 10 * HOUR, 10 * HOUR, None, False),
        (5, 0, 9 * HOUR, None, False),
        (5, 0, 10 * HOUR, Attack.LINE_MISSING, False),
        (5, 0, 10 * HOUR, Attack.LINE_FORGED, False),
        (5, 0, 10 * HOUR, Attack.ENTRY_EDITED, True),
    ],
)
def test_complete_lines_of_another_service_anchor_the_log(
    lines: int, since: int, until: int, attack: Attack | None, *, anchored: bool
) -> None:
    report = Report(checkpoint_time=10 * HOUR, counts={"witness lines": lines})
    if attack:
        report.add(Finding(attack, "x"))
    anchor_in_lines(report, since, until)
    assert bool(report.anchors) is anchored


def test_an_honest_log_has_nothing_to_be_named(tmp_path: Path) -> None:
    report = verified(populated(1), tmp_path / "log")
    assert report.findings == []
    assert report.counts["hours closed"] > 0


def _strike_lane(world: World) -> None:
    key = next(key for key in sorted(world.model.items) if key[1].startswith("E#"))
    del world.model.items[key]


def _lose_entry(world: World) -> None:
    key = next(key for key in sorted(world.model.items) if key[1].startswith("L#") and key[2] == "0000000001")
    del world.model.items[key]


def _put_alien(world: World) -> None:
    world.model.items["audit", "X", "y"] = {"pk": {"S": "X"}, "sk": {"S": "y"}}


@pytest.mark.parametrize(
    ("change", "attack"),
    [(_strike_lane, Attack.LISTING_DELETED), (_lose_entry, Attack.ENTRY_DELETED), (_put_alien, Attack.ALIEN_ITEM)],
)
def test_what_does_not_fit_together_is_named(change: object, attack: Attack, tmp_path: Path) -> None:
    world = populated(1)
    change(world)  # type: ignore[operator]
    assert {one.attack for one in verified(world, tmp_path / "log").findings} == {attack}


@pytest.mark.parametrize(("later", "attack"), [(24 * HOUR, Attack.STALE), (-24 * HOUR, Attack.FUTURE_TIME)])
def test_a_checkpoint_that_is_too_old_or_of_a_time_to_come_is_named(later: int, attack: Attack, tmp_path: Path) -> None:
    world = populated(1)
    report = verified(world, tmp_path / "log", as_of=world.now + later)
    assert attack in {one.attack for one in report.findings}


def _request_citing(world: World, hour: int, closed: int) -> None:
    """Ask for the pruning of a closed hour, and cite the leaf that closed another of as many entries."""
    leaves = [item["b"]["B"] for key, item in sorted(world.model.items.items()) if key[2].startswith("LEAF#")]
    closes = [parse_control(data) for data in leaves if b'"CLOSE"' in data and b'"entries":12' in data]
    asked, cited = closes[hour], closes[closed]
    request = PruneRequest(asked["epoch"], asked["entries"], "0" * 64, "x", cited["_n"])
    world.model.items["audit", "C", f"PRUNE#{asked['epoch']}"] = request.item()


@pytest.mark.parametrize(("hour", "closed"), [(0, 1), (1, 0)])
@pytest.mark.parametrize("seals", [0, 1])
def test_a_request_that_cites_the_close_of_another_hour_is_forged(
    hour: int, closed: int, seals: int, tmp_path: Path
) -> None:
    world = populated(1)
    _request_citing(world, hour, closed)
    for _ in range(seals):
        world.seal()
    report = verified(world, tmp_path / "log")
    assert [one.attack for one in report.findings] == [Attack.REQUEST_FORGED]
    assert report.counts["hours pruned"] == 0


@pytest.mark.parametrize("seals", [0, 1])
def test_a_request_that_cites_the_close_of_its_hour_is_none_of_a_stranger(seals: int, tmp_path: Path) -> None:
    world = populated(1)
    _request_citing(world, 1, 1)
    for _ in range(seals):
        world.seal()
    report = verified(world, tmp_path / "log")
    assert (report.findings, report.counts["hours pruned"]) == ([], seals)


@pytest.mark.parametrize("ahead", [1, 10**18])
def test_lines_wanted_from_a_time_to_come_are_refused(ahead: int, tmp_path: Path) -> None:
    world = populated(1)
    with pytest.raises(UnusableError, match="lines are wanted"):
        verified(world, tmp_path / "log", lines_since=world.now + ahead)


@pytest.mark.parametrize(("minutes", "anchored"), [(0, False), (14, False), (16, True), (60, True)])
def test_lines_of_the_last_minutes_anchor_nothing(minutes: int, tmp_path: Path, *, anchored: bool) -> None:
    world = populated(1)
    report = verified(world, tmp_path / "log", lines_since=world.now - minutes * MINUTE)
    assert report.verdict is (Verdict.VERIFIED if anchored else Verdict.UNANCHORED)
    assert all("rests on the log's own key" in anchor for anchor in report.anchors)
