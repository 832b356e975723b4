"""A fourth list of attacks, each with the verdict that was expected of it before it was tried."""

from __future__ import annotations

import contextlib
import copy as copying
import gzip
import json
import os
import shutil
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import make_pin, read_keys, verify_folder
from tapeproof.auditing.proof import proofs_of
from tapeproof.auditing.proof_check import check_proof
from tapeproof.auditing.prune import hours_before, prune
from tapeproof.log.control import control_leaf
from tapeproof.log.ecdsa_p256 import _N, _der_pair
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import COSIGNATURE, Signature, VerifierKey, format_note, parse_note
from tapeproof.verifier.findings import Attack, UnusableError, Verdict
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options
from tests.effort import SOAKING
from tests.unit.log.world import MINUTE, ORIGIN, T0, World, WorldSource, populated
from tests.unit.verifier.forging import first_lane, forge, head_of, put_head
from tests.unit.verifier.test_own_attacks import new_lane
from tests.unit.verifier.test_second_attacks import (
    append,
    audited,
    copy,
    edit,
    items,
    key_of,
    part,
    put,
    record,
    rewrite,
    signed,
)
from tests.unit.verifier.test_third_attacks import MARK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A = Attack
Item = dict[str, Any]
DAY = "trade#coinbase#BTC-USD#20251123"
NEWEST = ("market", "LATEST#BTC-USD", "trade#coinbase")
BODY = json.dumps({"price": "1", "ts_event_ns": str(T0)}, separators=(",", ":"))


def recent(world: World) -> None:
    """Record a trade as the processor does, in two items, and serve it as the newest."""
    keys = {"pk": {"S": DAY}, "sk": {"S": f"{T0}#9"}}
    told = {"arr": {"S": f"{T0 + 5}#e"}, "evt": {"S": "e"}, "rcv": {"S": str(T0 + 5)}, "body": {"S": BODY[:9]}}
    rest = {"pk": keys["pk"], "sk": {"S": f"{T0}#9#p0001"}, "body": {"S": BODY[9:]}}
    world.write(world.writer(), world.decision(9, body=BODY, key=f"{DAY}#9", puts=({**keys, **told}, rest)))
    world.seal()
    item = world.model.items["market", DAY, f"{T0}#9"]
    served = {name: item[name] for name in ("a_lane", "a_seq", "a_hash", "rcv")}
    put(world, *NEWEST[1:], "market", **served, body={"S": BODY}, ord=item["arr"], ts={"S": str(T0)})


def newest(**changes: Item) -> Callable[[World], object]:
    return lambda world: (recent(world), edit(world, NEWEST, **changes))


def second_part(**changes: Item) -> Callable[[World], object]:
    return lambda world: (recent(world), edit(world, ("market", DAY, f"{T0}#9#p0001"), **changes))


def put_leaf(world: World, at: int, act: str, **members: object) -> None:
    data = control_leaf(ORIGIN, at, act, world.now, **members)
    put(world, "C", f"LEAF#{at:016d}", b={"B": data}, h={"B": leaf_hash(data)})


def first_entry(world: World) -> int:
    """Return the first leaf that is an entry."""
    controls = {int(sk[5:]) for _, _, sk in items(world, "C", "LEAF#")}
    return next(at for at in range(10**6) if at not in controls)


def cite(world: World, ahead: int) -> None:
    """Append a duplicate that says it met a record so many entries ahead of itself."""
    lane = first_lane(world)
    seq = 1 + max(int(sk) for table, pk, sk in world.model.items if (table, pk) == ("audit", f"L#{lane}"))
    forge(world, lane, act="DUPLICATE", obs={"first": {"lane": lane, "seq": seq + ahead}})
    for _ in range(ahead):
        forge(world, lane, act="REJECTED")
    world.seal()


def cite_nothing_that_is(world: World) -> None:
    item = world.model.items[record(world)]
    cited = {"a_lane": item["a_lane"], "a_seq": item["a_seq"], "a_item": {"N": "5"}, "a_hash": {"S": "x"}}
    put(world, "trade#zz", "1", "market", body={"S": "{}"}, **cited)


def sign_otherwise(change: Callable[[Signature], list[bytes]]) -> Callable[[World], None]:
    def do(world: World) -> None:
        key = items(world, "C", "0")[1]
        note = parse_note(world.model.items[key]["note"]["S"].encode())
        (mine,) = note.signatures
        lines = [mine._replace(data=data) for data in change(mine)]
        edit(world, key, note={"S": format_note(note.text, lines).decode()})

    return do


def twin(signature: bytes) -> bytes:
    """Return the other ECDSA signature that is valid where one is: r and n - s."""
    pair = _der_pair(signature)
    assert pair
    numbers = b""
    for number in (pair[0], _N - pair[1]):
        data = number.to_bytes(number.bit_length() // 8 + 1, "big")
        numbers += bytes([2, len(data)]) + data
    return bytes([0x30, len(numbers)]) + numbers


def break_and_hide(world: World) -> None:
    seq = forge(world, lane := first_lane(world), lambda data: data + b" ")
    world.seal()
    del world.model.items["audit", f"L#{lane}", f"{seq:010d}"]


def prune_until(world: World, place: Path, deletions: int) -> None:
    """Prune the first hour, and stop after some deletions."""
    world.now += MINUTE
    export(WorldSource(world), place, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    left = iter(range(deletions))

    class Client:
        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any call
            if name == "delete_item" and next(left, None) is None:
                raise KeyboardInterrupt
            return getattr(world.model, name)

    def seal(_seconds: float) -> None:
        world.seal()

    hours = hours_before(place, "2025112307")
    with contextlib.suppress(KeyboardInterrupt):
        prune(Client(), "audit", place, hours, by="me", wait_seconds=9, sleep=seal)


SEAL = {"first": 0, "runs": [], "broken": [], "more": False, "state": "0" * 64}
PRUNE = {"epoch": "2025112306", "entries": 1, "export": "0" * 64, "by": "x"}
# ruff: noqa: E501 - an attack is a line of a table
LIVE: dict[str, tuple[Callable[[World], object], set[Attack]]] = {
    "a rotation where the log has an entry": (
        lambda w: put_leaf(w, first_entry(w), "KEYROT", old=w.vkey(), new=World().vkey()), {A.CONTROL_DAMAGED}),
    "a SEAL leaf where the log has an entry": (lambda w: put_leaf(w, first_entry(w), "SEAL", **SEAL), {A.CONTROL_DAMAGED}),
    "a pruning far beyond the log's end": (lambda w: put_leaf(w, 10**12, "PRUNE", **PRUNE), {A.CONTROL_DAMAGED}),
    "a SEAL leaf just beyond the log's end": (lambda w: put_leaf(w, head_of(w).size, "SEAL", **SEAL), {A.CONTROL_DAMAGED}),
    "a head at rest with a commitment": (lambda w: put_head(w, commit=b"x"), {A.HEAD_FORGED}),
    "a head that is said to have pages": (
        lambda w: edit(w, ("audit", "C", "HEAD"), pages={"L": [{"N": "1"}]}), {A.HEAD_FORGED}),
    "a head with a lane of infinitely many entries": (
        lambda w: edit(w, ("audit", "C", "HEAD"), cursors={"B": zlib.compress(b'{"2025112308":{"x":[1e400,"00"]}}')}), {A.HEAD_FORGED}),
    "a head with half a letter for a lane": (
        lambda w: edit(w, ("audit", "C", "HEAD"), cursors={"B": zlib.compress(b'{"2025112308":{"\\ud800":[1,"00"]}}')}), {A.HEAD_FORGED}),
    "a newest record whose body is nested too deeply": (newest(body={"S": "[" * 30_000}), {A.LATEST_FORGED}),
    "a newest record of a time beyond all numbers": (newest(body={"S": '{"ts_event_ns":1e400}'}), {A.LATEST_FORGED}),
    "a newest record that was received at another time": (
        newest(rcv={"S": str(T0 + 9)}, ord={"S": f"{T0 + 9}#e"}), {A.LATEST_FORGED}),
    "a newest record that nothing comes after": (newest(ord={"S": f"{T0 + 5}#zzz"}), {A.LATEST_FORGED}),
    "a newest record with a source": (newest(src={"S": "marketdata.kraken"}), {A.LATEST_FORGED}),
    "a newest record with a number of format 1": (newest(seq={"S": "99"}), {A.LATEST_FORGED}),
    "a newest record of the first item of no batch": (newest(a_item={"N": "0"}), {A.LATEST_FORGED}),
    "a newest record of a symbol that looks alike": (
        lambda w: (recent(w), copy(w, NEWEST, "LATEST#BT\u0421-USD", "trade#coinbase")), {A.LATEST_FORGED}),
    "a record that cites a decision of nobody with a text for its hash": (cite_nothing_that_is, {A.RECORD_INSERTED}),
    "a record with a time to live": (lambda w: edit(w, record(w), x={"N": "1"}), {A.RECORD_EDITED}),
    "a record whose first item is numbered": (lambda w: edit(w, record(w), a_part={"N": "0"}), {A.RECORD_EDITED}),
    "a second part with a salt": (second_part(salt={"B": b"x"}), {A.RECORD_EDITED}),
    "a second part with a hash of a body": (second_part(a_pay={"B": b"x"}), {A.RECORD_EDITED}),
    "a second part with a time to live": (second_part(x={"N": "1"}), {A.RECORD_EDITED}),
    "a second part numbered three": (second_part(a_part={"N": "3"}), {A.RECORD_EDITED}),
    "a record under a name with a combining letter": (
        lambda w: copy(w, record(w), record(w)[1].replace("coinbase", "coinba\u0301se"), record(w)[2]), {A.RECORD_EDITED, A.RECORD_INSERTED}),
    "a duplicate of itself": (lambda w: cite(w, 0), {A.ENTRY_MALFORMED}),
    "a duplicate of what comes after it": (lambda w: cite(w, 1), {A.ENTRY_MALFORMED}),
    "what broke a lane is taken away": (break_and_hide, {A.CHAIN_BROKEN}),
    "a signature with a byte behind it": (sign_otherwise(lambda s: [s.data + b"\0"]), {A.FOREIGN_SIGNATURE}),
    "a signature with its length in two bytes": (
        sign_otherwise(lambda s: [s.data[:1] + b"\x81" + s.data[1:]]), {A.FOREIGN_SIGNATURE}),
    "three signatures of one key": (
        sign_otherwise(lambda s: [s.data, twin(s.data), s.data[:-1] + b"x"]), {A.FOREIGN_SIGNATURE}),
    "a list of the last hour of all": (
        lambda w: put(w, "E#9999123123#0", f"9999123123.lambda-trade-dev.{'a' * 31}0"), {A.LANE_DELETED}),
    "a lane of the year one": (lambda w: new_lane(w, f"0001010100.lambda-trade-dev.{MARK}"), {A.CLOCK_WRONG}),
    "a lane of before 1970": (lambda w: new_lane(w, f"1969123123.lambda-trade-dev.{MARK}"), {A.CLOCK_WRONG}),
    "a lane of the year 9999": (lambda w: new_lane(w, f"9999123123.lambda-trade-dev.{MARK}"), {A.CLOCK_WRONG}),
}  # fmt: skip
VERIFIED_FIRST = [*list(LIVE)[:23], "a duplicate of itself", "a duplicate of what comes after it"]
"""Of which most were VERIFIED, or made the whole verification impossible, when they were tried first."""


def test_a_newest_record_in_two_parts_is_sound(tmp_path: Path) -> None:
    world = populated(1)
    recent(world)
    world.now += MINUTE
    assert audited(world, tmp_path / "export").verdict is Verdict.VERIFIED


@pytest.mark.parametrize("name", LIVE if SOAKING else sorted({*VERIFIED_FIRST, *list(LIVE)[::4]}))
def test_what_was_done_to_live_stores_is_named(name: str, tmp_path: Path) -> None:
    attack, names = LIVE[name]
    world = populated(1)
    attack(world)
    world.now += MINUTE
    report = audited(world, tmp_path / "export")
    assert report.verdict is Verdict.TAMPERED, [*report.notes, *map(str, report.findings)]
    assert {one.attack for one in report.findings} & names, [str(one) for one in report.findings]


@pytest.mark.parametrize("change", [lambda s: [twin(s.data)], lambda s: [s.data, twin(s.data)]], ids=["other", "both"])
def test_another_signature_by_the_same_key_says_the_same(
    change: Callable[[Signature], list[bytes]], tmp_path: Path
) -> None:
    """Of an ECDSA signature anybody can make the other that is valid: nothing rests on which of them it is."""
    world = populated(1)
    sign_otherwise(change)(world)
    world.now += MINUTE
    assert audited(world, tmp_path / "export").verdict is Verdict.VERIFIED


@pytest.mark.parametrize("deletions", [1, 2, 3, 7])
def test_a_pruning_that_stopped_in_the_middle_is_no_attack(deletions: int, tmp_path: Path) -> None:
    world = populated(1)
    prune_until(world, tmp_path / "before", deletions)
    world.now += MINUTE
    report = audited(world, tmp_path / "export")
    assert (report.verdict, report.findings) == (Verdict.VERIFIED, [])


@pytest.mark.parametrize(
    "attack",
    [
        lambda w, lane: edit(w, lane[-1], b={"B": b"x"}),
        lambda w, lane: edit(w, lane[-1], ttl={"N": "1"}),
        lambda w, lane: copy(w, lane[-1], lane[-1][1], "0000000099"),
        lambda w, lane: new_lane(w, lane[-1][1][2:-2] + "zz".replace("z", "7")),
        lambda w, lane: w.model.items.pop(("audit", "C", "PRUNE#2025112306")),
    ],
    ids=["an entry edited", "a time to live", "an entry added", "a lane added", "the request deleted"],
)
def test_what_is_left_of_a_pruned_hour_must_be_of_it(
    attack: Callable[[World, list[Any]], object], tmp_path: Path
) -> None:
    world = populated(1)
    prune_until(world, tmp_path / "before", 2)
    attack(world, items(world, "L#2025112306"))
    world.now += MINUTE
    assert audited(world, tmp_path / "export").verdict is Verdict.TAMPERED


def cite_pruned(world: World, seq: int) -> None:
    """Append a duplicate of an entry of the hour that was pruned."""
    lanes = (item.get("a_lane", {}).get("S", "") for item in world.model.items.values())
    lane = min(lane for lane in lanes if lane.startswith("2025112306"))
    forge(world, first_lane(world), act="DUPLICATE", obs={"first": {"lane": lane, "seq": seq}})
    world.seal()


def serve_duplicate(world: World, body: str) -> None:
    """Serve what a duplicate of a pruned hour's record brought as the newest."""
    (done,) = world.write(world.writer(), world.decision(1, evt="again"))
    assert done.act == "DUPLICATE"
    world.seal()
    cited = {"a_lane": {"S": done.lane}, "a_seq": {"N": str(done.seq)}, "a_hash": {"B": done.entry_hash}}
    served = {"body": {"S": body}, "ts": {"S": str(T0)}, "seq": {"S": "1"}}
    put(world, *NEWEST[1:], "market", **cited, **served)


AFTER_PRUNING: dict[str, tuple[Callable[[World], object], set[Attack]]] = {
    "a duplicate of an entry that the hour has": (lambda w: cite_pruned(w, 0), {A.LINE_MISSING}),
    "a duplicate of an entry that the hour never had": (lambda w: cite_pruned(w, 99), {A.LINE_MISSING, A.ENTRY_DELETED}),
    "the newest record as it was": (lambda w: serve_duplicate(w, '{"price":"1.10","symbol":"BTC-USD"}'), set()),
    "another newest record": (lambda w: serve_duplicate(w, '{"price":"9.99","symbol":"BTC-USD"}'), {A.LATEST_FORGED}),
}  # fmt: skip


@pytest.mark.parametrize("name", AFTER_PRUNING)
def test_what_cites_a_pruned_hour_is_held_against_it(name: str, tmp_path: Path) -> None:
    attack, names = AFTER_PRUNING[name]
    world = populated(1)
    prune_until(world, tmp_path / "before", 10**6)
    attack(world)
    world.now += MINUTE
    assert {one.attack for one in audited(world, tmp_path / "export").findings} == names


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path]:
    """A log with a newest record, in its export, with a pin beside it."""
    world, place = populated(1), tmp_path_factory.mktemp("fourth")
    recent(world)
    world.now += MINUTE
    export(WorldSource(world), place / "log", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    pin = make_pin(place / "log", [VerifierKey.parse(key_of(world))], world.now)
    (place / "pin").write_text(json.dumps(pin))
    return world, place


def say_twice(name: str, member: str) -> Callable[[Path], None]:
    """Put a member in front of the same one of a line."""

    def do(folder: Path) -> None:
        path = part(folder, name) if (folder / name).is_dir() else folder / name
        old = f'"{member}": '.encode()
        rewrite(path, lambda lines: [lines[0].replace(old, old + b'"forged", ' + old, 1), *lines[1:]])

    return do


def keep_only_the_tree(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name not in {"checkpoint", "tile"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


UNUSABLE = "unusable"
FILES: dict[str, tuple[Callable[[Path], object], Any]] = {
    "nothing": (lambda _: None, Verdict.VERIFIED),
    "a record with its body twice": (say_twice("records", "body"), UNUSABLE),
    "a record with a value twice": (say_twice("records", "S"), UNUSABLE),
    "a newest record with its body twice": (say_twice("latest", "body"), UNUSABLE),
    "a checkpoint with its note twice": (say_twice("checkpoints.gz", "note"), UNUSABLE),
    "a manifest with its origin twice": (
        lambda f: (f / "export.json").write_text((f / "export.json").read_text().replace('"origin"', '"origin": "x", "origin"')), UNUSABLE),
    "a control leaf of an index of 5,000 digits": (
        lambda f: rewrite(f / "controls.gz", lambda lines: [*lines, b"1" * 5_000 + b" {}"]), UNUSABLE),
    "control leaves whose index has zeros in front": (
        lambda f: rewrite(f / "controls.gz", lambda lines: [b"0" + line for line in lines]), UNUSABLE),
    "a lane that is listed, and more": (
        lambda f: rewrite(part(f, "lanes"), lambda lines: [lines[0] + b" 7", *lines[1:]]), UNUSABLE),
    "a lane that is listed twice over": (
        lambda f: rewrite(part(f, "lanes"), lambda lines: [lines[0][:-1] + b"2", *lines[1:]]), UNUSABLE),
    "a request of other types": (
        lambda f: rewrite(f / "requests.gz", lambda _: [b'{"epoch":{},"entries":[],"export":"x","by":"x","leaf":null}']), UNUSABLE),
    "a request of infinitely many leaves": (
        lambda f: rewrite(f / "requests.gz", lambda _: [b'{"epoch":"2025112306","entries":1,"export":"x","by":"x","leaf":1e400}']), UNUSABLE),
    "nothing but the tree": (keep_only_the_tree, Verdict.INCOMPLETE),
    "nothing but the tree, and a link to nowhere": (
        lambda f: (keep_only_the_tree(f), (f / "lanes").symlink_to("nowhere")), Verdict.INCOMPLETE),
    "a hundred thousand empty members": (
        lambda f: append(part(f, "witness"), gzip.compress(b"", mtime=0) * 10_000), Verdict.VERIFIED),
    "empty files of thousands of hours": (
        lambda f: [(f / "lanes" / f"{2_000_000_000 + at}-0.gz").write_bytes(gzip.compress(b"")) for at in range(500)], Verdict.VERIFIED),
    "a file that differs by case beside a part": (
        lambda f: shutil.copy(part(f, "lanes"), part(f, "lanes").with_suffix(".GZ")), Verdict.VERIFIED),
    "one part a hard link of another": (
        lambda f: (sorted((f / "lanes").glob("2*.gz"))[1].unlink(), os.link(part(f, "lanes"), f / "lanes" / "2025112306-9.gz")), Verdict.TAMPERED),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_was_done_to_the_files_of_an_export_is_told(name: str, log: tuple[World, Path], tmp_path: Path) -> None:
    attack, expected = FILES[name]
    world, place = log
    shutil.copytree(place / "log", tmp_path / "log")
    attack(tmp_path / "log")
    options = Options(pins=[read_pin(place / "pin")], as_of=world.now)
    try:
        assert verify_folder(tmp_path / "log", options, jobs=1).verdict is expected
    except UnusableError:
        assert expected == UNUSABLE


def changed(**members: Item) -> Callable[[Item], Item]:
    """Change the first record of a proof."""
    return lambda proof: {**proof, "records": [{**proof["records"][0], **members}, *proof["records"][1:]]}


PROOFS: dict[str, Callable[[Item], Item]] = {
    "a leaf as text": lambda proof: {**proof, "leaf": f"{proof['leaf']} "},
    "a leaf as a number with a point": lambda proof: {**proof, "leaf": proof["leaf"] + 0.0},
    "a leaf between two": lambda proof: {**proof, "leaf": proof["leaf"] + 0.7},
    "a record numbered zero where there is one": changed(a_item={"N": "0"}),
    "a record of another hash of its body": changed(a_pay={"B": "AAAA"}),
    "a record with a time to live": changed(x={"N": "1"}),
    "a record that is numbered as a part": changed(a_part={"N": "7"}),
    "a record whose place has a sign": changed(a_seq={"N": "+0"}),
}


@pytest.mark.parametrize("name", PROOFS)
def test_a_proof_that_says_anything_else_is_told(name: str, log: tuple[World, Path]) -> None:
    world, place = log
    (proof,) = proofs_of(place / "log", "evt-1")
    keys = [VerifierKey.parse(key_of(world))]
    assert check_proof(copying.deepcopy(proof), keys).verdict is Verdict.VERIFIED
    assert check_proof(PROOFS[name](proof), keys).verdict is Verdict.TAMPERED


@pytest.mark.parametrize("change", [str.upper, lambda text: f" {text}"], ids=["capitals", "a blank"])
def test_a_path_in_other_letters_is_no_proof(change: Callable[[str], str], log: tuple[World, Path]) -> None:
    world, place = log
    (proof,) = proofs_of(place / "log", "evt-1")
    with pytest.raises(SourceError, match="small hex digits"):
        check_proof({**proof, "path": list(map(change, proof["path"]))}, [VerifierKey.parse(key_of(world))])


def test_a_key_that_is_given_twice_has_signed_once(log: tuple[World, Path]) -> None:
    world, place = log
    pin, key = read_pin(place / "pin"), VerifierKey.parse(key_of(world))
    (proof,) = proofs_of(place / "log", "evt-1", [pin])
    checked = check_proof(proof, [key], [pin])
    assert (checked.verdict, checked.why[0].count(key.label)) == (Verdict.VERIFIED, 1)


def test_proofs_of_an_event_that_is_there_thousands_of_times_are_made_of_some(
    log: tuple[World, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tapeproof.auditing.proof._MOST_PROOFS", 3)
    shutil.copytree(log[1] / "log", tmp_path / "log")
    index = tmp_path / "log" / "events.idx"
    rows = index.read_bytes()
    digest = next(rows[at : at + 8] for at in range(0, len(rows), 16))
    index.write_bytes(b"".join(digest + leaf.to_bytes(8, "big") for leaf in range(2_000)))
    assert len(proofs_of(tmp_path / "log", "evt-1")) == 1


def test_a_strangers_rotations_hide_none_of_the_logs_in_a_proof(tmp_path: Path) -> None:
    world = populated(1)
    trusted = VerifierKey.parse(key_of(world))
    world.key = "arn:key/two"
    world.seal()
    put_leaf(world, first_entry(world), "KEYROT", old=World().vkey(), new=World().vkey())
    export(WorldSource(world), tmp_path / "log", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    proof = proofs_of(tmp_path / "log", "evt-1")[0]
    assert len(proof["rotations"]) == 1
    assert check_proof(proof, [trusted]).verdict is Verdict.VERIFIED


def witness(name: str, seed: Ed25519PrivateKey) -> VerifierKey:
    return VerifierKey(name, COSIGNATURE, seed.public_key().public_bytes_raw())


def test_a_witness_with_two_names_is_one(log: tuple[World, Path], tmp_path: Path) -> None:
    world, place = log
    seed = Ed25519PrivateKey.generate()
    keys = [witness(name, seed) for name in ("one.example", "one.example", "two.example")]
    shutil.copytree(place / "log", tmp_path / "log")
    note, time = parse_note((tmp_path / "log" / "checkpoint").read_bytes()), world.now // 10**9
    data = time.to_bytes(8, "big") + seed.sign(f"cosignature/v1\ntime {time}\n{note.text}".encode())
    lines = [Signature(key.name, key.key_id, data) for key in keys[1:]]
    (tmp_path / "log" / "checkpoint").write_bytes(format_note(note.text, [*note.signatures, *lines]))
    options = Options(keys=[VerifierKey.parse(key_of(world))], as_of=world.now, witnesses=keys)
    report = verify_folder(tmp_path / "log", options, jobs=1)
    assert (report.verdict, len(report.anchors)) == (Verdict.VERIFIED, 1)
    with pytest.raises(UnusableError, match="2 witnesses must have signed, the keys of 1 are given"):
        verify_folder(tmp_path / "log", options._replace(quorum=2), jobs=1)


@pytest.mark.parametrize("material", [bytes(32), (1).to_bytes(32, "little"), b"\x02" + bytes(31), b"\xff" * 32])
@pytest.mark.parametrize("kind", [1, COSIGNATURE])
def test_a_key_that_everybody_or_nobody_can_sign_with_is_refused(kind: int, material: bytes) -> None:
    with pytest.raises(AuditError, match="unusable"):
        VerifierKey.parse(str(VerifierKey("small.example", kind, material)))


def test_a_key_file_may_begin_with_a_byte_order_mark_and_a_key_with_no_letter_that_is_not_seen(
    log: tuple[World, Path], tmp_path: Path
) -> None:
    key = key_of(log[0])
    (tmp_path / "key").write_bytes(b"\xef\xbb\xbf" + key.encode() + b"\r\n")
    assert list(map(str, read_keys([str(tmp_path / "key")]))) == [key]
    with pytest.raises(AuditError, match=r"--witness .*not a verifier key"):
        read_keys([f"\u200b{key}"], "--witness")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace('"keys"', '"keys": [], "keys"'), "is there twice"),
        (lambda text: json.dumps({**json.loads(text), "origin": "z"}), "another origin or size"),
        (lambda text: json.dumps({**json.loads(text), "size": 7}), "another origin or size"),
        (lambda text: text + " " * 3_000_000, "more than 2,000,000 bytes"),
    ],
    ids=["keys twice", "origin", "size", "long"],
)
def test_a_pin_that_says_two_things_is_none(
    change: Callable[[str], str], reason: str, log: tuple[World, Path], tmp_path: Path
) -> None:
    (tmp_path / "pin").write_text(change((log[1] / "pin").read_text()))
    with pytest.raises(UnusableError, match=reason):
        read_pin(tmp_path / "pin")


def test_a_pin_of_another_log_is_held_against_nothing(log: tuple[World, Path], tmp_path: Path) -> None:
    world, place = log
    note = signed(world, 7, bytes(32)).decode().replace(ORIGIN, "other.example/log")
    stored = read_pin(place / "pin").stored
    other = read_pin(place / "pin")._replace(
        stored=stored._replace(checkpoint=stored.checkpoint._replace(origin="other.example/log"), data=note.encode())
    )
    with pytest.raises(UnusableError, match=r"is a pin of other\.example/log"):
        verify_folder(place / "log", Options(pins=[other], as_of=world.now), jobs=1)


def test_there_are_enough_of_them() -> None:
    assert len(LIVE) + len(FILES) + len(PROOFS) >= 50
