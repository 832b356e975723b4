"""A third list of attacks: on what the first two lists left standing, each with what it must be found as."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.entry import entry_hash, hour_of
from tapeproof.verifier.findings import Attack, Verdict
from tapeproof.verifier.streams import record_key
from tests.effort import SOAKING
from tests.unit.log.world import HOUR, MINUTE, T0, World, populated
from tests.unit.verifier.forging import first_lane, forge
from tests.unit.verifier.test_own_attacks import new_lane
from tests.unit.verifier.test_second_attacks import audited, copy, edit, items, put, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A = Attack
Item = dict[str, Any]
MARK = "e" * 32


def entry(world: World, at: int = 0) -> tuple[str, str, str]:
    return items(world, "L#")[at]


def lane_of(world: World) -> str:
    return entry(world)[1][2:]


def newest(world: World, **changes: Item | None) -> None:
    """Serve a newest record as the writer would, with other attributes."""
    item = world.model.items[record(world)]
    names = ("body", "a_lane", "a_seq", "a_hash", "a_item")
    served = {name: item[name] for name in names if name in item}
    number = str(int(item["sk"]["S"].rpartition("#")[2]))
    served |= {"ts": {"S": str(T0)}, "seq": {"S": number}, **changes}
    put(world, "LATEST#BTC-USD", "trade#coinbase", "market", **{n: v for n, v in served.items() if v is not None})


def relabel(world: World, key: tuple[str, str, str], **keys: str) -> None:
    item = world.model.items.pop(key)
    moved = {**item, **{name: {"S": value} for name, value in keys.items()}}
    world.model.items[key[0], moved["pk"]["S"], moved["sk"]["S"]] = moved


def stream(world: World, **more: Item) -> None:
    state = {"ver": {"N": "1"}, "new": {"S": "7"}, "ts": {"S": str(T0)}, "mis": {"S": ""}, "fresh": {"S": ""}}
    put(world, "STREAM#coinbase#x", "state", "market", **{**state, **more})


def shift_salt(world: World, letters: int) -> None:
    """Move letters from the body to the salt, so that both together are the same bytes."""
    item = world.model.items[record(world)]
    body, salt = item["body"]["S"].encode(), item["salt"]["B"]
    edit(world, record(world), body={"S": body[letters:].decode()}, salt={"B": salt + body[:letters]})


def log_twice(world: World) -> None:
    """Store a second record of an event that was recorded, and set the first one back to it."""
    done = world.write(world.writer(), world.decision(900, body='{"price":"1"}'))[0]
    key = next(key for key in items(world, "trade#", table="market") if key[2].endswith("#" + f"{900:020d}"))
    edit(world, key, body={"S": '{"price":"2"}'})
    assert done.lane
    world.seal()


def seal_after(world: World, change: Callable[[World], object]) -> None:
    change(world)
    world.seal()


def future_lane(world: World, hours: int) -> None:
    hour = hour_of(world.now + hours * HOUR)
    new_lane(world, f"{hour}.lambda-trade-dev.{MARK}", ts=f"{world.now:019d}")


def swap_objects(world: World, one: str, two: str) -> None:
    files = world.bucket.files
    first, second = (
        max((path for path in files if path.startswith(prefix)), key=lambda path: int(path.rpartition("/")[2]))
        for prefix in (one, two)
    )
    files[first], files[second] = files[second], files[first]


def set_line(world: World, at: int, change: Callable[[str], str]) -> None:
    world.lines[at] = replace(world.lines[at], text=change(world.lines[at].text))


def exchange_checkpoints(world: World) -> None:
    one, two = items(world, "C", "0")[:2]
    relabel(world, one, sk="x")
    relabel(world, two, sk=one[2])
    relabel(world, ("audit", "C", "x"), sk=two[2])


# ruff: noqa: E501 - an attack is a line of a table
LIVE: dict[str, tuple[Callable[[World], object], set[Attack]]] = {
    "a record in an index's keys under the name of a stream's state": (
        lambda w: stream(w, st_pk={"S": "BTC-USD#trade#2025112306"}, st_sk={"S": "1"}, body={"S": "{}"}), {A.RECORD_INSERTED, A.ALIEN_ITEM}),
    "a stream's state with a body": (lambda w: stream(w, body={"S": "{}"}), {A.RECORD_INSERTED, A.ALIEN_ITEM}),
    "a stream's state with a time to live": (lambda w: stream(w, ttl={"N": "1"}), {A.RECORD_INSERTED, A.ALIEN_ITEM}),
    "a stream's state of another type": (lambda w: stream(w, new={"M": {"x": {"S": "y"}}}), {A.RECORD_INSERTED, A.ALIEN_ITEM}),
    "a newest record with an index's keys": (
        lambda w: newest(w, st_pk={"S": "BTC-USD#trade#2025112306"}, st_sk={"S": "1"}), {A.LATEST_FORGED, A.ATTRIBUTE_ADDED}),
    "a newest record with a time to live": (lambda w: newest(w, ttl={"N": "1"}), {A.LATEST_FORGED, A.ATTRIBUTE_ADDED}),
    "a newest record with a second body": (lambda w: newest(w, body2={"S": "{}"}), {A.LATEST_FORGED, A.ATTRIBUTE_ADDED}),
    "a newest record that says it has parts": (lambda w: newest(w, parts={"N": "2"}), {A.LATEST_FORGED, A.ATTRIBUTE_ADDED}),
    "a newest record without a reference": (
        lambda w: newest(w, a_lane=None, a_seq=None, a_hash=None), {A.LATEST_FORGED, A.RECORD_INSERTED}),
    "a newest record of a symbol in lower case": (
        lambda w: (newest(w), copy(w, ("market", "LATEST#BTC-USD", "trade#coinbase"), "LATEST#btc-usd", "trade#coinbase")), {A.LATEST_FORGED}),
    "a newest record with its rank as a number": (lambda w: newest(w, ts={"N": str(T0)}), {A.LATEST_FORGED}),
    "a newest record with blanks around its rank": (lambda w: newest(w, ts={"S": f" {T0}"}), {A.LATEST_FORGED}),
    "a newest record with an underscore in its rank": (lambda w: newest(w, ts={"S": f"{str(T0)[:4]}_{str(T0)[4:]}"}), {A.LATEST_FORGED}),
    "a newest record with its rank in other digits": (
        lambda w: newest(w, ts={"S": str(T0).translate({48 + i: 0x660 + i for i in range(10)})}), {A.LATEST_FORGED}),
    "a newest record whose rank has a zero in front": (lambda w: newest(w, ts={"S": f"0{T0}"}), {A.LATEST_FORGED}),
    "the salt takes the first letters of the body": (lambda w: shift_salt(w, 3), {A.RECORD_EDITED}),
    "the salt takes the whole body": (lambda w: shift_salt(w, 10**6), {A.RECORD_EDITED}),
    "a body as bytes": (lambda w: edit(w, record(w), body={"B": w.model.items[record(w)]["body"]["S"].encode()}), {A.RECORD_EDITED}),
    "a body behind another of its form": (log_twice, {A.RECORD_EDITED}),
    "a record with its only item numbered": (lambda w: edit(w, record(w), a_item={"N": "00"}), {A.RECORD_EDITED, A.RECORD_INSERTED, A.RECORD_DELETED}),
    "a record with its only item numbered zero": (lambda w: edit(w, record(w), a_item={"N": "0"}), {A.RECORD_EDITED, A.RECORD_INSERTED, A.RECORD_DELETED}),
    "a record whose place is written with a sign": (lambda w: edit(w, record(w), a_seq={"N": "+0"}), {A.RECORD_EDITED, A.RECORD_INSERTED, A.RECORD_DELETED}),
    "a record whose place is text": (lambda w: edit(w, record(w), a_seq={"S": w.model.items[record(w)]["a_seq"]["N"]}), {A.RECORD_EDITED, A.RECORD_INSERTED, A.RECORD_DELETED}),
    "a record whose lane is bytes": (lambda w: edit(w, record(w), a_lane={"B": w.model.items[record(w)]["a_lane"]["S"].encode()}), {A.RECORD_EDITED, A.RECORD_INSERTED, A.RECORD_DELETED}),
    "a record whose salt is text": (lambda w: edit(w, record(w), salt={"S": w.model.items[record(w)]["salt"]["B"].hex()}), {A.RECORD_EDITED}),
    "a record without a salt": (lambda w: edit(w, record(w), salt=None), {A.RECORD_EDITED, A.RECORD_DELETED}),
    "a record that says it has parts": (lambda w: edit(w, record(w), parts={"N": "2"}), {A.RECORD_EDITED}),
    "a part of a record that has none": (
        lambda w: put(w, record(w)[1], record(w)[2] + "#p0001", "market", body={"S": "more"}), {A.RECORD_INSERTED}),
    "a conflict that nobody met": (
        lambda w: copy(w, record(w), f"CONFLICT#{record(w)[1]}", record(w)[2] + "#evt#" + "0" * 16), {A.RECORD_EDITED, A.RECORD_INSERTED}),
    "a gap that nobody saw": (
        lambda w: put(w, "GAP#coinbase#20251123", "1#GAP#x#1-2", "market", body={"S": "{}"}, evt={"S": "e"}, rcv={"S": str(T0)}), {A.RECORD_INSERTED}),
    "a lane of an hour to come": (lambda w: (future_lane(w, 5), w.seal()), {A.LANE_INSERTED, A.FUTURE_TIME, A.CLOCK_WRONG, A.ALIEN_ITEM}),
    "a lane of a year to come": (lambda w: (future_lane(w, 24 * 365), w.seal()), {A.LANE_INSERTED, A.FUTURE_TIME, A.CLOCK_WRONG, A.ALIEN_ITEM}),
    "a lane that goes on after its hour's grace": (
        lambda w: (w.__setattr__("now", w.now + 5 * HOUR), w.seal(), forge(w, lane_of(w)), w.seal()), {A.ENTRY_INSERTED}),
    "an entry that names another function": (lambda w: (forge(w, first_lane(w), fn="lambda-other-dev"), w.seal()), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry that opens its lane again": (
        lambda w: (forge(w, first_lane(w), gen={"code_sha256": "ab" * 32, "prior": None, "reason": "start", "version": "0.1.0"}), w.seal()),
        {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry with a time of eighteen digits": (lambda w: (forge(w, first_lane(w), ts=f"{w.now:019d}"[1:]), w.seal()), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "two checkpoints exchanged with their keys": (exchange_checkpoints, {A.CHECKPOINT_DAMAGED}),
    "a leaf tile in place of an entry bundle": (lambda w: swap_objects(w, "tile/0/", "tile/entries/"), {A.TILE_DAMAGED}),
    "a SEAL leaf whose place was moved on": (
        lambda w: edit(w, items(w, "C", "LEAF#")[-1], b={"B": w.model.items[items(w, "C", "LEAF#")[-1]]["b"]["B"].replace(b'"more":false', b'"more":true,"place":["~","~"]')}),
        {A.CONTROL_DAMAGED, A.ALIEN_ITEM}),
    "a head with a place of its own": (
        lambda w: edit(w, ("audit", "C", "HEAD"), place={"S": "2025112307.~"}), {A.ALIEN_ITEM}),
    "a page of nobody beside the head": (lambda w: put(w, "C", "LANES#" + "0" * 64, b={"B": b"x"}), {A.ALIEN_ITEM}),
    "a page of the head that holds what its name says, and is not the head's": (
        lambda w: put(w, "C", "LANES#" + entry_hash(b"").hex(), b={"B": b"x"}), {A.ALIEN_ITEM}),
    "a line with blanks in front": (lambda w: set_line(w, 3, lambda text: "\u00a0" + text), {A.LINE_MISSING, A.LINE_FORGED, A.ALIEN_ITEM}),
    "a line whose entry has an escape": (
        lambda w: set_line(w, 3, lambda text: text.replace('"act"', '"\\u0061ct"', 1)), {A.LINE_MISSING, A.LINE_FORGED}),
    "a list that has a lane in two shards": (
        lambda w: put(w, f"E#{lane_of(w)[:10]}#{(int(lane_of(w)[-1], 16) + 1) % 8}", lane_of(w)), {A.ALIEN_ITEM}),
    "a list of an hour in a ninth shard": (lambda w: put(w, f"E#{lane_of(w)[:10]}#8", lane_of(w)), {A.ALIEN_ITEM}),
}  # fmt: skip


FOUND_FIRST = [
    name for name in LIVE if re.search("stream's state|newest record (with|that)|newest record whose|with a sign", name)
]
"""Kinds of which most were VERIFIED when they were tried first."""


@pytest.mark.parametrize("name", LIVE if SOAKING else sorted({*FOUND_FIRST[::2], *list(LIVE)[::5]}))
def test_what_was_done_to_live_stores_is_named(name: str, tmp_path: Path) -> None:
    attack, names = LIVE[name]
    world = populated(1)
    attack(world)
    world.now += MINUTE
    report = audited(world, tmp_path / "export")
    assert report.verdict in {Verdict.TAMPERED, Verdict.WITNESS_GAP}, [*report.notes, *map(str, report.findings)]
    assert (report.verdict is Verdict.TAMPERED) or A.LINE_MISSING in names
    assert {one.attack for one in report.findings} & names, [str(one) for one in report.findings]


def test_the_newest_record_and_the_count_of_a_stream_that_writers_write_are_sound(tmp_path: Path) -> None:
    world = populated(1)
    newest(world)
    stream(world)
    world.now += MINUTE
    report = audited(world, tmp_path / "export")
    assert report.verdict is Verdict.VERIFIED, [str(one) for one in report.findings]


def test_there_are_enough_of_them() -> None:
    assert len(LIVE) >= 45
    assert len(FOUND_FIRST) == 15


@pytest.mark.parametrize("text", ["+0", "00", " 0", "0 ", "0_0", "0.0", "0e0", "-0", "\u0660", "", "1" * 5_000])
def test_a_number_that_dynamodb_does_not_write_so_cites_no_entry(text: str) -> None:
    with pytest.raises(ValueError, match=r"a_seq|invalid literal"):
        record_key({"a_lane": {"S": "x"}, "a_seq": {"N": text}})


def test_a_signature_of_nobody_beside_the_logs_own_says_nothing_either_way(tmp_path: Path) -> None:
    """Signed notes may carry any; who reads one looks for the keys that he knows."""
    world = populated(1)
    key = items(world, "C", "0")[1]
    edit(world, key, note={"S": world.model.items[key]["note"]["S"] + "\u2014 nobody AAAAAAAA\n"})
    world.now += MINUTE
    assert audited(world, tmp_path / "export").verdict is Verdict.VERIFIED
