"""A second list of attacks: on live stores, and on the files of an export, each with what it must be found as."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.auditing.operations import verify_folder
from tapeproof.log.checkpoint import Checkpoint, parse_checkpoint
from tapeproof.log.entry import entry_hash
from tapeproof.log.errors import AuditError
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import VerifierKey, format_note, parse_note
from tapeproof.verifier.findings import Attack, Report, UnusableError, Verdict
from tapeproof.verifier.verify import Options
from tests.effort import cases
from tests.unit.log.world import HOUR, MINUTE, ORIGIN, T0, World, WorldSource, populated
from tests.unit.verifier.forging import first_lane, forge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A = Attack
Item = dict[str, Any]
Key = tuple[str, str, str]


def items(world: World, pk: str, sk: str = "", table: str = "audit") -> list[Key]:
    """Return the keys of a table's items that begin so, in order."""
    return sorted(
        key for key in world.model.items if key[0] == table and key[1].startswith(pk) and key[2].startswith(sk)
    )


def edit(world: World, key: Key, **changes: Item | None) -> None:
    item = {**world.model.items[key], **changes}
    world.model.items[key] = {name: value for name, value in item.items() if value is not None}


def put(world: World, pk: str, sk: str, table: str = "audit", **attributes: Item) -> None:
    world.model.items[table, pk, sk] = {"pk": {"S": pk}, "sk": {"S": sk}, **attributes}


def copy(world: World, key: Key, pk: str, sk: str) -> None:
    put(world, pk, sk, key[0], **{n: v for n, v in world.model.items[key].items() if n not in {"pk", "sk"}})


def record(world: World, at: int = 0) -> Key:
    return items(world, "trade#", table="market")[at]


def forge_sealed(world: World, change: Callable[[bytes], bytes] = bytes, **members: object) -> None:
    forge(world, first_lane(world), change, **members)
    world.seal()


def signed(world: World, size: int, root: bytes, key: str = "arn:key/one") -> bytes:
    """Return a checkpoint of the log that one of its keys signed."""
    text = Checkpoint(ORIGIN, size, root).text()
    signer = KmsSigner(world.kms, ORIGIN)
    return format_note(text, [signer.sign(key, signer.verifier_key(key), text)])


def newest_size(world: World) -> int:
    return int(items(world, "C", "0")[-1][2])


def retired_key_signs(world: World) -> None:
    """Rotate the key, and sign another history with the old one afterwards."""
    world.key = "arn:key/two"
    world.seal()
    size = newest_size(world) + 7
    note = signed(world, size, bytes(32)).decode()
    put(world, "C", f"{size:016d}", note={"S": note}, key_id={"S": "00000000"})


def fork_at(world: World, size: int) -> None:
    """Store a second checkpoint, signed by the log's own key, of a size that has one, as the published one."""
    world.bucket.files["checkpoint"] = signed(world, size, bytes(32))


def note_with(world: World, change: Callable[[str], str]) -> None:
    key = items(world, "C", "0")[1]
    edit(world, key, note={"S": change(world.model.items[key]["note"]["S"])})


def opening(world: World, change: Callable[[Item], object]) -> None:
    """Open a lane whose first entry says other things of the lane before, as a writer that was taken over could."""
    from tapeproof.log.canonical import canonical  # noqa: PLC0415 - only here

    done = world.write(world.writer(), world.decision())[0]
    key = ("audit", f"L#{done.lane}", "0" * 10)
    told = json.loads(world.model.items[key]["b"]["B"])
    change(told)
    data = canonical(told)
    edit(world, key, b={"B": data}, h={"B": entry_hash(data)})
    for item in [
        one
        for one in items(world, "", table="market")
        if world.model.items[one].get("a_lane", {}).get("S") == done.lane
    ]:
        edit(world, item, a_hash={"B": entry_hash(data)})
    digest = entry_hash(data).hex()
    world.lines[-1] = world.lines[-1].__class__(
        f'{{"audit":{{"h":"{digest}","b":{data.decode()}}}}}', world.lines[-1].ingested
    )
    world.seal()


def cite(world: World, **changes: object) -> None:
    old = items(world, "L#2025112307")[-1]
    prior = {"hash": entry_hash(world.model.items[old]["b"]["B"]).hex(), "lane": old[1][2:], "seq": int(old[2])}

    def change(told: Item) -> None:
        told["gen"] |= {"reason": "hour", "prior": {**prior, **changes}}

    opening(world, change)


def say(world: World, text: str, ingested: int = 0) -> None:
    line = world.lines[4]
    world.lines.append(line.__class__(text, ingested or line.ingested))


def rename_record(world: World, pk: str, sk: str) -> None:
    copy(world, record(world), pk, sk)
    del world.model.items[record(world)]


def prune_request(world: World, **changes: Item) -> None:
    epoch = "2025112306"
    fields = {
        "entries": {"N": "1"},
        "export": {"S": "0" * 64},
        "by": {"S": "x"},
        "leaf": {"N": "3"},
        "close": {"N": "1"},
    }
    put(world, "C", f"PRUNE#{epoch}", **{**fields, **changes})


# ruff: noqa: E501 - an attack is a line of a table
LIVE: dict[str, tuple[Callable[[World], object], set[Attack]]] = {
    "two checkpoints in a row deleted": (
        lambda w: [w.model.items.pop(key) for key in items(w, "C", "0")[1:3]], {A.CHECKPOINT_MISSING}),
    "every checkpoint but the newest deleted": (
        lambda w: [w.model.items.pop(key) for key in items(w, "C", "0")[:-1]], {A.CHECKPOINT_MISSING}),
    "a key that was rotated away signs a later checkpoint": (retired_key_signs, {A.FOREIGN_SIGNATURE, A.ROOT_MISMATCH, A.LOG_FORKED}),
    "the log's own key signs a second root of the newest size": (
        lambda w: fork_at(w, newest_size(w)), {A.LOG_FORKED}),
    "the log's own key signs a second root of an old size": (
        lambda w: fork_at(w, int(items(w, "C", "0")[1][2])), {A.LOG_FORKED}),
    "a checkpoint with an extension line": (
        lambda w: note_with(w, lambda note: note.replace("\n\n", "\nmore\n\n", 1)), {A.CHECKPOINT_DAMAGED, A.FOREIGN_SIGNATURE}),
    "a checkpoint whose size has a leading zero": (
        lambda w: note_with(w, lambda note: re.sub(r"\n(\d+)\n", r"\n0\1\n", note, count=1)), {A.CHECKPOINT_DAMAGED}),
    "a checkpoint of a log whose name looks alike": (
        lambda w: note_with(w, lambda note: note.replace("tapeproof", "t\u0430peproof")), {A.CHECKPOINT_DAMAGED, A.FOREIGN_SIGNATURE}),
    "a checkpoint with carriage returns": (
        lambda w: note_with(w, lambda note: note.replace("\n", "\r\n")), {A.CHECKPOINT_DAMAGED}),
    "a checkpoint without its signature": (
        lambda w: note_with(w, lambda note: note.partition("\n\n")[0] + "\n\n"), {A.CHECKPOINT_DAMAGED}),
    "a checkpoint under the key of another size": (
        lambda w: copy(w, items(w, "C", "0")[1], "C", f"{int(items(w, 'C', '0')[1][2]) + 1:016d}"), {A.CHECKPOINT_DAMAGED}),
    "an entry's bytes as text": (
        lambda w: edit(w, items(w, "L#")[2], b={"S": w.model.items[items(w, "L#")[2]]["b"]["B"].decode()}),
        {A.ENTRY_EDITED, A.ENTRY_DELETED, A.LANE_TRUNCATED}),
    "an entry whose sequence has a letter's shape of a digit": (
        lambda w: copy(w, items(w, "L#")[0], items(w, "L#")[0][1], "000000000\u0661"), {A.ALIEN_ITEM}),
    "an entry at a negative sequence": (
        lambda w: copy(w, items(w, "L#")[0], items(w, "L#")[0][1], "-000000001"), {A.ALIEN_ITEM}),
    "an entry at a sequence of eleven digits": (
        lambda w: copy(w, items(w, "L#")[0], items(w, "L#")[0][1], "00000000000"), {A.ALIEN_ITEM}),
    "a lane's name in upper case": (
        lambda w: copy(w, items(w, "L#")[0], items(w, "L#")[0][1].replace("lambda", "LAMBDA"), "0" * 10),
        {A.LANE_INSERTED, A.LANES_SWAPPED, A.ENTRY_INSERTED, A.ENTRY_DUPLICATED, A.ALIEN_ITEM}),
    "a lane of an hour that no day has": (
        lambda w: copy(w, items(w, "L#")[0], f"L#2025112399.lambda-trade-dev.{'a' * 32}", "0" * 10), {A.ALIEN_ITEM}),
    "a lane listed under a name with a line end": (
        lambda w: put(w, items(w, "E#")[0][1], items(w, "E#")[0][2] + "\n"), {A.ALIEN_ITEM}),
    "a list of an hour with an attribute": (
        lambda w: edit(w, items(w, "E#")[0], note={"S": "x"}), {A.ALIEN_ITEM, A.LISTING_DELETED}),
    "an item in a partition of nobody": (lambda w: put(w, "X#1", "1", b={"B": b"x"}), {A.ALIEN_ITEM}),
    "an entry that says it stored a record": (
        lambda w: forge_sealed(w, act="RECORDED", rec="0" * 64), {A.RECORD_DELETED}),
    "a duplicate of itself": (
        lambda w: forge_sealed(w, act="DUPLICATE", obs={"first": {"lane": first_lane(w), "seq": 10**9}}), {A.ENTRY_MALFORMED}),
    "a conflict with an entry of another log": (
        lambda w: forge_sealed(w, act="CONFLICT", obs={"first": {"lane": f"2025112307.x.{'0' * 32}", "seq": 0}}),
        {A.ENTRY_DELETED}),
    "numbers with an exponent": (
        lambda w: forge_sealed(w, lambda data: data.replace(b'"v":1', b'"v":1e0')), {A.CHAIN_BROKEN, A.ENTRY_MALFORMED}),
    "a negative zero": (
        lambda w: forge_sealed(w, lambda data: data.replace(b'"v":1', b'"v":-0')), {A.CHAIN_BROKEN, A.ENTRY_MALFORMED}),
    "members in another order": (
        lambda w: forge_sealed(w, lambda data: re.sub(rb'("src":"[^"]*"),("sseq":"[^"]*")', rb"\2,\1", data)),
        {A.CHAIN_BROKEN, A.ENTRY_MALFORMED}),
    "a member of nobody": (lambda w: forge_sealed(w, zzz="x"), {A.CHAIN_BROKEN, A.ENTRY_MALFORMED}),
    "a batch within a batch": (
        lambda w: forge_sealed(w, act="BATCH", items=[{"act": "BATCH", "items": []}], n=1), {A.CHAIN_BROKEN, A.ENTRY_MALFORMED}),
    "a delete character and a byte order mark": (
        lambda w: forge_sealed(w, lambda data: b"\xef\xbb\xbf" + data), {A.CHAIN_BROKEN, A.ENTRY_MALFORMED}),
    "a lane that ended elsewhere than its successor says": (lambda w: cite(w, seq=0), {A.ENTRY_INSERTED}),
    "a successor of a longer lane than there is": (lambda w: cite(w, seq=50), {A.LANE_TRUNCATED}),
    "a successor that names another last hash": (lambda w: cite(w, hash="0" * 64), {A.ENTRY_INSERTED, A.LANE_TRUNCATED, A.ENTRY_REHASHED, A.LANE_REWRITTEN}),
    "a successor of a lane of nobody": (
        lambda w: cite(w, lane=f"2025112307.lambda-trade-dev.{'0' * 32}"), {A.LANE_TRUNCATED, A.LANE_DELETED}),
    "a record's sequence with another form of the number": (
        lambda w: edit(w, record(w), a_seq={"N": "0.0"}), {A.RECORD_INSERTED, A.RECORD_DELETED}),
    "a record of an item that is none": (lambda w: edit(w, record(w), a_item={"N": "5"}), {A.RECORD_INSERTED, A.RECORD_DELETED}),
    "a record under the name of a newest one": (
        lambda w: rename_record(w, "LATEST#BTC-USD", "trade#coinbase"), {A.RECORD_DELETED}),
    "a record hidden as the state of a stream": (lambda w: rename_record(w, "STREAM#x", "state"), {A.RECORD_EDITED}),
    "a record in two parts that was one": (
        lambda w: (copy(w, record(w), "trade#x", "1"), edit(w, ("market", "trade#x", "1"), a_part={"N": "1"})), {A.RECORD_EDITED}),
    "a record with an empty salt": (lambda w: edit(w, record(w), salt={"B": b""}), {A.RECORD_EDITED}),
    "a record whose body is a list": (lambda w: edit(w, record(w), body={"L": [{"S": "x"}]}), {A.RECORD_EDITED}),
    "a record with an attribute of nothing": (lambda w: edit(w, record(w), zz={"NULL": True}), {A.RECORD_EDITED}),
    "a record of text where a number was": (lambda w: edit(w, record(w), st_pk={"SS": ["a"]}), {A.RECORD_EDITED}),
    "a newest record under a key in lower case": (
        lambda w: copy(w, record(w), "latest#BTC-USD", "trade#coinbase"), {A.RECORD_EDITED, A.RECORD_INSERTED}),
    "a line that CloudWatch took in a day late": (
        lambda w: say(w, w.lines[4].text, w.lines[4].ingested + 86_400_000), {A.CLOCK_WRONG}),
    "a line taken in before its entry was made": (
        lambda w: say(w, w.lines[4].text, w.lines[4].ingested - 3_600_000), {A.FUTURE_TIME}),
    "a line with a member more": (lambda w: say(w, w.lines[4].text[:-1] + ',"x":1}'), {A.LINE_FORGED}),
    "a line with the hash in upper case": (
        lambda w: say(w, re.sub(r'"h":"[0-9a-f]{64}"', lambda m: m[0].upper().replace("H", "h", 1), w.lines[4].text)),
        {A.LINE_FORGED}),
    "a line of another lane's entry under this lane's name": (
        lambda w: say(w, w.lines[4].text.replace('"_seq":', '"_seq":1')), {A.LINE_FORGED, A.LINE_UNMATCHED}),
    "a request that says it was answered": (prune_request, {A.REQUEST_FORGED}),
    "a request of an hour that is no hour": (
        lambda w: copy(w, (prune_request(w), ("audit", "C", "PRUNE#2025112306"))[1], "C", "PRUNE#never"), {A.ALIEN_ITEM}),
    "a request with a member of nobody": (lambda w: prune_request(w, force={"BOOL": True}), {A.ALIEN_ITEM}),
    "a control leaf under the name of another": (
        lambda w: copy(w, items(w, "C", "LEAF#")[0], "C", items(w, "C", "LEAF#")[1][2]), {A.CONTROL_DAMAGED}),
    "a control leaf with white space": (
        lambda w: edit(w, items(w, "C", "LEAF#")[0], b={"B": w.model.items[items(w, "C", "LEAF#")[0]]["b"]["B"] + b" "}, h={"B": entry_hash(w.model.items[items(w, "C", "LEAF#")[0]]["b"]["B"] + b" ")}), {A.CONTROL_DAMAGED}),
    "a leaf tile that is longer than it should be": (
        lambda w: w.bucket.files.update({p: d + bytes(32) for p, d in w.bucket.files.items() if p.startswith("tile/0/")}),
        {A.TILE_DAMAGED}),
    "a bundle with an entry more behind the last": (
        lambda w: w.bucket.files.update({p: d + b"\0\1x" for p, d in w.bucket.files.items() if p.startswith("tile/entries/")}),
        {A.TILE_DAMAGED}),
    "a bundle in gzip with something behind it": (
        lambda w: w.bucket.files.update(
            {p: gzip.compress(d) + b"more" for p, d in w.bucket.files.items() if p.startswith("tile/entries/")}),
        {A.TILE_DAMAGED}),
    "the published checkpoint gone": (lambda w: w.bucket.files.pop("checkpoint"), {A.CHECKPOINTS_DELETED}),
    "the published checkpoint of nobody": (
        lambda w: w.bucket.files.update(checkpoint=b"hello"), {A.CHECKPOINT_DAMAGED, A.CHECKPOINTS_DELETED}),
}  # fmt: skip


def audited(world: World, place: Path) -> Report:
    export(WorldSource(world), place, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return verify_folder(place, Options(keys=[VerifierKey.parse(key_of(world))], as_of=world.now, own=True), jobs=1)


def key_of(world: World) -> str:
    return str(KmsSigner(world.kms, ORIGIN).verifier_key("arn:key/one"))


@pytest.mark.parametrize("name", LIVE)
def test_what_was_done_to_live_stores_is_named(name: str, tmp_path: Path) -> None:
    attack, names = LIVE[name]
    world = populated(1)
    attack(world)
    world.now += MINUTE
    report = audited(world, tmp_path / "export")
    assert report.verdict is Verdict.TAMPERED, [*report.notes, *map(str, report.findings)]
    assert {one.attack for one in report.findings} & names, [str(one) for one in report.findings]


def part(folder: Path, kind: str) -> Path:
    return min((folder / kind).glob("20*.gz"))


def text_of(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def rewrite(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    lines = change(text_of(path).splitlines())
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))


def manifest(folder: Path, **changes: object) -> None:
    path = folder / "export.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def append(path: Path, data: bytes) -> None:
    path.write_bytes(path.read_bytes() + data)


def damaged_crc(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-8] + b"\0\0\0\0" + data[-4:])


def swap_parts(folder: Path, kind: str) -> None:
    one, two = sorted((folder / kind).glob("20*.gz"))[:2]
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def bigger_note(folder: Path) -> None:
    note = (folder / "checkpoint").read_bytes()
    size = parse_checkpoint(parse_note(note).text).size
    (folder / "checkpoint").write_bytes(note.replace(b"\n%d\n" % size, b"\n%d\n" % 10**12))


UNUSABLE = "unusable"
FILES: dict[str, tuple[Callable[[Path], object], set[Any]]] = {
    "bytes behind the last member of a part": (lambda f: append(part(f, "lanes"), b"more"), {UNUSABLE}),
    "zeros behind the last member of a part": (lambda f: append(part(f, "records"), bytes(64)), {UNUSABLE}),
    "a second member with a record of nobody": (
        lambda f: append(part(f, "records"), gzip.compress(text_of(part(f, "records")).splitlines()[0] + b"\n")),
        {UNUSABLE, A.RECORD_INSERTED}),
    "a second member that repeats the lines": (
        lambda f: append(part(f, "witness"), part(f, "witness").read_bytes()), {UNUSABLE, A.LINE_UNMATCHED, A.LINE_FORGED}),
    "a member whose checksum is wrong": (lambda f: damaged_crc(part(f, "lanes")), {UNUSABLE}),
    "a part in another compression": (lambda f: part(f, "lanes").write_bytes(zlib.compress(text_of(part(f, "lanes")))), {UNUSABLE}),
    "a part that is empty": (lambda f: part(f, "lanes").write_bytes(b""), {UNUSABLE}),
    "two parts exchanged": (lambda f: swap_parts(f, "lanes"), {UNUSABLE}),
    "records of two parts exchanged": (lambda f: swap_parts(f, "records"), {UNUSABLE, A.RECORD_DELETED}),
    "a lane's header twice": (
        lambda f: rewrite(part(f, "lanes"), lambda lines: [lines[0], *lines]), {A.LANE_DELETED, A.CHAIN_BROKEN, A.LISTING_DELETED}),
    "a lane's header that says it is on no list": (
        lambda f: rewrite(part(f, "lanes"), lambda lines: [lines[0][:-1] + b"0", *lines[1:]]), {A.LISTING_DELETED}),
    "a lane's header of another lane": (
        lambda f: rewrite(part(f, "lanes"), lambda lines: [lines[0][:-4] + b"00 1", *lines[1:]]), {UNUSABLE, A.LANES_SWAPPED, A.LANE_DELETED}),
    "an entry twice": (
        lambda f: rewrite(part(f, "lanes"), lambda lines: [*lines[:2], lines[1], *lines[2:]]),
        {A.ALIEN_ITEM}),
    "an empty line among the entries": (
        lambda f: rewrite(part(f, "lanes"), lambda lines: [*lines[:2], b"", *lines[2:]]),
        {A.ALIEN_ITEM}),
    "an entry with a carriage return": (
        lambda f: part(f, "lanes").write_bytes(gzip.compress(text_of(part(f, "lanes")).replace(b"}\n", b"}\r\n", 1))),
        {A.ENTRY_REHASHED, A.ENTRY_EDITED, A.LANE_REWRITTEN}),
    "a part of a ninth shard": (lambda f: part(f, "lanes").rename(f / "lanes" / "2025112306-9.gz"), {A.LANE_DELETED}),
    "a part that is a link to nowhere": (
        lambda f: [path.symlink_to("nowhere") for path in [part(f, "lanes")] if path.rename(f / "kept")], {A.LANE_DELETED}),
    "a part that is a pipe": (
        lambda f: [os.mkfifo(path) for path in [part(f, "lanes")] if path.unlink() is None], {A.LANE_DELETED}),
    "a manifest of another log": (lambda f: manifest(f, origin="other"), {UNUSABLE, A.KEY_REPLACED, A.CHECKPOINT_DAMAGED, A.CHAIN_BROKEN}),
    "a manifest of the next year": (lambda f: manifest(f, created=str(T0 + 8_760 * HOUR)), {A.FUTURE_TIME}),
    "a manifest of before the log": (lambda f: manifest(f, created="1"), {A.FUTURE_TIME}),
    "a manifest without the head": (lambda f: manifest(f, head=None), {A.WIPED}),
    "a manifest of the format before": (lambda f: manifest(f, format=1), {Verdict.INCOMPLETE}),
    "a manifest without a window of lines": (
        lambda f: manifest(f, witness=None), {UNUSABLE}),
    "a manifest that denies its bundles": (
        lambda f: (
            manifest(f, bundles=False),
            [path.write_bytes(b"\0\2{}") for path in (f / "tile" / "entries").rglob("*") if path.is_file()],
        ), {A.TILE_DAMAGED}),
    "a manifest that denies its records": (
        lambda f: (manifest(f, records=False), rewrite(part(f, "records"), lambda lines: lines[1:])), {A.RECORD_DELETED}),
    "no list of requests": (lambda f: (f / "requests.gz").unlink(), {Verdict.INCOMPLETE}),
    "a published checkpoint of a million million leaves": (bigger_note, {A.CHECKPOINT_DAMAGED, A.FOREIGN_SIGNATURE}),
    "keys of a stranger before the log's": (
        lambda f: (f / "keys.txt").write_text(f"{ORIGIN}+00000000+{b64encode(bytes(33)).decode()}\n" + (f / "keys.txt").read_text()),
        {A.KEY_REPLACED}),
    "an index of events with a row that leads elsewhere": (
        lambda f: (f / "events.idx").write_bytes((f / "events.idx").read_bytes()[:-1] + b"\x01"), {A.INDEX_DAMAGED}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_was_done_to_the_files_of_an_export_is_named(
    name: str, exported: Path, tmp_path: Path, world: World
) -> None:
    attack, expected = FILES[name]
    folder = tmp_path / "export"
    for path in exported.rglob("*"):
        if path.is_file():
            (folder / path.relative_to(exported)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(exported)).write_bytes(path.read_bytes())
    attack(folder)
    try:
        report = verify_folder(folder, Options(keys=[VerifierKey.parse(key_of(world))], as_of=world.now), jobs=1)
    except UnusableError:
        assert UNUSABLE in expected
        return
    got = {report.verdict, *(one.attack for one in report.findings)}
    assert got & expected, [report.verdict, *map(str, report.findings)]
    assert report.verdict in {Verdict.TAMPERED, Verdict.INCOMPLETE}


def test_there_are_enough_of_them() -> None:
    assert len(LIVE) + len(FILES) >= 80


@settings(max_examples=cases(12))
@given(names=st.lists(st.sampled_from(sorted(LIVE)), min_size=2, max_size=4, unique=True))
def test_what_was_done_to_live_stores_together_is_no_better_hidden(
    names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = populated(1)
    done, place = set[Attack](), tmp_path_factory.mktemp("together")
    for name in names:
        attack, expected = LIVE[name]
        try:
            attack(world)
            done |= expected
        except (LookupError, AuditError):  # one before took away what it is made on
            continue
    world.now += MINUTE
    report = audited(world, place / "export")
    shutil.rmtree(place)
    assert not done or report.verdict is Verdict.TAMPERED, [*report.notes, *map(str, report.findings)]
    assert not done or {one.attack for one in report.findings} & done
