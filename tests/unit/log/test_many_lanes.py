"""An hour may have more lanes than one run of the sealer has time to look at: each still gets its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.log.gather import Limits, Round
from tapeproof.log.table import AuditTable, StoredEntry
from tests.unit.log.world import HOUR, MINUTE, World, verified

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.log.sealer import Sealed


class SlowTable(AuditTable):
    """A table of which each lane takes a millisecond to look at."""

    spent = 0

    def entries(self, lane: str, first: int = 0, limit: int | None = None) -> Iterator[StoredEntry]:
        self.spent += 1
        return super().entries(lane, first, limit)


def run_slowly(world: World, budget_ms: int, runs: int = 700) -> Sealed:
    world.now += MINUTE
    table = SlowTable(world.model, "audit")
    sealer = world.sealer(table=table, limits=Limits(runs=runs))
    done = sealer.run(lambda: budget_ms - table.spent, reserve_ms=10)
    assert table.spent <= max(budget_ms, 100)
    return done


def with_lanes(count: int) -> World:
    world = World()
    world.seal()
    for _ in range(count):
        world.write(world.writer(), world.decision())
    return world


def test_lanes_that_no_run_has_time_for_are_sealed_by_the_next(tmp_path: Path) -> None:
    world = with_lanes(450)
    assert [run_slowly(world, 210).entries for _ in range(3)] == [201, 201, 48]
    world.now += 10 * MINUTE  # the last run was late for what there is
    for _ in range(6):
        run_slowly(world, 210)
    assert verified(world, tmp_path / "export").counts["unsealed"] == 0


@pytest.mark.parametrize("turn", range(3))
def test_a_new_entry_is_not_hidden_behind_lanes_of_which_nothing_is_new(turn: int) -> None:
    world = with_lanes(450)
    for _ in range(4 + turn):
        run_slowly(world, 210)
    world.write(world.writer(), world.decision())
    world.write(world.writer("lambda-zzz-dev"), world.decision())
    assert sum(run_slowly(world, 210).entries for _ in range(12)) == 2


def test_a_batch_goes_on_where_the_one_before_ended_and_looks_at_no_lane_twice() -> None:
    world = with_lanes(300)
    assert run_slowly(world, 311, runs=50).entries == 300


def test_an_hour_is_closed_when_one_run_has_read_all_its_lanes(tmp_path: Path) -> None:
    world = with_lanes(150)
    run_slowly(world, 5)
    world.now = (world.now // HOUR + 1) * HOUR + 21 * MINUTE
    assert run_slowly(world, 5).closed == 0
    world.write(world.writer(), world.decision())
    assert run_slowly(world, 1_000, runs=1).closed == 1
    report = verified(world, tmp_path / "export")
    assert not report.findings, report.findings
    assert report.counts["hours closed"] == 1


def test_the_place_to_begin_is_behind_the_last_lane_or_else_goes_round() -> None:
    lanes = [("2025112306", "2025112306.a"), ("2025112306", "2025112306.c"), ("2025112307", "2025112307.a")]

    def first(way: Round) -> int:
        return lanes.index(way.list_unread(lanes)[0])

    assert [first(Round(0, name)) for name in ("2025112306.a", "2025112306.b", "2025112307.z")] == [1, 1, 0]
    assert [first(Round(0, turn=turn)) for turn in (0, 2, 4)] == [0, 2, 1]
    assert Round(0, read={"2025112306.c"}).list_unread(lanes) == [lanes[0], lanes[2]]
    assert Round(0, turn=7).list_unread([]) == []
