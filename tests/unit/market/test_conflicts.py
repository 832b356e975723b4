"""Other bodies of a record, read where they arrived."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.conflicts import conflict_place, with_conflicts
from tapeproof.market.memory import MemoryTables
from tapeproof.market.paging import Reader

Item = dict[str, Any]


def item(arrival: str, **more: str) -> Item:
    return {
        name: {"S": value} for name, value in ({"pk": "p", "sk": arrival, "arr": arrival, "evt": "e"} | more).items()
    }


def read(records: list[Item], *conflicts: Item) -> list[str]:
    tables = MemoryTables()
    for one in conflicts:
        tables.put_item(TableName="t", Item=one | {"pk": {"S": "CONFLICT#p"}})
    return [one["sk"]["S"] for one in with_conflicts(records, Reader(tables, "t", 1), "arr")]


@pytest.mark.parametrize(
    ("arrivals", "order"),
    [
        (["2"], ["1", "2", "3"]),
        (["0"], ["0", "1", "3"]),
        (["9"], ["1", "3", "9"]),
        (["2", "2x"], ["1", "2", "2x", "3"]),
        (["9", "4"], ["1", "3", "4", "9"]),
    ],
)
def test_they_stand_among_the_records_by_arrival(arrivals: list[str], order: list[str]) -> None:
    assert read([item("1"), item("3")], *(item(one) for one in arrivals)) == order


def test_parts_of_a_body_are_no_bodies_of_their_own() -> None:
    part = {"pk": {"S": "p"}, "sk": {"S": "2#p0001"}, "body": {"S": "…"}}
    assert read([item("1")], item("2"), part) == ["1", "2"]


def test_where_no_record_is_no_conflict_is_looked_for() -> None:
    assert read([], item("2")) == []


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (item("5#1", arr="7"), "7"),
        ({"sk": {"S": "100#002#e#hash"}, "rcv": {"S": "105"}}, "100#~002#e#hash"),  # of the first format
    ],
)
def test_the_place_is_the_arrival_or_behind_what_has_its_time(given: Item, place: str) -> None:
    assert conflict_place(given) == place
    assert conflict_place(given) > "100#coinbase#002" or "arr" in given
