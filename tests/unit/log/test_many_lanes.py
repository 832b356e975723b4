"""An hour may have more lanes than one run of the sealer has time to look at: each still gets its turn."""

from __future__ import annotations

import contextlib
import random
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.control import parse_control
from tapeproof.log.gather import Limits
from tapeproof.log.head import Head
from tapeproof.log.table import AuditTable, StoredEntry, stored_entry
from tests.effort import SOAKING
from tests.unit.log.world import HOUR, MINUTE, World, verified

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tapeproof.log.control import Run
    from tapeproof.log.sealer import Sealed
    from tapeproof.log.writer import AuditWriter


class SlowTable(AuditTable):
    """A table of which each lane takes a millisecond to look at, and no others; it finds items by their keys."""

    def __init__(self, world: World) -> None:
        super().__init__(world.model, "audit")
        self._items = world.model.items
        self.spent = 0

    @cached_property
    def _listed(self) -> dict[str, list[str]]:
        listed: dict[str, list[str]] = {}
        for _, pk, sk in self._items:
            if pk.startswith("E#"):
                listed.setdefault(pk[2:12], []).append(sk)
        return listed

    def lanes(self, hour: str) -> list[str]:
        return sorted(self._listed.get(hour, []))

    def entries(self, lane: str, first: int = 0, limit: int | None = None) -> Iterator[StoredEntry]:
        self.spent += 1
        for seq in range(first, first + (limit or 10**9)):
            item = self._items.get(("audit", f"L#{lane}", f"{seq:010d}"))
            if item is None:
                return
            yield stored_entry(item)

    def run(self, run: Run) -> list[bytes]:
        before = self.spent
        data = super().run(run)
        self.spent = before  # to finish what was left open takes a request for each lane that had something new
        return data


def run_slowly(world: World, budget_ms: int, runs: int = 700, **parts: Any) -> Sealed:  # noqa: ANN401 - stand-ins
    world.now += MINUTE
    table = SlowTable(world)
    sealer = world.sealer(table=table, limits=Limits(runs=runs), **parts)
    done = sealer.run(lambda: budget_ms - table.spent, reserve_ms=10)
    assert table.spent <= max(budget_ms, 100)
    return done


def with_lanes(count: int) -> World:
    world = World()
    world.seal()
    open_lanes(world, count)
    return world


def open_lanes(world: World, count: int) -> list[AuditWriter]:
    """Return writers of so many new lanes with an entry each, of the same names in every run of a test."""
    draw = random.Random(world.now)
    writers = [world.writer(urandom=draw.randbytes) for _ in range(count)]
    for writer in writers:
        world.write(writer, world.decision())
    return writers


def writer_lane(world: World, writer: AuditWriter) -> str:
    """Return the lane that a writer writes to, by one entry more in it."""
    return world.write(writer, world.decision())[0].lane


def end_hour(world: World) -> None:
    """Go on to just after the grace of the hour that was."""
    world.now = (world.now // HOUR + 1) * HOUR + 20 * MINUTE


def newest_seal(world: World) -> dict[str, Any]:
    """Return the item of the newest SEAL leaf."""
    return world.model.items[max(key for key in world.model.items if key[2].startswith("LEAF#"))]


def run_until_closed(world: World, budget_ms: int, most: int) -> int:
    """Return after how many runs an hour was closed."""
    for number in range(1, most + 1):
        if run_slowly(world, budget_ms).closed:
            return number
    raise AssertionError(f"no hour was closed in {most} runs")


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
    end_hour(world)
    world.write(world.writer(), world.decision())
    assert run_slowly(world, 1_000, runs=1).closed == 1
    report = verified(world, tmp_path / "export")
    assert not report.findings, report.findings
    assert report.counts["hours closed"] == 1


@pytest.mark.parametrize("lanes", [450, pytest.param(9_000, marks=pytest.mark.skipif(not SOAKING, reason="soak"))])
def test_an_hour_with_more_lanes_than_any_run_looks_at_is_closed_by_several(lanes: int, tmp_path: Path) -> None:
    world = with_lanes(lanes)
    budget = lanes // 3
    for _ in range(8):
        run_slowly(world, budget)
    end_hour(world)
    assert run_until_closed(world, budget, 5) >= 3
    report = verified(world, tmp_path / "export")
    assert not report.findings, report.findings
    assert (report.counts["hours closed"], report.counts["entries"]) == (1, lanes)


def test_an_hour_is_closed_although_the_next_has_as_many_lanes_and_goes_on_being_written(tmp_path: Path) -> None:
    world = with_lanes(300)
    end_hour(world)
    writers = open_lanes(world, 300)
    closed, sealed = 0, 0
    for number in range(18):
        if number < 12:
            world.write(writers[number], world.decision())
        done = run_slowly(world, 120)
        closed, sealed = closed + done.closed, sealed + done.entries
    assert (closed, sealed) == (1, 612)
    assert not verified(world, tmp_path / "export").findings


def test_what_was_looked_at_before_the_grace_was_over_is_looked_at_again() -> None:
    world = with_lanes(300)
    end_hour(world)
    world.now -= 3 * MINUTE
    late = [world.writer(clock=lambda: world.tick() - 30 * MINUTE) for _ in range(3)]
    for _ in range(2):
        run_slowly(world, 200)
    for writer in late:
        world.write(writer, world.decision())  # within the grace, and behind where the sealer is
    sealed = sum(run_slowly(world, 200).entries for _ in range(4))
    assert sealed == 3
    assert parse_control(newest_seal(world)["b"]["B"])["more"] is False


def test_several_hours_with_too_many_lanes_are_closed_in_order(tmp_path: Path) -> None:
    world = World()
    world.seal()
    for _ in range(3):
        open_lanes(world, 150)
        world.now += HOUR
    world.now += HOUR
    closed = [run_slowly(world, 130).closed for _ in range(6)]
    assert sum(closed) >= 3
    assert sum(map(bool, closed)) >= 2
    assert not verified(world, tmp_path / "export").findings


@pytest.mark.parametrize("seed", range(2))
def test_a_sealer_that_dies_at_any_call_on_the_way_round_still_closes_the_hour(seed: int, tmp_path: Path) -> None:
    world, draw = with_lanes(260), random.Random(seed)
    end_hour(world)

    class Dying:
        """The bucket of a process that ends at a call."""

        def __init__(self, calls: int) -> None:
            self.left = calls

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the bucket has
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            return getattr(world.bucket, name)

    for _ in range(30):
        with contextlib.suppress(KeyboardInterrupt):
            run_slowly(world, 110, objects=Dying(draw.randrange(60)))
        if draw.random() < 0.5:
            run_slowly(world, 110)
    report = verified(world, tmp_path / "export")
    assert not report.findings, report.findings
    assert report.counts["hours closed"] == 1


@pytest.mark.parametrize("over", [False, True], ids=["open", "over"])
def test_a_lane_of_more_entries_than_its_share_holds_no_other_up(*, over: bool, tmp_path: Path) -> None:
    world = World()
    world.seal()
    writers = open_lanes(world, 6)
    flood = min(writers, key=lambda writer: writer_lane(world, writer))
    for _ in range(40):
        world.write(flood, world.decision())
    if over:
        end_hour(world)
    done = world.sealer(limits=Limits(entries=20, lane_entries=8)).run(lambda: 0)
    assert (done.entries, done.closed) == (8 + 5 * 2, 0)
    runs = [world.sealer(limits=Limits(entries=20, lane_entries=8)).run(lambda: 0) for _ in range(5)]
    assert [one.entries for one in runs] == [8, 8, 8, 8, 2]
    assert [one.closed for one in runs] == [0, 0, 0, 0, int(over)]
    assert not verified(world, tmp_path / "export").findings


def test_what_the_head_holds_does_not_grow_with_the_way_round() -> None:
    world = with_lanes(300)
    for _ in range(3):
        run_slowly(world, 200)
    end_hour(world)
    before = world.model.items["audit", "C", "HEAD"]
    run_slowly(world, 200)
    after = world.model.items["audit", "C", "HEAD"]
    assert before.keys() == after.keys()
    kept = [Head.from_item(item).cursors["2025112306"] for item in (before, after)]
    assert kept[0] == kept[1]


def test_how_far_the_sealer_got_is_read_where_a_signature_covers_it() -> None:
    """Whoever may write the table cannot make the sealer close an hour that it has not seen all of."""
    world = with_lanes(300)
    for _ in range(3):
        run_slowly(world, 200)
    end_hour(world)
    run_slowly(world, 110)
    seal = newest_seal(world)
    before = parse_control(seal["b"]["B"])["place"][0]
    assert before.startswith("2025112306.")
    seal["b"] = {"B": seal["b"]["B"].replace(f'"place":["{before}"'.encode(), b'"place":["2025112306.~"')}
    world.model.items["audit", "C", "HEAD"]["place"] = {"L": [{"S": "2025112306.~"}, {"S": ""}]}
    assert parse_control(seal["b"]["B"])["place"][0] == "2025112306.~"
    assert run_slowly(world, 110).closed == 0


def test_a_log_that_paused_for_a_season_is_closed_bit_by_bit_and_goes_on(tmp_path: Path) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    world.seal()
    world.now += 90 * 24 * HOUR
    world.write(world.writer(), world.decision())
    world.now += MINUTE
    queries = [0]

    class Counting(AuditTable):
        def lanes(self, hour: str) -> list[str]:
            queries[0] += 8
            return super().lanes(hour)

    done = world.sealer(table=Counting(world.model, "audit")).run(lambda: 0)
    assert queries[0] <= 8 * 42
    assert (done.entries, done.closed) == (1, 40)
    world.seal()
    assert verified(world, tmp_path / "export").findings == []
