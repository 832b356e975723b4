"""A sixth list: tables of other shapes, and what honest operation makes of a log; each expectation came first."""

from __future__ import annotations

import copy as copying
import json
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.log.merkle import Frontier
from tapeproof.verifier.findings import Attack, Verdict
from tests.effort import SOAKING
from tests.unit.log.world import MINUTE, T0, World, populated
from tests.unit.verifier.forging import first_lane, forge, head_of, put_head
from tests.unit.verifier.test_fourth_attacks import BODY, DAY, NEWEST, recent
from tests.unit.verifier.test_own_attacks import new_lane
from tests.unit.verifier.test_second_attacks import audited, copy, edit, items, put, record
from tests.unit.verifier.test_third_attacks import MARK, entry, newest, stream

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A = Attack
Item = dict[str, Any]
OTHER = "trade#coinbase#ETH-USD#20251123"


def control(world: World, act: str) -> tuple[str, str, str]:
    """Return the key of the first control leaf of a kind."""
    told = f'"act":"{act}"'.encode()
    return next(key for key in items(world, "C", "LEAF#") if told in world.model.items[key]["b"]["B"])


def checkpoint(world: World, at: int = 0) -> tuple[str, str, str]:
    return items(world, "C", "0")[at]


def listing(world: World) -> tuple[str, str, str]:
    return items(world, "E#")[0]


def delta(world: World, served: str) -> None:
    """Record a quote that changes one side, and serve another text of the whole quote as the newest."""
    told = {"ask_price": "2", "ask_size": "3", "is_delta": True, "ts_event_ns": str(T0)}
    day, body = DAY.replace("trade", "quote"), json.dumps(told, separators=(",", ":"))
    arrival = {"arr": {"S": f"{T0 + 5}#e"}, "evt": {"S": "e"}, "rcv": {"S": str(T0 + 5)}}
    put_ = {"pk": {"S": day}, "sk": {"S": f"{T0}#9"}, **arrival, "body": {"S": body}}
    world.write(world.writer(), world.decision(9, body=body, key=f"{day}#9", puts=(put_,)))
    world.seal()
    item = world.model.items["market", day, f"{T0}#9"]
    cited = {name: item[name] for name in ("a_lane", "a_seq", "a_hash", "rcv")}
    whole = {"body": {"S": served}, "ord": item["arr"], "ts": {"S": str(T0)}}
    put(world, "LATEST#BTC-USD", "quote#coinbase", "market", **cited, **whole)


def whole(**changes: Any) -> str:  # noqa: ANN401 - any JSON value
    told = {"ask_price": "2", "ask_size": "3", "bid_price": "1", "bid_size": "9", "ts_event_ns": str(T0)}
    return json.dumps({**told, **changes})


def served(**changes: Item | None) -> Callable[[World], None]:
    def do(world: World) -> None:
        recent(world)
        edit(world, NEWEST, **changes)

    return do


def exchange(one: Callable[[World], Any], two: Callable[[World], Any], *names: str) -> Callable[[World], None]:
    """Let two items take each other's attributes."""

    def do(world: World) -> None:
        first, second = world.model.items[one(world)], world.model.items[two(world)]
        mine = {name: first[name] for name in names}
        edit(world, one(world), **{name: second[name] for name in names})
        edit(world, two(world), **mine)

    return do


def as_set(world: World, name: str) -> None:
    value = world.model.items[record(world)][name]
    ((kind, content),) = value.items()
    edit(world, record(world), **{name: {f"{kind}S": [content]}})


def replicate(world: World, key: tuple[str, str, str]) -> None:
    """Give an item what global tables of version 2017.11.29 put on every item."""
    edit(world, key, **{"aws:rep:deleting": {"BOOL": False}, "aws:rep:updateregion": {"S": "us-east-1"}})


def lose_newest_seal(world: World) -> None:
    """Read a replica of the table that lags behind the bucket by one run of the sealer."""
    before = copying.deepcopy(world.model.items)
    world.write(world.writer(), world.decision())
    world.seal()
    world.model.items = before


def of_another_log(world: World, prefix: str) -> None:
    """Mix in the items of another log under the same origin, as a restored table of another stage has them."""
    other = populated(1)
    for key, item in other.model.items.items():
        if key[1].startswith(prefix) and key not in world.model.items:
            world.model.items[key] = item


def set_back(world: World, *prefixes: str, minutes: int = 1) -> None:
    """Restore some kinds of items to a point in time before the newest minutes."""
    before = copying.deepcopy(world.model.items)
    for _ in range(minutes):
        world.write(world.writer(), world.decision())
        world.seal()
    for key in [key for key in world.model.items if any(f"{key[0]} {key[1]}".startswith(one) for one in prefixes)]:
        if key in before:
            world.model.items[key] = before[key]
        else:
            del world.model.items[key]


def hide_in_listing(world: World) -> None:
    put(world, "E#2025112306", "x" * 40)


def rerun_as(world: World, **changes: object) -> None:
    """Append an entry again behind itself, with changes."""
    forge(world, first_lane(world), **changes)
    world.seal()


# ruff: noqa: E501 - an attack is a line of a table
LIVE: dict[str, tuple[Callable[[World], object], set[Attack]]] = {
    # kinds of items and types of attributes
    "a body as a set of one text": (lambda w: as_set(w, "body"), {A.RECORD_EDITED}),
    "a salt as a set of one": (lambda w: as_set(w, "salt"), {A.RECORD_EDITED}),
    "a lane of a record as a set": (lambda w: as_set(w, "a_lane"), {A.RECORD_INSERTED}),
    "a hash of the entry as a set": (lambda w: as_set(w, "a_hash"), {A.RECORD_EDITED}),
    "an index key as a set": (lambda w: as_set(w, "st_pk"), {A.RECORD_EDITED}),
    "an index key as a map": (lambda w: edit(w, record(w), st_pk={"M": {"S": {"S": "BTC-USD#trade#2025112306"}}}), {A.RECORD_EDITED}),
    "an index key as a list": (lambda w: edit(w, record(w), st_pk={"L": [{"S": "BTC-USD#trade#2025112306"}]}), {A.RECORD_EDITED}),
    "a record that lost its index key": (lambda w: edit(w, record(w), st_pk=None), {A.RECORD_EDITED}),
    "a record with an index's second key": (lambda w: edit(w, record(w), st_sk={"S": "0"}), {A.RECORD_EDITED}),
    "a record that is false somewhere": (lambda w: edit(w, record(w), void={"BOOL": False}), {A.RECORD_EDITED}),
    "a record with an empty text more": (lambda w: edit(w, record(w), note={"S": ""}), {A.RECORD_EDITED}),
    "a record with an attribute that has a name of blanks": (lambda w: edit(w, record(w), **{" ": {"S": "x"}}), {A.RECORD_EDITED}),
    "a record with an attribute whose name has a percent sign": (lambda w: edit(w, record(w), **{"%s%n": {"S": "x"}}), {A.RECORD_EDITED}),
    "a record with an attribute whose name has a quotation mark": (lambda w: edit(w, record(w), **{'x":"': {"S": "x"}}), {A.RECORD_EDITED}),
    "a body that ends with NUL bytes": (lambda w: edit(w, record(w), body={"S": w.model.items[record(w)]["body"]["S"] + "\0"}), {A.RECORD_EDITED}),
    "a body with another form of the same letters": (lambda w: edit(w, record(w), body={"S": w.model.items[record(w)]["body"]["S"].replace("price", "pr\u0131ce")}), {A.RECORD_EDITED}),
    "a sort key in other digits": (lambda w: copy(w, record(w), record(w)[1], record(w)[2].translate({48 + i: 0xFF10 + i for i in range(10)})), {A.RECORD_EDITED, A.RECORD_INSERTED}),
    "a record of another day under this day": (lambda w: copy(w, record(w), record(w)[1].replace("23", "24"), record(w)[2]), {A.RECORD_EDITED, A.RECORD_INSERTED}),
    "two records that exchanged their references": (exchange(record, lambda w: record(w, 7), "a_lane", "a_seq", "a_hash"), {A.RECORD_EDITED, A.RECORD_INSERTED, A.RECORD_DELETED}),
    "two records that exchanged all that is hashed": (exchange(record, lambda w: record(w, 7), "body", "salt", "a_pay"), {A.RECORD_EDITED}),
    "an entry's hash as text": (lambda w: edit(w, entry(w), h={"S": w.model.items[entry(w)]["h"]["B"].hex()}), {A.ENTRY_EDITED, A.ENTRY_REHASHED, A.ENTRY_MALFORMED}),
    "an entry's hash as a set": (lambda w: edit(w, entry(w), h={"BS": [w.model.items[entry(w)]["h"]["B"]]}), {A.ENTRY_EDITED, A.ENTRY_REHASHED, A.ENTRY_MALFORMED}),
    "an entry's bytes as nothing": (lambda w: edit(w, entry(w), b={"NULL": True}), {A.ENTRY_EDITED, A.ENTRY_DELETED}),
    "an entry with a NUL byte behind it": (lambda w: edit(w, entry(w), b={"B": w.model.items[entry(w)]["b"]["B"] + b"\0"}), {A.ENTRY_EDITED, A.ENTRY_REHASHED, A.ENTRY_MALFORMED}),
    "an entry with a replica's attributes": (lambda w: replicate(w, entry(w)), {A.ATTRIBUTE_ADDED}),
    "a record with a replica's attributes": (lambda w: replicate(w, record(w)), {A.RECORD_EDITED}),
    "a checkpoint with a replica's attributes": (lambda w: replicate(w, checkpoint(w)), {A.ALIEN_ITEM}),
    "a control leaf with a replica's attributes": (lambda w: replicate(w, control(w, "CLOSE")), {A.ALIEN_ITEM}),
    "a head with a replica's attributes": (lambda w: replicate(w, ("audit", "C", "HEAD")), {A.ALIEN_ITEM}),
    "a listing with a replica's attributes": (lambda w: replicate(w, listing(w)), {A.ALIEN_ITEM, A.LISTING_DELETED}),
    "a listing with a time to live": (lambda w: edit(w, listing(w), ttl={"N": "1"}), {A.ALIEN_ITEM, A.LISTING_DELETED}),
    "a list without a shard": (hide_in_listing, {A.ALIEN_ITEM}),
    "a checkpoint with another key's id": (lambda w: edit(w, checkpoint(w), key_id={"S": "00000000"}), {A.ALIEN_ITEM}),
    "a checkpoint with its key's id as bytes": (lambda w: edit(w, checkpoint(w), key_id={"B": b"x"}), {A.ALIEN_ITEM}),
    "a checkpoint as bytes": (lambda w: edit(w, checkpoint(w), note={"B": w.model.items[checkpoint(w)]["note"]["S"].encode()}), {A.ALIEN_ITEM, A.CHECKPOINT_MISSING}),
    "a control leaf as text": (lambda w: edit(w, control(w, "CLOSE"), b={"S": w.model.items[control(w, "CLOSE")]["b"]["B"].decode()}), {A.ALIEN_ITEM, A.CONTROL_DAMAGED}),
    "a control leaf without its hash": (lambda w: edit(w, control(w, "CLOSE"), h=None), {A.ALIEN_ITEM}),
    "a CLOSE leaf in place of a SEAL leaf": (lambda w: edit(w, control(w, "SEAL"), b=w.model.items[control(w, "CLOSE")]["b"]), {A.CONTROL_DAMAGED}),
    "two control leaves exchanged": (exchange(lambda w: control(w, "CLOSE"), lambda w: control(w, "SEAL"), "b", "h"), {A.CONTROL_DAMAGED}),
    "a stored checkpoint of 16 digits that begin with a one": (lambda w: copy(w, checkpoint(w), "C", "1000000000000000"), {A.ALIEN_ITEM}),
    "a stored checkpoint of 15 digits": (lambda w: copy(w, checkpoint(w), "C", "0" * 15), {A.ALIEN_ITEM}),
    "a leaf of 17 digits": (lambda w: copy(w, control(w, "CLOSE"), "C", "LEAF#" + "0" * 17), {A.ALIEN_ITEM}),
    "a second head in small letters": (lambda w: copy(w, ("audit", "C", "HEAD"), "C", "head"), {A.ALIEN_ITEM}),
    "a head in another partition": (lambda w: copy(w, ("audit", "C", "HEAD"), "c", "HEAD"), {A.ALIEN_ITEM}),
    "a request of an hour that the log never had": (lambda w: put(w, "C", "PRUNE#2031010100", entries={"N": "0"}, export={"S": "0" * 64}, by={"S": "x"}, close={"N": "13"}), {A.REQUEST_FORGED}),
    "a request with a count as text": (lambda w: put(w, "C", "PRUNE#2025112306", entries={"S": "12"}, export={"S": "0" * 64}, by={"S": "x"}), {A.ALIEN_ITEM}),
    "a request that cites a SEAL leaf": (lambda w: put(w, "C", "PRUNE#2025112306", entries={"N": "12"}, export={"S": "0" * 64}, by={"S": "x"}, close={"N": "14"}), {A.REQUEST_FORGED}),
    "a request that cites an entry": (lambda w: put(w, "C", "PRUNE#2025112306", entries={"N": "12"}, export={"S": "0" * 64}, by={"S": "x"}, close={"N": "0"}), {A.REQUEST_FORGED}),
    # the head
    "a head of a version of 38 digits": (lambda w: put_head(w, version=10**38 - 1), {A.WIPED, A.ALIEN_ITEM}),
    "a head of a version below one": (lambda w: put_head(w, version=-5), {A.WIPED, A.ALIEN_ITEM}),
    "a head whose hour is an empty text": (lambda w: edit(w, ("audit", "C", "HEAD"), closed={"S": ""}), {A.HEAD_FORGED}),
    "a head whose hour has a dash more": (lambda w: edit(w, ("audit", "C", "HEAD"), closed={"S": "-" + head_of(w).closed + "--"}), set()),
    "a head with two signing keys of one": (lambda w: put_head(w, previous_key=head_of(w).key), set()),
    "a head that has lanes twice": (lambda w: edit(w, ("audit", "C", "HEAD"), cursors={"B": zlib.compress(b'{"2025112308":{},"2025112308":{}}')}), {A.HEAD_FORGED}),
    "a head that published more than it has": (lambda w: put_head(w, published=head_of(w).size + 1), {A.CHECKPOINTS_DELETED, A.HEAD_FORGED}),
    "a head of no leaves": (lambda w: put_head(w, frontier=Frontier(), published=0), {A.ROLLED_BACK, A.HEAD_FORGED}),
    # newest records
    "a newest quote that says its change's side twice": (lambda w: delta(w, whole()[:-1] + ',"ask_price":"9","ask_price":"2"}'), {A.LATEST_FORGED}),
    "a newest quote that says the carried side twice": (lambda w: delta(w, whole()[:-1] + ',"bid_price":"9"}'), {A.LATEST_FORGED}),
    "a newest quote with another side of the change": (lambda w: delta(w, whole(ask_price="9")), {A.LATEST_FORGED}),
    "a newest quote with its price as a number": (lambda w: delta(w, whole(ask_price=2)), {A.LATEST_FORGED}),
    "a newest quote with a member of nobody": (lambda w: delta(w, whole(halted=False)), {A.LATEST_FORGED}),
    "a newest quote whose carried side is an object": (lambda w: delta(w, whole(bid_price={"x": []})), {A.LATEST_FORGED}),
    "a newest record that arrived as a number": (served(rcv={"N": str(T0 + 5)}), {A.LATEST_FORGED}),
    "a newest record whose body has a blank more": (served(body={"S": BODY + " "}), {A.LATEST_FORGED}),
    "a newest record whose body says its price twice": (served(body={"S": BODY[:-1] + ',"price":"9"}'}), {A.LATEST_FORGED}),
    "a newest record whose lane is in another shape": (served(a_lane={"S": "x"}), {A.LATEST_FORGED}),
    "a newest record that lost its arrival": (served(rcv=None), {A.LATEST_FORGED}),
    "a newest record of another symbol": (lambda w: (recent(w), copy(w, NEWEST, "LATEST#ETH-USD", "trade#coinbase")), {A.LATEST_FORGED}),
    "a newest record of another venue": (lambda w: (recent(w), copy(w, NEWEST, "LATEST#BTC-USD", "trade#kraken")), {A.LATEST_FORGED}),
    "a newest record under no symbol": (lambda w: (recent(w), copy(w, NEWEST, "LATEST#", "trade#coinbase")), {A.LATEST_FORGED}),
    "a newest record of format 1 beside an arrival of format 2": (lambda w: newest(w, ord={"S": f"{T0}#e"}), {A.LATEST_FORGED}),
    "a stream's state under another sort key": (lambda w: (stream(w), copy(w, ("market", "STREAM#coinbase#x", "state"), "STREAM#coinbase#x", "State")), {A.RECORD_INSERTED}),
    "a stream's state with an empty partition's name": (lambda w: (stream(w), copy(w, ("market", "STREAM#coinbase#x", "state"), "STREAM", "state")), {A.RECORD_INSERTED}),
    # entries that a writer which was taken over chains as it should
    "an entry of a function of the same name in capitals": (lambda w: rerun_as(w, fn="LAMBDA-TRADE-DEV"), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry whose event is a number": (lambda w: rerun_as(w, evt=5), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry whose time is a number": (lambda w: rerun_as(w, ts=5), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry whose act has a line end": (lambda w: rerun_as(w, act="RECORDED\n"), {A.LINE_MISSING}),
    "an entry of version true": (lambda w: rerun_as(w, v=True), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry whose observation is a list": (lambda w: rerun_as(w, obs=[]), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry with an observation nested 400 deep": (lambda w: rerun_as(w, obs={"x": json.loads("[" * 400 + "]" * 400)}), {A.LINE_MISSING}),
    "an entry whose key has half a letter's number": (lambda w: rerun_as(w, key="a#b#c#d#\u2028e"), {A.LINE_MISSING}),
    "an entry that says which account put another's": (lambda w: rerun_as(w, obs={"account": 5}), {A.LINE_MISSING}),
    "an entry of a payload in capitals": (lambda w: rerun_as(w, pay="A" * 64), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    "an entry that opens again in the middle": (lambda w: rerun_as(w, gen={"code_sha256": "ab" * 32, "prior": None, "reason": "environment", "version": "0.1.0"}), {A.ENTRY_MALFORMED, A.CHAIN_BROKEN}),
    # whole stores
    "a replica that lags behind the bucket": (lose_newest_seal, {A.CHECKPOINTS_DELETED}),
    "the market table restored to a minute ago": (lambda w: set_back(w, "market "), {A.RECORD_DELETED}),
    "the entries restored to a minute ago": (lambda w: set_back(w, "audit L#", "audit E#"), {A.LANE_DELETED, A.LANE_TRUNCATED}),
    "the control partition restored to a minute ago": (lambda w: set_back(w, "audit C"), {A.CHECKPOINTS_DELETED, A.ROLLED_BACK}),
    "the audit table restored to three minutes ago": (lambda w: set_back(w, "audit ", minutes=3), {A.CHECKPOINTS_DELETED, A.ROLLED_BACK}),
    "lanes of another stage in the table": (lambda w: of_another_log(w, "L#"), {A.LANE_INSERTED, A.ENTRY_INSERTED}),
    "lists of another stage in the table": (lambda w: of_another_log(w, "E#"), {A.LANE_INSERTED, A.LANE_DELETED}),
    "a lane of another function in a closed hour": (lambda w: new_lane(w, f"2025112306.other.{MARK}"), {A.LANE_INSERTED, A.ENTRY_INSERTED, A.CLOCK_WRONG}),
}  # fmt: skip


WRONG_FIRST = [name for name in LIVE if name.startswith("a newest quote")]
"""Three of which were VERIFIED when they were tried first."""


@pytest.mark.parametrize("name", LIVE if SOAKING else sorted({*WRONG_FIRST, *list(LIVE)[::3]}))
def test_what_was_done_to_live_stores_is_named(name: str, tmp_path: Path) -> None:
    attack, names = LIVE[name]
    world = populated(1)
    attack(world)
    world.now += MINUTE
    report = audited(world, tmp_path / "export")
    assert {one.attack for one in report.findings} & names or not names, [str(one) for one in report.findings]
    assert report.verdict is not Verdict.VERIFIED or not names
    assert names or report.verdict is Verdict.VERIFIED, [str(one) for one in report.findings]


def test_a_whole_quote_that_a_writer_puts_together_is_sound(tmp_path: Path) -> None:
    world = populated(1)
    delta(world, whole())
    world.now += MINUTE
    assert audited(world, tmp_path / "export").verdict is Verdict.VERIFIED
