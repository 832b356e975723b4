from __future__ import annotations

import pytest

from tapeproof.log.rounds import Round

HOUR = 3_600
GRACE = 20 * 60
AFTER_SIX = 1_763_881_200 + GRACE  # 2025-11-23, 07:20
NAMES = ["2025112306.a", "2025112306.c", "2025112307.a"]


@pytest.mark.parametrize(
    ("way", "first"),
    [
        (Round(0, after="2025112306.a"), 1),
        (Round(0, after="2025112306.b"), 1),
        (Round(0, after="2025112307.z"), 0),
        (Round(0, turn=0), 0),
        (Round(0, turn=2), 2),
        (Round(0, turn=4), 1),
    ],
)
def test_the_place_to_begin_is_behind_the_last_lane_or_else_goes_round(way: Round, first: int) -> None:
    assert way.list_unread(NAMES) == NAMES[first:] + NAMES[:first]


def test_what_was_read_in_this_run_is_not_looked_at_again() -> None:
    assert Round(0, read={"2025112306.c"}).list_unread(NAMES) == ["2025112306.a", "2025112307.a"]
    assert Round(0, turn=7).list_unread([]) == []


def test_lanes_of_hours_that_are_over_are_looked_at_in_order_and_in_turn_with_the_others() -> None:
    way = Round(AFTER_SIX * 10**9, after="2025112307.b")
    names = ["2025112306.a", "2025112306.b", "2025112307.a", "2025112307.b", "2025112307.c"]
    assert way.list_unread(names) == [names[0], names[4], names[1], names[2], names[3]]


@pytest.mark.parametrize(("seconds", "over"), [(AFTER_SIX - 1, False), (AFTER_SIX, True), (AFTER_SIX + HOUR, True)])
def test_an_hour_is_over_once_its_grace_is(seconds: int, *, over: bool) -> None:
    assert Round(seconds * 10**9).is_over("2025112306") is over


def test_a_lane_of_an_hour_that_is_over_is_looked_at_once_in_whatever_run() -> None:
    way = Round(AFTER_SIX * 10**9)
    for name in ("2025112306.a", "2025112307.a"):
        way.pass_lane(name)
    assert (way.ended, way.after) == ("2025112306.a", "2025112307.a")
    later = Round(AFTER_SIX * 10**9, ended=way.ended, after=way.after)
    assert later.list_unread(NAMES) == ["2025112306.c", "2025112307.a"]


def test_a_clock_that_is_behind_the_one_of_the_run_before_looks_again() -> None:
    assert Round((AFTER_SIX - 5) * 10**9, ended="2025112306.c").list_unread(NAMES) == NAMES


def test_a_lane_that_waits_for_its_next_turn_keeps_the_place_before_it_for_as_long_as_it_waits() -> None:
    names = ["2025112306.a", "2025112306.b", "2025112306.c"]
    way = Round(AFTER_SIX * 10**9)
    way.leave_lane(names[0])
    way.pass_lane(names[1])
    assert way.ended == ""
    assert way.list_unread(names) == [names[0], names[2]]
    way.pass_lane(names[0])
    way.pass_lane(names[2])
    assert way.ended == names[2]
    way.leave_lane("2025112307.a")
    assert way.after == "2025112307.a"
