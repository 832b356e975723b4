from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.verifier.findings import Attack, Finding, Report
from tapeproof.verifier.judgement import anchor_in_lines, format_time
from tests.unit.log.world import World, populated, verified

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
