from __future__ import annotations

from typing import Any

import pytest

from tapeproof.log.control import Run
from tapeproof.log.entry import entry_hash, hour_of
from tapeproof.log.gather import MAX_BROKEN, Gathered, Limits, gather
from tapeproof.log.head import Head
from tapeproof.log.hours import next_hour
from tests.unit.log.world import HOUR, MINUTE, ORIGIN, World


def _world(*numbers: int) -> World:
    """Return a log of one lane for each number, with so many entries, none of them sealed."""
    world = World()
    for count in numbers:
        writer = world.writer()
        for _ in range(count):
            world.write(writer, world.decision())
    return world


def _gather(world: World, head: Head | None = None, **limits: int) -> Gathered:
    return gather(world.table(), head or Head(), ORIGIN, world.now, Limits(**limits))


def _after(found: Gathered) -> Head:
    return Head(closed=found.closed, cursors=found.cursors)


def test_every_entry_is_taken_once_and_the_next_batch_goes_on_from_there() -> None:
    world = _world(3, 2)
    found = _gather(world)
    assert sorted(run.length for run in found.runs) == [2, 3]
    assert (len(found.entries), found.broken, found.more) == (5, [], False)
    again = _gather(world, _after(found))
    assert (again.entries, again.runs) == ([], [])
    assert again.cursors == found.cursors


def test_a_batch_ends_at_its_limit_in_the_middle_of_a_lane_and_says_that_there_is_more() -> None:
    world = _world(5)
    first = _gather(world, entries=2)
    rest = _gather(world, _after(first), entries=10)
    (lane,) = {run.lane for run in first.runs}
    assert (first.runs, first.more) == ([Run(lane, 0, 2)], True)
    assert (rest.runs, rest.more) == ([Run(lane, 2, 3)], False)


@pytest.mark.parametrize("limits", [{"runs": 1}, {"run_bytes": 1}])
def test_a_batch_ends_when_its_runs_fill_the_leaf(limits: dict[str, int]) -> None:
    world = _world(1, 1, 1)
    head, seen = Head(), []
    for _ in range(3):
        found = _gather(world, head, **limits)
        seen += found.runs
        head = _after(found)
    assert len(found.runs) == 1
    assert len({run.lane for run in seen}) == 3


def test_an_hour_is_closed_with_its_sums_only_after_its_grace() -> None:
    world = _world(3, 2)
    hour = hour_of(world.now)
    end = (world.now // HOUR + 1) * HOUR
    world.now = end + 20 * MINUTE - 1
    assert _gather(world).closings == []
    world.now = end + 20 * MINUTE
    (closing,) = [one for one in _gather(world).closings if one.epoch == hour]
    assert (closing.lanes, closing.entries, len(closing.heads)) == (2, 5, 64)


def test_hours_are_closed_in_order_and_none_while_an_earlier_one_has_more() -> None:
    world = _world(3)
    world.now += 3 * HOUR
    found = _gather(world, entries=1)
    assert found.closings == []
    assert found.more
    epochs = [one.epoch for one in _gather(world).closings]
    assert epochs == [next_hour(epochs[0], step) for step in range(len(epochs))]


def _items(world: World) -> list[tuple[tuple[str, str, str], dict[str, Any]]]:
    return sorted((key, item) for key, item in world.model.items.items() if key[1].startswith("L#"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda item: item.update(h={"B": bytes(32)}), "hash"),
        (lambda item: item.update(b={"B": item["b"]["B"].replace(b'"_seq":1', b'"_seq":7')}), "link"),
        (lambda item: item.update(b={"B": b"{}"}), "link"),
        (lambda item: item.update(b={"B": item["b"]["B"][:-1]}, h={"B": entry_hash(item["b"]["B"][:-1])}), "form"),
        (lambda item: item.update(sk={"S": "0000000001x"}), "sort key"),
    ],
)
def test_a_lane_is_closed_before_the_item_that_does_not_continue_it(change: Any, why: str) -> None:  # noqa: ANN401
    world = _world(3, 1)
    key, item = next(one for one in _items(world) if one[0][2] == "0000000001")
    change(item)
    found = _gather(world)
    (broken,) = found.broken
    assert (broken.lane, broken.seq, broken.why) == (key[1].removeprefix("L#"), 1, why)
    assert len(found.entries) == 2
    later = _gather(world, _after(found))
    assert (later.entries, later.broken) == ([], [])


def test_only_so_many_broken_lanes_are_closed_in_one_batch() -> None:
    world = _world(*[1] * (MAX_BROKEN + 3))
    for _, item in _items(world):
        item["h"] = {"B": bytes(32)}
    found = _gather(world)
    assert (len(found.broken), found.more) == (MAX_BROKEN, True)
    assert len(_gather(world, _after(found)).broken) == 3


@pytest.mark.parametrize("name", ["x", "2025112306.f.short", "\x1b[2J" + "y" * 500])
def test_a_name_that_is_no_lane_of_the_hour_is_named_briefly_and_passed_over(name: str) -> None:
    world = _world(1)
    hour = hour_of(world.now)
    world.model.items["audit", f"E#{hour}#0", name] = {"pk": {"S": f"E#{hour}#0"}, "sk": {"S": name}}
    found = _gather(world)
    assert found.alien == [name[:120]]
    assert len(found.entries) == 1


def test_a_log_that_was_never_sealed_begins_with_its_first_hour_and_not_before() -> None:
    world = _world(1)
    hour = hour_of(world.now)
    world.now += 5 * HOUR
    assert _gather(world).closings[0].epoch == hour
    empty = World()
    assert _gather(empty).closed == next_hour(hour_of(empty.now), -1)
