from __future__ import annotations

from typing import Any

import pytest

from tapeproof.log.head import Head
from tapeproof.log.merkle import Frontier
from tapeproof.log.request import PruneRequest
from tapeproof.log.restoring import restore_head
from tapeproof.log.table import LostRaceError
from tests.unit.log.world import World


@pytest.fixture
def world() -> World:
    world = World()
    world.model.page = 3
    return world


def control(name: str) -> dict[str, Any]:
    return {"pk": {"S": "C"}, "sk": {"S": name}, "b": {"B": b"{}"}, "h": {"B": b""}}


def prune_request(hour: str = "2025112306", leaf: int | None = None) -> dict[str, Any]:
    return PruneRequest(hour, 3, "ab" * 32, "operator").item(leaf)


def test_a_head_that_was_lost_is_put_back_only_as_the_next_version(world: World) -> None:
    table = world.table()
    restore_head(table, Head(version=1))
    assert table.head_version() == 1
    with pytest.raises(LostRaceError):
        restore_head(table, Head(version=1))


@pytest.mark.parametrize("strays", [0, 1, 250])
def test_what_only_a_lost_head_had_committed_to_is_taken_back_with_it(world: World, strays: int) -> None:
    table, items = world.table(), world.model.items
    kept = [control("LEAF#0000000000000004"), control("LEAF#none"), prune_request(leaf=4)]
    taken = [control(f"LEAF#{5 + number:016d}") for number in range(strays)]
    for item in (*kept, *taken, prune_request("2025112307", leaf=5)):
        items["audit", "C", item["sk"]["S"]] = item
    restore_head(table, Head(version=1, frontier=Frontier(5, [b"a" * 32, b"b" * 32])))
    left = [item for item in world.model.table("audit") if item["sk"]["S"] != "HEAD"]
    assert left == [kept[0], kept[1], kept[2], prune_request("2025112307")]


@pytest.mark.parametrize("head", [{}, {"ver": {"S": "x"}}, {"ver": {"N": "-1"}}, {"ver": {"BOOL": True}}])
def test_a_head_of_any_shape_can_be_replaced(world: World, head: dict[str, Any]) -> None:
    world.model.items["audit", "C", "HEAD"] = {"pk": {"S": "C"}, "sk": {"S": "HEAD"}, **head}
    restore_head(world.table(), Head(version=1))
    assert world.table().head_version() == 1


def test_a_sealer_that_commits_while_a_head_is_put_back_is_not_overwritten(world: World) -> None:
    table = world.table()
    query = world.model.query

    def commit_meanwhile(**request: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        world.model.items["audit", "C", "HEAD"] = Head(version=1).item()
        return query(**request)

    world.model.query = commit_meanwhile  # type: ignore[method-assign]
    with pytest.raises(LostRaceError, match="replaced the head first"):
        restore_head(table, Head(version=1))
