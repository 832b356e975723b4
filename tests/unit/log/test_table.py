from __future__ import annotations

from typing import Any

import pytest

from tapeproof.log.control import Run
from tapeproof.log.entry import hour_of
from tapeproof.log.errors import AuditError
from tapeproof.log.head import Head
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import VerifierKey
from tapeproof.log.request import PruneRequest
from tapeproof.log.table import AuditTable, LostRaceError
from tests.unit.log.world import World, populated


@pytest.fixture
def world() -> World:
    world = World()
    writer = world.writer()
    for _ in range(7):
        world.write(writer, world.decision())
    world.model.page = 3
    return world


def test_a_partition_is_read_over_its_pages_from_a_place_or_with_a_prefix_and_no_further_than_asked(
    world: World,
) -> None:
    table = world.table()
    (lane,) = table.lanes(hour_of(world.now))
    names = [item["sk"]["S"] for item in table.query(f"L#{lane}")]
    assert names == [f"{number:010d}" for number in range(7)]
    assert [item["sk"]["S"] for item in table.query(f"L#{lane}", first=names[4])] == names[4:]
    assert [item["sk"]["S"] for item in table.query(f"L#{lane}", limit=5)] == names[:5]
    assert list(table.query(f"L#{lane}", prefix="9")) == []
    assert list(table.query("L#absent")) == []


def test_entries_are_given_as_they_are_stored_from_a_sequence_on(world: World) -> None:
    table = world.table()
    (lane,) = table.lanes(hour_of(world.now))
    found = list(table.entries(lane, 3, 2))
    assert [one.sk for one in found] == ["0000000003", "0000000004"]
    assert table.run(Run(lane, 3, 2)) == [one.data for one in found]
    assert all(leaf_hash(one.data) == one.digest for one in found)


def test_one_item_is_read_or_there_is_none(world: World) -> None:
    table = world.table()
    assert table.get("C", "HEAD") is None
    assert table.head() is None
    assert table.control(0) is None
    assert table.head_version() == 0


def test_what_a_sealer_wrote_is_read_back_by_kind() -> None:
    world = populated(1)
    table = world.table()
    head = Head.from_item(table.head() or {})
    assert table.head_version() == head.version
    leaves = dict(table.controls(0, head.size))
    assert leaves
    assert all(table.control(index) == data for index, data in leaves.items())
    assert list(table.controls(0, min(leaves))) == []
    assert [int(sk) for sk, _ in table.checkpoints()][-1] == head.published


def test_a_strangers_item_among_the_logs_own_is_passed_over(world: World) -> None:
    table = world.table()
    for sk in ("LEAF#7", "LEAF#000000000000000x", "LEAF#0000000000000003"):
        world.model.items["audit", "C", sk] = {"pk": {"S": "C"}, "sk": {"S": sk}, "b": {"B": b"x"}}
    assert list(table.controls(0, 10)) == [(3, b"x")]
    world.model.items["audit", "C", "HEAD"] = {"pk": {"S": "C"}, "sk": {"S": "HEAD"}, "ver": {"N": "x"}}
    assert table.head_version() == 0


def test_the_head_is_replaced_with_its_leaves_only_while_it_is_the_one_that_was_read(world: World) -> None:
    table = world.table()
    one, other = Head(version=1), Head(version=1, closed="2025112306")
    table.swap_head(Head(), one, [(0, b"leaf", leaf_hash(b"leaf"))], [])
    with pytest.raises(LostRaceError):
        table.swap_head(Head(), other, [(0, b"mine", leaf_hash(b"mine"))], [])
    with pytest.raises(LostRaceError):
        table.swap_head(Head(version=7), Head(version=8), [], [])
    assert table.control(0) == b"leaf"
    table.swap_head(one, one.as_published(), [], [])
    assert table.head_version() == 2


def test_a_refusal_that_is_no_race_goes_on_as_it_is() -> None:
    class Refusing:
        def transact_write_items(self, **_: object) -> None:
            raise PermissionError("denied")

    with pytest.raises(PermissionError):
        AuditTable(Refusing(), "audit").swap_head(Head(), Head(version=1), [], [])


def test_the_first_checkpoint_of_a_size_stays_and_a_second_is_answered_with_it(world: World) -> None:
    table = world.table()
    assert table.add_checkpoint(5, b"first", "k") == b"first"
    assert table.add_checkpoint(5, b"second", "k") == b"first"
    assert list(table.checkpoints()) == [("0000000000000005", b"first")]


def test_requests_that_nobody_answered_are_given_and_no_others(world: World) -> None:
    table, request = world.table(), PruneRequest("2025112306", 3, "ab" * 32, "operator")
    items: list[dict[str, Any]] = [
        request.item(), request._replace(epoch="2025112307").item(leaf=4), {"pk": {"S": "C"}, "sk": {"S": "PRUNE#x"}},
    ]  # fmt: skip
    for item in items:
        world.model.items["audit", "C", item["sk"]["S"]] = item
    assert list(table.prune_requests()) == [request]


def test_a_larger_checkpoint_that_the_key_signed_is_never_gone_behind() -> None:
    world = populated(1)
    table, key = world.table(), VerifierKey.parse(world.vkey())
    newest = int(list(table.checkpoints())[-1][0])
    table.refuse_larger(newest, key)
    with pytest.raises(AuditError, match=f"a checkpoint of {newest} leaves was signed"):
        table.refuse_larger(newest - 1, key)
    table.refuse_larger(newest - 1, key._replace(name="another"))
