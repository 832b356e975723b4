"""Attacks on live tables, bucket and lines by somebody with every permission, each with what it must be found as."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.canonical import canonical
from tapeproof.log.entry import entry_hash, genesis
from tapeproof.log.head import Head
from tapeproof.verifier.findings import Attack, Verdict
from tests.unit.log.world import HOUR, MINUTE, ORIGIN, T0, World, populated, verified
from tests.unit.verifier.forging import first_lane, forge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A = Attack
Item = dict[str, Any]


def items(world: World, pk: str, sk: str = "") -> list[tuple[str, str, str]]:
    """Return the keys of the audit table's items that begin so, in order."""
    return sorted(
        key for key in world.model.items if key[0] == "audit" and key[1].startswith(pk) and key[2].startswith(sk)
    )


def records(world: World) -> list[tuple[str, str, str]]:
    return sorted(key for key in world.model.items if key[0] == "market")


def edit(world: World, key: tuple[str, str, str], **changes: Item | None) -> None:
    item = {**world.model.items[key], **changes}
    world.model.items[key] = {name: value for name, value in item.items() if value is not None}


def rewrite(world: World, key: tuple[str, str, str], old: bytes, new: bytes) -> None:
    data = re.sub(old, new, world.model.items[key]["b"]["B"], count=1)
    edit(world, key, b={"B": data}, h={"B": entry_hash(data)})


def move(world: World, key: tuple[str, str, str], **keys: str) -> None:
    item = world.model.items.pop(key)
    item = {**item, **{name: {"S": value} for name, value in keys.items()}}
    world.model.items["audit", item["pk"]["S"], item["sk"]["S"]] = item


def new_lane(world: World, lane: str, *, listed: bool = True, **members: Any) -> None:  # noqa: ANN401 - any member
    """Put a lane of one entry, sound in itself."""
    first = world.model.items[items(world, "L#", "0000000000")[0]]
    told = {**json.loads(first["b"]["B"]), "_lane": lane, "_prev": genesis(ORIGIN, lane), "fn": lane.split(".")[1]}
    data = canonical({**told, **members})
    keys = {"pk": {"S": f"L#{lane}"}, "sk": {"S": "0" * 10}}
    world.model.items["audit", f"L#{lane}", "0" * 10] = {**keys, "b": {"B": data}, "h": {"B": entry_hash(data)}}
    if listed:
        pk = f"E#{lane[:10]}#{int(lane[-1], 16) % 8}"
        world.model.items["audit", pk, lane] = {"pk": {"S": pk}, "sk": {"S": lane}}


def head(world: World, **changes: Any) -> None:  # noqa: ANN401 - any field
    old = Head.from_item(world.model.items["audit", "C", "HEAD"])
    world.model.items["audit", "C", "HEAD"] = replace(old, **changes).item()


def tile(world: World, prefix: str, change: Callable[[bytes], bytes]) -> None:
    path = max(path for path in world.bucket.files if path.startswith(prefix))
    world.bucket.files[path] = change(world.bucket.files[path])


def drop(world: World, keys: list[tuple[str, str, str]]) -> None:
    for key in keys:
        del world.model.items[key]


def put_record(world: World, **attributes: Item) -> None:
    item = {"pk": {"S": "trade#x"}, "sk": {"S": "1"}, "body": {"S": "{}"}, "salt": {"B": b"x" * 16}}
    world.model.items["market", "trade#x", "1"] = {**item, "a_pay": {"B": bytes(32)}, **attributes}


def cite(world: World, lane: str, seq: int) -> dict[str, Item]:
    digest = world.model.items["audit", f"L#{lane}", f"{seq:010d}"]["h"]
    return {"a_lane": {"S": lane}, "a_seq": {"N": str(seq)}, "a_hash": digest}


def repeat_line(world: World, change: Callable[[str], str]) -> None:
    line = world.lines[5]
    entry = change(line.text.partition(',"b":')[2][:-2])
    digest = entry_hash(entry.encode()).hex()
    world.lines.append(replace(line, text=f'{{"audit":{{"h":"{digest}","b":{entry}}}}}'))


LANE = "2025112306.lambda-trade-dev." + "e" * 32
NEW = f"2025112308.lambda-trade-dev.{'d' * 32}"
CLOSE, SEAL = rb'"act":"CLOSE"', rb'"act":"SEAL"'


def control(world: World, act: bytes) -> tuple[str, str, str]:
    return next(key for key in items(world, "C", "LEAF#") if act in world.model.items[key]["b"]["B"])


def swap_salts(world: World) -> None:
    first, second = records(world)[:2]
    salts = world.model.items[first]["salt"], world.model.items[second]["salt"]
    edit(world, first, salt=salts[1])
    edit(world, second, salt=salts[0])


def swap_bodies(world: World) -> None:
    first, second = records(world)[:2]
    one, two = world.model.items[first], world.model.items[second]
    names = ("body", "salt", "a_pay")
    edit(world, first, **{name: two[name] for name in names})
    edit(world, second, **{name: one[name] for name in names})


def swap_notes(world: World) -> None:
    first, second = items(world, "C", "0")[:2]
    notes = world.model.items[first]["note"], world.model.items[second]["note"]
    edit(world, first, note=notes[1])
    edit(world, second, note=notes[0])


def forge_late(world: World, **members: Any) -> None:  # noqa: ANN401 - any member
    forge(world, first_lane(world), **members)
    world.seal()


ATTACKS: dict[str, tuple[Callable[[World], object], set[Attack]]] = {
    "a stored hash of another entry": (lambda w: edit(w, items(w, "L#")[0], h={"B": bytes(32)}), {A.ENTRY_EDITED}),
    "an entry without its hash": (lambda w: edit(w, items(w, "L#")[1], h=None), {A.ENTRY_EDITED}),
    "an entry without bytes": (lambda w: edit(w, items(w, "L#")[1], b=None), {A.ENTRY_EDITED, A.ENTRY_DELETED}),
    "an attribute with an empty name's neighbour": (
        lambda w: edit(w, items(w, "L#")[2], note={"S": "hello"}),
        {A.ATTRIBUTE_ADDED},
    ),
    "another time in an entry": (lambda w: rewrite(w, items(w, "L#")[3], rb'"ts":"1', rb'"ts":"2'), {A.ENTRY_REHASHED}),
    "another event in the last entry": (
        lambda w: rewrite(w, items(w, "L#")[5], rb'"evt":"evt', rb'"evt":"etv'),
        {A.ENTRY_REHASHED, A.LANE_REWRITTEN},
    ),
    "a lane struck from its list": (lambda w: drop(w, items(w, "E#")[:1]), {A.LISTING_DELETED}),
    "a lane on the list of another shard": (
        lambda w: move(w, items(w, "E#")[0], pk="E#2025112306#" + str((int(items(w, "E#")[0][1][-1]) + 1) % 8)),
        {A.LISTING_DELETED, A.ALIEN_ITEM},
    ),
    "a lane on the list of another hour": (
        lambda w: move(w, items(w, "E#")[0], pk="E#2025112309" + items(w, "E#")[0][1][12:]),
        {A.LISTING_DELETED, A.ALIEN_ITEM},
    ),
    "a name listed without an entry": (
        lambda w: w.model.items.update(
            {("audit", "E#2025112306#6", LANE): {"pk": {"S": "E#2025112306#6"}, "sk": {"S": LANE}}}
        ),
        {A.LANE_DELETED},
    ),
    "an entry moved far behind": (
        lambda w: move(w, items(w, "L#")[5], sk="0000009999"),
        {A.LANE_TRUNCATED, A.ENTRY_DUPLICATED},
    ),
    "an entry stored twice under two forms of its sequence": (
        lambda w: w.model.items.update(
            {("audit", items(w, "L#")[0][1], "0"): {**w.model.items[items(w, "L#")[0]], "sk": {"S": "0"}}}
        ),
        {A.ALIEN_ITEM},
    ),
    "the first entry of a lane gone": (lambda w: drop(w, items(w, "L#", "0000000000")[:1]), {A.ENTRY_DELETED}),
    "every lane of an hour gone": (
        lambda w: drop(w, items(w, "L#2025112306") + items(w, "E#2025112306")),
        {A.LANE_DELETED},
    ),
    "a new lane in a closed hour": (lambda w: new_lane(w, LANE), {A.LANE_INSERTED}),
    "a new lane under another origin": (
        lambda w: (new_lane(w, NEW, _prev=genesis("other", NEW), ts=f"{w.now:019d}"), w.seal()),
        {A.CHAIN_BROKEN, A.LANE_INSERTED, A.ENTRY_EDITED},
    ),
    "a new lane of a time outside its hour": (lambda w: (new_lane(w, NEW, ts=f"{T0:019d}"), w.seal()), {A.CLOCK_WRONG}),
    "a new lane that cites another's head": (
        lambda w: (
            new_lane(
                w,
                NEW,
                ts=f"{w.now:019d}",
                gen={
                    "code_sha256": "",
                    "version": "",
                    "reason": "hour",
                    "prior": {"hash": "0" * 64, "lane": items(w, "L#")[0][1][2:], "seq": 1},
                },
            ),
            w.seal(),
        ),
        {A.ENTRY_INSERTED, A.LANE_TRUNCATED},
    ),
    "a duplicate of an entry that is not there": (
        lambda w: forge_late(w, act="DUPLICATE", obs={"first": {"lane": LANE, "seq": 3}}),
        {A.ENTRY_DELETED},
    ),
    "a batch that says another number": (lambda w: forge(w, first_lane(w), act="BATCH", items=[], n=0), set()),
    "a batch whose root is not over its items": (
        lambda w: forge(
            w, first_lane(w), lambda data: re.sub(rb'"act":"RECORDED","evt":"[^"]*",', rb'"act":"BATCH",', data)
        ),
        {A.ENTRY_MALFORMED},
    ),
    "an entry of the next hour in this hour's lane": (
        lambda w: forge_late(w, ts=f"{w.now + HOUR:019d}"),
        {A.CLOCK_WRONG},
    ),
    "a record's index key": (lambda w: edit(w, records(w)[0], st_pk={"S": "x"}), {A.RECORD_EDITED}),
    "a record under another key": (
        lambda w: w.model.items.update(
            {("market", "x", "y"): {**w.model.items.pop(records(w)[0]), "pk": {"S": "x"}, "sk": {"S": "y"}}}
        ),
        {A.RECORD_EDITED},
    ),
    "a copy of a record under another key": (
        lambda w: w.model.items.update(
            {("market", "x", "y"): {**w.model.items[records(w)[0]], "pk": {"S": "x"}, "sk": {"S": "y"}}}
        ),
        {A.RECORD_EDITED},
    ),
    "two records' salts exchanged": (swap_salts, {A.RECORD_EDITED}),
    "two records' bodies exchanged": (swap_bodies, {A.RECORD_EDITED}),
    "a record without its reference": (
        lambda w: edit(w, records(w)[0], a_lane=None, a_seq=None),
        {A.RECORD_INSERTED, A.RECORD_DELETED},
    ),
    "a record of an entry that has one": (
        lambda w: put_record(w, **cite(w, items(w, "L#")[0][1][2:], 0)),
        {A.RECORD_EDITED, A.RECORD_INSERTED},
    ),
    "a record that cites a lane of nobody": (
        lambda w: put_record(w, a_lane={"S": LANE}, a_seq={"N": "0"}, a_hash={"B": bytes(32)}),
        {A.RECORD_INSERTED},
    ),
    "a record with a part too many": (
        lambda w: put_record(w, **cite(w, items(w, "L#")[0][1][2:], 0), a_part={"N": "1"}),
        {A.RECORD_EDITED},
    ),
    "a record's body cut": (
        lambda w: edit(w, records(w)[3], body={"S": w.model.items[records(w)[3]]["body"]["S"][:-1]}),
        {A.RECORD_EDITED},
    ),
    "a line of another entry": (
        lambda w: repeat_line(w, lambda text: text.replace('"src":"m', '"src":"n')),
        {A.LINE_FORGED},
    ),
    "a line of a lane of nobody": (
        lambda w: repeat_line(w, lambda text: text.replace('"_lane":"20251123', '"_lane":"20241123')),
        {A.LINE_UNMATCHED},
    ),
    "a CLOSE leaf of another count": (
        lambda w: rewrite(w, control(w, CLOSE), rb'"entries":\d+', rb'"entries":1'),
        {A.CONTROL_DAMAGED},
    ),
    "a SEAL leaf of another time": (
        lambda w: rewrite(w, control(w, SEAL), rb'"ts":"1', rb'"ts":"2'),
        {A.CONTROL_DAMAGED},
    ),
    "a control leaf gone": (lambda w: drop(w, [control(w, CLOSE)]), {A.CONTROL_DAMAGED}),
    "a control leaf beyond the log": (
        lambda w: w.model.items.update(
            {
                ("audit", "C", f"LEAF#{10**9:016d}"): {
                    **w.model.items[control(w, SEAL)],
                    "sk": {"S": f"LEAF#{10**9:016d}"},
                }
            }
        ),
        set(),
    ),
    "two checkpoints exchanged": (swap_notes, {A.CHECKPOINT_DAMAGED}),
    "a checkpoint of another root": (
        lambda w: edit(
            w,
            items(w, "C", "0")[1],
            note={"S": w.model.items[items(w, "C", "0")[1]]["note"]["S"].replace("\n", "\n", 1)[:-9] + "AAAAAAA=\n"},
        ),
        {A.FOREIGN_SIGNATURE, A.CHECKPOINT_DAMAGED, A.CHECKPOINT_MISSING},
    ),
    "the head at an older size": (lambda w: edit(w, items(w, "C", "HEAD")[0], published={"N": "1"}), set()),
    "the head of an hour that is not closed": (lambda w: head(w, closed="2025112309"), {A.HEAD_FORGED}),
    "the head gone": (lambda w: drop(w, items(w, "C", "HEAD")), {A.WIPED}),
    "a tile of zeros": (lambda w: tile(w, "tile/0/", lambda data: bytes(len(data))), {A.TILE_DAMAGED}),
    "a bundle cut off": (lambda w: tile(w, "tile/entries/", lambda data: data[:-5]), {A.TILE_DAMAGED}),
    "a bundle of other entries": (
        lambda w: tile(w, "tile/entries/", lambda data: data.replace(b"coinbase", b"coinbosh", 1)),
        {A.TILE_DAMAGED},
    ),
    "the public checkpoint set back": (
        lambda w: w.bucket.files.update(checkpoint=w.model.items[items(w, "C", "0")[0]]["note"]["S"].encode()),
        {A.CHECKPOINTS_DELETED},
    ),
    "an item of the log's own that it never writes": (
        lambda w: w.model.items.update({("audit", "C", "SEAL"): {"pk": {"S": "C"}, "sk": {"S": "SEAL"}}}),
        {A.ALIEN_ITEM},
    ),
    "a page of cursors that is not what its name says": (
        lambda w: w.model.items.update(
            {
                ("audit", "C", "LANES#" + "0" * 64): {
                    "pk": {"S": "C"},
                    "sk": {"S": "LANES#" + "0" * 64},
                    "b": {"B": b"x"},
                }
            }
        ),
        {A.ALIEN_ITEM},
    ),
}
HARMLESS = {"the head at an older size", "a control leaf beyond the log"}
"""What changes nothing that anybody is served: it may be passed over, and must never stop the verifier."""


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) - len(HARMLESS) >= 40


@pytest.mark.parametrize("name", ATTACKS)
def test_what_somebody_with_every_permission_did_is_named(name: str, tmp_path: Path) -> None:
    attack, names = ATTACKS[name]
    world = populated(1)
    attack(world)
    world.now += MINUTE
    report = verified(world, tmp_path / "export")
    found = {one.attack for one in report.findings}
    assert report.verdict is Verdict.TAMPERED or name in HARMLESS, report.notes
    assert found & names or not names, [str(one) for one in report.findings]
