"""Whatever readers or the sealer are served is compared, and what nobody wrote is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.log.control import parse_control
from tapeproof.log.head import Head
from tapeproof.log.note import VerifierKey
from tapeproof.log.request import PruneRequest
from tapeproof.verifier.findings import Absence, Attack, Verdict
from tapeproof.verifier.verify import Options
from tests.unit.log.world import HOUR, MINUTE, World, WorldSource, populated, verified
from tests.unit.verifier.forging import first_lane, forge

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.log.decision import Committed
    from tapeproof.verifier.findings import Report

TTL = {"x": {"N": "1763884800"}}


def attacks(report: Report) -> set[Attack]:
    return {one.attack for one in report.findings}


def test_a_checkpoint_that_was_deleted_from_the_middle_is_named(tmp_path: Path) -> None:
    world = populated()
    sizes = sorted(sk for table, pk, sk in world.model.items if (table, pk) == ("audit", "C") and sk.startswith("0"))
    for sk in sizes[1:-1]:
        del world.model.items["audit", "C", sk]
    report = verified(world, tmp_path / "export")
    assert attacks(report) == {Attack.CHECKPOINT_MISSING}
    assert sorted(one.leaf + 1 for one in report.findings) == [int(sk) for sk in sizes[1:-1]]


def _key(world: World, kind: str) -> tuple[str, str, str]:
    wanted = {
        "entry": ("L#", "0"),
        "lane": ("E#", "2"),
        "head": ("C", "HEAD"),
        "leaf": ("C", "LEAF"),
        "note": ("C", "0"),
    }
    pk, sk = wanted[kind]
    return min(
        key for key in world.model.items if key[0] == "audit" and key[1].startswith(pk) and key[2].startswith(sk)
    )


@pytest.mark.parametrize("kind", ["entry", "lane", "head", "leaf", "note"])
def test_a_time_to_live_that_nobody_wrote_is_named_on_every_kind_of_item(kind: str, tmp_path: Path) -> None:
    world = populated(1)
    key = _key(world, kind)
    world.model.items[key] = {**world.model.items[key], **TTL}
    report = verified(world, tmp_path / "export")
    assert report.verdict is Verdict.TAMPERED
    assert attacks(report) & {Attack.ATTRIBUTE_ADDED, Attack.ALIEN_ITEM}


def test_a_hash_beside_a_control_leaf_that_is_not_its_own_is_named(tmp_path: Path) -> None:
    world = populated(1)
    key = _key(world, "leaf")
    world.model.items[key] = {**world.model.items[key], "h": {"B": bytes(32)}}
    assert attacks(verified(world, tmp_path / "export")) == {Attack.ALIEN_ITEM}


@pytest.mark.parametrize("change", [{"closed": "2099010100"}, {"cursors": {}}], ids=["hours", "cursors"])
def test_a_head_that_was_forged_is_named(change: dict[str, Any], tmp_path: Path) -> None:
    world = populated(1)
    head = Head.from_item(world.model.items["audit", "C", "HEAD"])
    fields = {name: getattr(head, name) for name in ("version", "frontier", "published", "closed", "key", "cursors")}
    world.model.items["audit", "C", "HEAD"] = Head(**{**fields, **change}).item()
    report = verified(world, tmp_path / "export")
    assert attacks(report) == {Attack.HEAD_FORGED}


def newest(world: World, done: Committed, **changes: dict[str, str]) -> None:
    kind, venue, symbol, time, sequence = done.decision.key.split("#")
    item = {
        "pk": {"S": f"LATEST#{symbol}"}, "sk": {"S": f"{kind}#{venue}"}, "body": {"S": done.decision.body.decode()},
        "a_lane": {"S": done.lane}, "a_seq": {"N": str(done.seq)}, "a_hash": {"B": done.entry_hash},
        "ts": {"S": f"{int(time):019d}"}, "seq": {"S": f"{int(sequence):020d}"}, "rcv": {"S": time},
        "src": {"S": "venue"},
    }  # fmt: skip
    item |= {} if done.item is None else {"a_item": {"N": str(done.item)}}
    world.model.items["market", item["pk"]["S"], item["sk"]["S"]] = {**item, **changes}


def _with_newest(kind: str, **changes: Any) -> World:  # noqa: ANN401 - attributes
    world = populated(1)
    writer, decision = world.writer(), world.decision()
    done = world.write(writer, decision)
    if kind == "duplicate":
        done = world.write(world.writer(), world.decision(int(decision.key.rpartition("#")[2]), evt="again"))
    if kind == "batch":
        done = world.write(writer, world.decision(), world.decision())
    newest(world, done[-1], **changes)
    world.seal()
    return world


@pytest.mark.parametrize("kind", ["record", "duplicate", "batch"])
def test_the_newest_record_that_readers_are_served_is_compared(kind: str, tmp_path: Path) -> None:
    report = verified(_with_newest(kind), tmp_path / "export")
    assert (report.findings, report.counts["newest records"]) == ([], 1)


@pytest.mark.parametrize("kind", ["record", "duplicate", "batch"])
@pytest.mark.parametrize(
    "changes",
    [
        {"body": {"S": '{"price":"1"}'}},
        {"a_hash": {"B": bytes(32)}},
        {"ts": {"S": "1"}},
        {"seq": {"S": "9" * 20}},
        {"a_seq": {"N": "99"}},
        {"a_lane": {"S": "nobody"}},
        {"pk": {"S": "LATEST#ETH-USD"}},
    ],
    ids="".join,
)
def test_a_newest_record_that_was_forged_is_named(kind: str, changes: dict[str, Any], tmp_path: Path) -> None:
    report = verified(_with_newest(kind, **changes), tmp_path / "export")
    assert attacks(report) == {Attack.LATEST_FORGED}


@pytest.mark.parametrize("age", [25, 40, 55])
def test_an_entry_that_is_dated_back_is_named(age: int, tmp_path: Path) -> None:
    world = populated(1)
    world.now = (world.now // HOUR + 1) * HOUR
    world.write(world.writer(), world.decision())
    for _ in range(57):
        world.seal()
    lane = first_lane(world)
    seq = forge(world, lane, ts=f"{world.now - age * MINUTE:019d}")
    world.seal()
    found = [(one.attack, one.lane, one.seq) for one in verified(world, tmp_path / "export").findings]
    assert (Attack.CLOCK_WRONG, lane, seq) in found


@pytest.mark.parametrize("back", [1, 500, 60_000, 240_000])
def test_sealers_whose_clocks_differ_are_honest(back: int, tmp_path: Path) -> None:
    world = populated(1)
    world.write(world.writer(), world.decision())
    world.seal()
    world.now -= MINUTE + back * 10**6
    world.seal()
    world.now += 2 * MINUTE
    world.seal()
    assert verified(world, tmp_path / "export").findings == []


def test_entries_that_waited_for_a_sealer_that_was_down_are_honest(tmp_path: Path) -> None:
    world = populated(1)
    writer = world.writer()
    for _ in range(5):
        world.write(writer, world.decision())
        world.now += 20 * MINUTE
    world.seal()
    assert verified(world, tmp_path / "export").findings == []


def test_a_request_to_prune_that_was_changed_after_its_answer_is_named(tmp_path: Path) -> None:
    world = populated()
    closed = Head.from_item(world.model.items["audit", "C", "HEAD"]).closed
    request = PruneRequest(closed, 24, "ab" * 32, "somebody")
    world.model.items["audit", "C", f"PRUNE#{closed}"] = request.item(leaf=3)
    assert attacks(verified(world, tmp_path / "export")) == {Attack.REQUEST_FORGED}


@pytest.mark.parametrize(("more", "found"), [(0, set()), (1, {Attack.REQUEST_FORGED})])
def test_a_request_that_waits_must_count_the_entries_that_its_hour_was_closed_with(
    more: int, found: set[Attack], tmp_path: Path
) -> None:
    world = populated(1)
    leaves = [item["b"]["B"] for key, item in world.model.items.items() if key[2].startswith("LEAF#")]
    close = next(parse_control(data) for data in leaves if b'"CLOSE"' in data)
    request = PruneRequest(close["epoch"], close["entries"] + more, "ab" * 32, "somebody")
    world.model.items["audit", "C", f"PRUNE#{close['epoch']}"] = request.item()
    assert attacks(verified(world, tmp_path / "export")) == found


def test_an_event_that_was_struck_from_the_index_is_found_and_named(tmp_path: Path) -> None:
    from tapeproof.auditing.proof import proofs_of  # noqa: PLC0415 - only here

    world = populated(1)
    folder = tmp_path / "export"
    verified(world, folder)
    index = folder / "events.idx"
    index.write_bytes(b"")
    assert [one["about"][0] for one in proofs_of(folder, "evt-1")] == ["evt-1"]
    options = Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now, own=True)
    assert attacks(verify_folder(folder, options)) == {Attack.INDEX_DAMAGED}


def test_an_export_of_the_format_before_is_held_to_what_its_log_promises(tmp_path: Path) -> None:
    world = populated(1)
    export(WorldSource(world), tmp_path, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    manifest = json.loads((tmp_path / "export.json").read_bytes())
    (tmp_path / "export.json").write_text(json.dumps({**manifest, "format": 1}))
    options = Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now, own=True)
    report = verify_folder(tmp_path, options)
    assert (report.verdict, report.absent) == (Verdict.INCOMPLETE, [Absence.YOUNGER])


def test_where_a_venues_count_stands_is_no_record(tmp_path: Path) -> None:
    world = populated(1)
    key = {"pk": {"S": "STREAM#coinbase#trade/BTC-USD"}, "sk": {"S": "state"}}
    world.model.items["market", key["pk"]["S"], "state"] = {**key, "ver": {"N": "1"}}
    world.seal()
    report = verified(world, tmp_path / "export")
    assert report.findings == []
    assert json.loads((tmp_path / "export" / "export.json").read_text())["counts"]["streams"] == 1
