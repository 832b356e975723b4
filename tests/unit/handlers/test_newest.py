"""After the commit: the newest of each symbol, and what counts say about what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from handlers.newest import Newest, Update

from tapeproof.market.latest import LatestBoard
from tapeproof.market.streams import StreamBoard
from tests.unit.handlers.steps import NOW, decide, make_committed, make_event


class Table:
    """Takes what is put; a key may be broken."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.broken = ""

    def put_item(self, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's own shape
        item = arguments["Item"]
        key = item["pk"]["S"]
        if self.broken and key.startswith(self.broken):
            raise ConnectionError(key)
        before = self.items.get(key)
        self.items[key] = item
        return {"Attributes": before} if before else {}


@pytest.fixture
def table() -> Table:
    return Table()


def _update(table: Table, *numbers: int, act: str | None = None, remaining: int = 60_000, workers: int = 1) -> Update:
    newest = Newest(LatestBoard(table, "m"), StreamBoard(table, "m"), workers)
    steps = [step for number in numbers for step in decide(make_event(number, received_ns=str(NOW + number)))]
    return newest.update([(step, make_committed(step, act)) for step in steps], lambda: remaining)


def _newest(table: Table) -> str:
    item = table.items["LATEST#A-B"]
    trade: str = json.loads(item["body"]["S"])["trade_id"]
    return trade


@pytest.mark.parametrize("workers", [1, 8])
def test_of_what_came_together_the_newest_stands_and_leads_to_its_entry(table: Table, workers: int) -> None:
    update = _update(table, 1, 3, 2, workers=workers)
    assert (update.failures, update.skipped) == ([], 0)
    assert _newest(table) == "3"
    item = table.items["LATEST#A-B"]
    assert (item["a_lane"], item["a_seq"], item["a_hash"]) == ({"S": "lane"}, {"N": "4"}, {"B": b"\x01" * 32})


@pytest.mark.parametrize(
    ("act", "stands", "counted"),
    [("RECORDED", True, True), ("DUPLICATE", True, True), ("CONFLICT", False, True), ("REJECTED", False, False)],
)
def test_a_duplicate_stands_and_a_conflict_only_counts(table: Table, act: str, stands: bool, counted: bool) -> None:
    _update(table, 1, act=act)
    assert ("LATEST#A-B" in table.items) is stands
    assert any(key.startswith("STREAM#") for key in table.items) is counted


def test_numbers_that_are_missing_are_observed_with_what_revealed_them(table: Table) -> None:
    update = _update(table, 1, 5)
    (gap,) = update.observations
    assert (gap.act, update.missing) == ("GAP", 3)
    assert gap.extra is not None
    assert (gap.extra["first"], gap.extra["last"]) == ("2", "4")
    assert "5" in gap.extra["revealed_by"]


def test_a_batch_comes_in_any_order_and_is_counted_in_its_own(table: Table) -> None:
    update = _update(table, 1, 5, 3)
    told = [(one.act, one.extra["first"], one.extra["last"]) for one in update.observations if one.extra is not None]
    assert told == [("GAP", "2", "2"), ("GAP", "4", "4")]
    assert update.missing == 2


def test_numbers_that_come_after_all_are_taken_off_again(table: Table) -> None:
    newest = Newest(LatestBoard(table, "m"), StreamBoard(table, "m"))
    updates: list[Update] = []
    for numbers in ((1, 5), (3,)):
        steps = [step for number in numbers for step in decide(make_event(number, received_ns=str(NOW + 9)))]
        updates.append(newest.update([(step, make_committed(step)) for step in steps], lambda: 60_000))
    assert [update.missing for update in updates] == [3, -1]
    assert [one.act for one in updates[1].observations] == ["FILLED"]


def test_without_time_everything_is_left_to_the_next_tick(table: Table) -> None:
    update = _update(table, 1, 5, remaining=1_499)
    assert (update.skipped, table.items, update.observations) == (2, {}, [])


@pytest.mark.parametrize("broken", ["LATEST#", "STREAM#"])
def test_what_fails_is_reported_and_holds_nothing_else_up(table: Table, broken: str) -> None:
    table.broken = broken
    update = _update(table, 1, workers=8)
    assert [type(failure) for failure in update.failures] == [ConnectionError]
    assert len(table.items) == 1


def test_what_lies_in_the_future_does_not_stand_as_the_newest(table: Table) -> None:
    early = make_event(1, received_ns=str(NOW - 120 * 10**9))
    steps = decide(early, NOW - 120 * 10**9)
    newest = Newest(LatestBoard(table, "m"), StreamBoard(table, "m"))
    newest.update([(step, make_committed(step)) for step in steps], lambda: 60_000)
    assert "LATEST#A-B" not in table.items


def test_nothing_committed_is_nothing_to_do(table: Table) -> None:
    assert _update(table) == Update()
