from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from audit_log.checkpoint import Checkpoint
from audit_log.entry import entry_hash
from audit_log.head import SigningKey
from audit_log.kms import KmsSigner
from audit_log.merkle import leaf_hash
from audit_log.note import COSIGNATURE, Signature, VerifierKey, format_note
from audit_log.objects import Folder
from audit_log.verifier.findings import Attack, Report, UnusableError, Verdict
from audit_log.verifier.folder import ExportFolder
from audit_log.verifier.history import read_history
from audit_log.verifier.index import Index
from audit_log.verifier.signatures import Keyring, check_signatures, signature_tasks
from audit_log.verifier.verify import Options, verify_export
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from compliance.audit.errors import SourceError
from compliance.audit.export import ExportOptions, export
from compliance.audit.operations import verify_folder
from compliance.audit.prune import export_digest, hours_before, prune
from tests.unit.audit_log.world import HOUR, MINUTE, ORIGIN, World, WorldSource, populated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compliance.audit.source import Line


def verified(world: World, folder: Path, **options: object) -> Report:
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return verify_export(folder, Options(**{"keys": [VerifierKey.parse(world.vkey())], "as_of": world.now} | options))


def test_an_honest_log_is_verified(tmp_path: Path) -> None:
    report = verified(populated(), tmp_path / "export")
    assert report.findings == []
    assert report.verdict is Verdict.VERIFIED


def _change(world: World, lane: str, seq: int, **attributes: object) -> None:
    item = world.model.items["audit", f"L#{lane}", f"{seq:010d}"]
    world.model.items["audit", f"L#{lane}", f"{seq:010d}"] = {**item, **attributes}


def _lane(world: World) -> str:
    return min(key[1][2:] for key in world.model.items if key[1].startswith("L#"))


def _cosigned(folder: Path, witness: Ed25519PrivateKey, *, honest: bool = True) -> VerifierKey:
    """Put a witness's cosignature (C2SP tlog-cosignature) under the published checkpoint; return the witness's key."""
    note, time = (folder / "checkpoint").read_text(), 1_763_877_600
    body = note.partition("\n\n")[0] + "\n"
    signed = f"cosignature/v1\ntime {time}\n{body if honest else body[::-1]}".encode()
    raw = witness.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = VerifierKey("witness.example/w1", COSIGNATURE, raw)
    (folder / "checkpoint").write_text(
        note + str(Signature(key.name, key.key_id, time.to_bytes(8, "big") + witness.sign(signed)))
    )
    return key


def test_a_witness_cosignature_anchors_the_log(tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    key = _cosigned(tmp_path / "export", Ed25519PrivateKey.generate())
    report = verify_export(tmp_path / "export", Options(witnesses=[key], as_of=world.now))
    assert (report.findings, report.verdict) == ([], Verdict.VERIFIED)
    assert "cosignature of witness.example/w1" in report.anchors


def test_a_cosignature_of_another_text_is_named(tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    key = _cosigned(tmp_path / "export", Ed25519PrivateKey.generate(), honest=False)
    report = verify_export(tmp_path / "export", Options(witnesses=[key], as_of=world.now))
    assert [one.attack for one in report.findings] == [Attack.FOREIGN_SIGNATURE]


def test_a_witness_that_did_not_sign_anchors_nothing(tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    raw = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    stranger = VerifierKey("witness.example/w2", COSIGNATURE, raw)
    report = verify_export(tmp_path / "export", Options(witnesses=[stranger], as_of=world.now))
    assert (report.anchors, report.verdict) == ([], Verdict.UNANCHORED)


def test_the_logs_own_key_is_no_witness(tmp_path: Path) -> None:
    world = populated()
    with pytest.raises(UnusableError, match="is the log's own"):
        verified(world, tmp_path / "export", witnesses=[VerifierKey.parse(world.vkey())])


def _forged(text: str) -> str:
    entry = text.partition(',"b":')[2][:-2].replace("marketdata.", "marketdata-")
    return f'{{"audit":{{"h":"{leaf_hash(entry.encode()).hex()}","b":{entry}}}}}'


@pytest.mark.parametrize("later_ms", [-100, 100])
def test_a_forged_line_beside_the_true_one_is_named_whichever_came_first(tmp_path: Path, later_ms: int) -> None:
    world = populated()
    true = world.lines[3]
    world.lines.append(replace(true, text=_forged(true.text), ingested=true.ingested + later_ms))
    report = verified(world, tmp_path / "export")
    entry = json.loads(true.text)["audit"]["b"]
    found = [(one.attack, one.lane, one.seq) for one in report.findings]
    assert found == [(Attack.LINE_FORGED, entry["_lane"], entry["_seq"])]


def test_what_belongs_to_no_entry_is_named_even_where_the_next_lane_was_swapped(tmp_path: Path) -> None:
    world = World()
    first, second, other = (
        world.write(world.writer(urandom=lambda count, end=end: (end * count)[-count:]), world.decision())[0]
        for end in (b"\1\0", b"\2\0", b"\3\1")
    )
    world.seal()
    text = first.entry_bytes.decode().replace('"_seq":0', '"_seq":1')
    digest = leaf_hash(text.encode()).hex()
    world.lines.append(replace(world.lines[0], text=f'{{"audit":{{"h":"{digest}","b":{text}}}}}'))
    _change(world, second.lane, 0, b={"B": other.entry_bytes}, h={"B": other.entry_hash})
    found = {(one.attack, one.lane, one.seq) for one in verified(world, tmp_path / "export").findings}
    assert found == {(Attack.LINE_UNMATCHED, first.lane, 1), (Attack.LANES_SWAPPED, second.lane, 0)}


def test_a_line_that_was_delivered_twice_is_no_finding(tmp_path: Path) -> None:
    world = populated()
    world.lines.append(replace(world.lines[3], ingested=world.lines[3].ingested + 100))
    report = verified(world, tmp_path / "export")
    assert report.findings == []
    assert report.counts["witness lines"] == report.counts["entries"] + 1


def test_an_entry_edited_in_the_table_itself_is_named_with_what_changed(tmp_path: Path) -> None:
    world = populated()
    lane = _lane(world)
    old = world.model.items["audit", f"L#{lane}", "0000000002"]["b"]["B"]
    _change(world, lane, 2, b={"B": old.replace(b'"src":"marketdata.coinbase"', b'"src":"marketdata.kraken"')})
    report = verified(world, tmp_path / "export")
    assert [(one.attack, one.lane, one.seq) for one in report.findings] == [(Attack.ENTRY_EDITED, lane, 2)]
    assert report.findings[0].detail == 'src was "marketdata.coinbase", is "marketdata.kraken"'


@pytest.mark.parametrize("told", [b'"act":"RECORDED"', b'"act":', b"\xff", b'"act":"BATCH","items":7', b"[" * 5_000])
def test_an_entry_that_says_nothing_is_named_though_its_chain_is_sound(told: bytes, tmp_path: Path) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    ((_, pk, sk),) = [key for key in world.model.items if key[1].startswith("L#")]
    previous = world.model.items["audit", pk, sk]["h"]["B"].hex()
    data = b'{"_lane":"%b","_prev":"%b","_seq":1,%b,"ts":"%d","v":1}' % (
        pk[2:].encode(),
        previous.encode(),
        told,
        world.now,
    )
    item = {"pk": {"S": pk}, "sk": {"S": "0000000001"}, "b": {"B": data}, "h": {"B": entry_hash(data)}}
    world.model.items["audit", pk, "0000000001"] = item
    world.seal()
    findings = verified(world, tmp_path / "export").findings
    assert (Attack.ALIEN_ITEM, pk[2:], 1) in {(one.attack, one.lane, one.seq) for one in findings}


def test_an_edited_index_key_of_a_record_is_an_edited_record(tmp_path: Path) -> None:
    world = populated()
    key = next(key for key in sorted(world.model.items) if key[0] == "market")
    world.model.items[key] = {**world.model.items[key], "st_pk": {"S": "ETH-USD#trade#2025112306"}}
    report = verified(world, tmp_path / "export")
    assert [one.attack for one in report.findings] == [Attack.RECORD_EDITED]
    assert "keys or attributes" in report.findings[0].detail


@pytest.mark.parametrize("seq", ["-1", "7", "9999999999", "10000000000", "1" + 30 * "0", "1.5"])
def test_a_record_that_cites_a_place_without_an_entry_is_an_inserted_one(seq: str, tmp_path: Path) -> None:
    world = populated()
    cited = {"a_lane": {"S": _lane(world)}, "a_seq": {"N": seq}, "a_hash": {"B": bytes(32)}}
    keys = {"pk": {"S": "trade#coinbase#BTC-USD#2025112306"}, "body": {"S": "{}"}, "salt": {"B": b"1"}}
    for number in range(2):
        world.model.items["market", "x", str(number)] = {**keys, **cited, "sk": {"S": str(number)}}
    world.model.items["market", "x", "2"] = {**keys, **cited, "sk": {"S": "2"}, "a_seq": {"N": "2" + 10 * "0"}}
    findings = verified(world, tmp_path / "export").findings
    assert {one.attack for one in findings} == {Attack.RECORD_INSERTED}
    assert len(findings) >= 2


@pytest.mark.parametrize(
    "value", [{"N": "1e999999999"}, {"N": "one"}, {"BS": [b"1"]}, {"L": [{"NULL": True}]}, {"?": "1"}]
)
def test_an_attribute_of_any_kind_added_to_a_record_is_an_edit(value: dict[str, Any], tmp_path: Path) -> None:
    world = populated()
    key = next(key for key in sorted(world.model.items) if key[0] == "market")
    world.model.items[key] = {**world.model.items[key], "more": value}
    report = verified(world, tmp_path / "export")
    assert [one.attack for one in report.findings] == [Attack.RECORD_EDITED]


def test_a_record_without_an_entry_is_an_inserted_one(tmp_path: Path) -> None:
    world = populated()
    stray = {"pk": {"S": "trade#coinbase#BTC-USD#2025112306"}, "sk": {"S": "1#2"}, "body": {"S": "{}"}}
    world.model.items["market", "x", "y"] = stray
    assert [one.attack for one in verified(world, tmp_path / "export").findings] == [Attack.RECORD_INSERTED]


def test_an_item_with_a_hostile_key_is_reported_and_breaks_nothing(tmp_path: Path) -> None:
    world = populated()
    lane = _lane(world)
    for sk in ("zzz\n#L x 1", "0000000001\x1f", "9" * 30, "\u00b2", "000000000\u0661"):
        world.model.items["audit", f"L#{lane}", sk] = {
            "pk": {"S": f"L#{lane}"}, "sk": {"S": sk}, "b": {"B": b"{}\n#L y 1\n"}, "h": {"B": b"1"},
        }  # fmt: skip
    report = verified(world, tmp_path / "export")
    assert {one.attack for one in report.findings} == {Attack.ALIEN_ITEM}
    assert len(report.findings) == 5


def test_without_a_key_or_a_pin_nothing_is_ever_verified(tmp_path: Path) -> None:
    assert verified(populated(), tmp_path / "export", keys=[]).verdict is Verdict.UNANCHORED


def test_a_log_forked_under_its_own_key_is_named_so(tmp_path: Path) -> None:
    world = populated()
    size = world.sealer()._load().size
    forged = Checkpoint(ORIGIN, size, bytes(32)).text()
    signer = KmsSigner(world.kms, ORIGIN)
    note = format_note(forged, [signer.sign(world.key, signer.verifier_key(world.key), forged)])
    world.bucket.files["checkpoint"] = note
    report = verified(world, tmp_path / "export")
    assert {one.attack for one in report.findings} == {Attack.LOG_FORKED}


def test_a_writer_that_finds_a_strangers_entry_makes_the_fork_visible(tmp_path: Path) -> None:
    world = World()
    writer = world.writer()
    (first,) = world.write(writer, world.decision())
    world.seal()
    stranger = first.entry_bytes.replace(b'"_seq":0', b'"_seq":1')
    world.model.items["audit", f"L#{first.lane}", "0000000001"] = {
        "pk": {"S": f"L#{first.lane}"}, "sk": {"S": "0000000001"}, "b": {"B": stranger}, "h": {"B": bytes(32)},
    }  # fmt: skip
    world.write(writer, world.decision())
    world.seal()
    report = verified(world, tmp_path / "export")
    assert (Attack.LANE_FORKED, first.lane, 1) in {(one.attack, one.lane, one.seq) for one in report.findings}


def test_a_rotated_key_is_trusted_from_either_side(tmp_path: Path) -> None:
    world = populated()
    old = world.vkey()
    world.key = "arn:key/two"
    world.seal()
    world.seal()
    for number, key in enumerate((old, world.vkey())):
        report = verified(world, tmp_path / str(number), keys=[VerifierKey.parse(key)])
        assert report.verdict is Verdict.VERIFIED, report.findings


def test_a_rotation_that_only_the_published_entries_still_tell_of_is_believed_and_its_loss_is_named(
    tmp_path: Path,
) -> None:
    world = populated()
    old = world.vkey()
    world.key = "arn:key/two"
    world.seal()
    world.seal()
    leaves = [key for key, item in world.model.items.items() if b'"act":"KEYROT"' in item.get("b", {}).get("B", b"")]
    for key in leaves:
        del world.model.items[key]
    report = verified(world, tmp_path / "export", keys=[VerifierKey.parse(old)])
    assert len(leaves) == 1
    assert {one.attack for one in report.findings} == {Attack.CONTROL_DAMAGED}


@pytest.mark.parametrize("known", [0, 1, 3])
def test_a_signature_is_judged_the_same_whether_or_not_it_was_verified_in_advance(known: int, tmp_path: Path) -> None:
    world = populated()
    keys = [VerifierKey.parse(world.vkey())]
    world.key = "arn:key/two"
    world.seal()
    keys.append(VerifierKey.parse(world.vkey()))
    stranger = keys[0]._replace(name="stranger")
    export(WorldSource(world), tmp_path / "export", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    folder = ExportFolder(tmp_path / "export")
    history = read_history(folder.checkpoints(), None, folder.origin, Report("", 0), Index(tmp_path / "index"))
    looked_for = [*keys, stranger][:known]
    found = [outcomes for task in signature_tasks(history, looked_for) for outcomes in check_signatures(task)]
    rotated = history.largest() - 2
    for ring, wrong in (
        (Keyring(keys, [], [(rotated, keys[0], keys[1])]), 0),
        (Keyring(keys[:1], [], []), 0),
        (Keyring(keys[1:], [], []), len(history) - 1),
        (Keyring([stranger], [], []), len(history)),
    ):
        assert len(list(ring.findings(history, looked_for, found))) == wrong


def test_a_key_that_was_swapped_without_the_old_ones_signature_is_found(tmp_path: Path) -> None:
    world = populated()
    old = world.vkey()
    world.kms.keys["arn:key/one"] = world.kms.keys["arn:key/two"]
    head = world.sealer()._load()
    key = SigningKey(world.key, world.vkey())
    world.model.items["audit", "C", "HEAD"] = replace(head, key=key).item()
    world.seal()
    report = verified(world, tmp_path / "export", keys=[VerifierKey.parse(old)])
    assert {one.attack for one in report.findings} == {Attack.KEY_REPLACED, Attack.FOREIGN_SIGNATURE}


def test_a_key_that_nobody_trusts_cannot_rotate_itself_into_a_log_that_rotated_before(tmp_path: Path) -> None:
    world = populated()
    trusted = world.vkey()
    world.key = "arn:key/two"
    world.seal()
    world.seal()
    # A rogue sealer: the head names its own key as the one in use, and it rotates that to another of its own.
    world.kms.keys["arn:key/rogue"] = ec.generate_private_key(ec.SECP256R1())
    world.key = "arn:key/rogue"
    rogue = SigningKey(world.key, world.vkey())
    world.model.items["audit", "C", "HEAD"] = replace(world.sealer()._load(), key=rogue).item()
    world.key = "arn:key/edwards"
    world.seal()
    report = verified(world, tmp_path / "export", keys=[VerifierKey.parse(trusted)])
    assert {one.attack for one in report.findings} == {Attack.FOREIGN_SIGNATURE}


def test_of_several_trusted_keys_that_of_another_log_does_not_vouch_for_this_one(tmp_path: Path) -> None:
    world = populated()
    honest = VerifierKey.parse(world.vkey())
    forged = populated()
    other = VerifierKey.parse(forged.vkey())._replace(name="other.example/log")
    verified(forged, tmp_path / "export", keys=[])
    for path in ("checkpoint", "keys.txt"):
        text = (tmp_path / "export" / path).read_text()
        (tmp_path / "export" / path).write_text(
            text.replace(f"{ORIGIN} ", f"{other.name} ").replace(f"{ORIGIN}+", f"{other.name}+")
        )
    report = verify_export(tmp_path / "export", Options(keys=[other, honest]))
    assert {one.attack for one in report.findings} >= {Attack.KEY_REPLACED, Attack.FOREIGN_SIGNATURE}


@pytest.mark.parametrize("before", [0, 3])
def test_two_rotations_under_one_checkpoint_need_the_signatures_of_every_key(before: int) -> None:
    kms = KmsSigner(World().kms, ORIGIN)
    one, two, three = map(kms.verifier_key, ("arn:key/one", "arn:key/two", "arn:key/edwards"))
    ring = Keyring([one], [], [(3, one, two), (4, two, three)])
    assert ring.signers(3, 0) == [one]
    assert ring.signers(6, before) == [one, two, three]
    assert ring.signers(7, 6) == [three]


def test_a_log_without_traffic_is_sound_and_anchored_only_by_a_pin(tmp_path: Path) -> None:
    world = World()
    world.seal()
    report = verified(world, tmp_path / "export")
    assert report.verdict is Verdict.UNANCHORED


def test_nothing_signed_and_no_pin_is_no_verdict(tmp_path: Path) -> None:
    world = World()
    world.write(world.writer(), world.decision())
    with pytest.raises(UnusableError, match="no readable checkpoint"):
        verified(world, tmp_path / "export")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("export.json", b"{", "export.json is damaged"),
        ("export.json", b'{"format": 9, "origin": "x", "created": "1"}', "export format 9"),
        ("controls.gz", b"not gzip", "is no gzip file"),
        ("controls.gz", b"\x1f\x8bnot gzip", "cannot be read"),
        ("checkpoints.gz", gzip.compress(b'{"sk": 1}\n', mtime=0), "is damaged"),
        ("controls.gz", gzip.compress(b"x y\n", mtime=0), "no index"),
        ("controls.gz", gzip.compress(b"1 x\n", mtime=0)[:-9], "cut off"),
    ],
)
def test_a_damaged_export_is_refused_with_the_file_and_the_reason(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    verified(populated(1), folder)
    (folder / name).write_bytes(content)
    with pytest.raises(UnusableError, match=reason):
        verify_export(folder, Options())


def test_a_pruned_hour_leaves_a_log_that_verifies(tmp_path: Path) -> None:
    world = populated()
    full = tmp_path / "before"
    verified(world, full)
    hour = hours_before(full, "9999999999")[0]

    def seal_meanwhile(_seconds: float) -> None:
        world.seal()

    (done,) = prune(world.model, "audit", full, [hour], by="operator", wait_seconds=60, sleep=seal_meanwhile)
    assert (done.deleted, done.kept) == (done.entries, 0)
    assert not any(key[1].startswith(f"L#{hour}") for key in world.model.items)
    report = verified(world, tmp_path / "after")
    assert report.findings == []
    assert report.counts["hours pruned"] == 1
    assert report.notes == ["The entries of 1 pruned hours were checked in their published copies."]


def _pruned(world: World, folder: Path) -> str:
    """Prune the first closed hour; return it."""
    verified(world, folder)
    hour = hours_before(folder, "9999999999")[0]
    prune(world.model, "audit", folder, [hour], by="x", wait_seconds=60, sleep=lambda _: world.seal() and None)
    return hour


def _record_of(world: World, hour: str) -> tuple[str, str, str]:
    items = world.model.items.items()
    return next(key for key, item in sorted(items) if item.get("a_lane", {}).get("S", "").startswith(hour))


@pytest.mark.parametrize(
    ("change", "attack"),
    [({"body": {"S": "{}"}}, Attack.RECORD_EDITED), (None, Attack.RECORD_DELETED)],
    ids=["edited", "deleted"],
)
def test_a_record_of_a_pruned_hour_is_still_compared(
    change: dict[str, Any] | None, attack: Attack, tmp_path: Path
) -> None:
    world = populated()
    hour = _pruned(world, tmp_path / "before")
    key = _record_of(world, hour)
    record = world.model.items.pop(key)
    if change:
        world.model.items[key] = record | change
    report = verified(world, tmp_path / "after")
    assert [(one.attack, one.lane, one.seq) for one in report.findings] == [
        (attack, record["a_lane"]["S"], int(record["a_seq"]["N"]))
    ]


def test_a_line_of_a_pruned_hour_is_still_compared(tmp_path: Path) -> None:
    world = populated()
    hour = _pruned(world, tmp_path / "before")
    line = next(one for one in world.lines if f'"_lane":"{hour}' in one.text)
    world.lines.remove(line)
    assert verified(world, tmp_path / "after").verdict is Verdict.WITNESS_GAP


def test_lanes_that_were_not_pruned_yet_are_compared_beside_those_that_were(tmp_path: Path) -> None:
    world = populated()
    before = {key: item for key, item in world.model.items.items() if key[0] == "audit"}
    hour = _pruned(world, tmp_path / "before")
    lanes = sorted({key[1][2:] for key in before if key[1].startswith(f"L#{hour}")})
    for key, item in before.items():
        if key[1] == f"L#{lanes[1]}" or key[2] == lanes[1]:
            world.model.items[key] = item
    report = verified(world, tmp_path / "after")
    assert (report.findings, report.counts["entries"], report.counts["records"]) == ([], 72, 120)


@pytest.mark.parametrize("bundles", [True, False])
def test_without_published_copies_nothing_is_said_of_a_pruned_hour(*, bundles: bool, tmp_path: Path) -> None:
    world = populated()
    hour = _pruned(world, tmp_path / "before")
    del world.model.items[_record_of(world, hour)]
    options = ExportOptions(line_lag_ns=0, clock=lambda: world.now, bundles=bundles)
    export(WorldSource(world), tmp_path / "after", options)
    manifest = tmp_path / "after" / "export.json"
    manifest.write_text(manifest.read_text().replace('"bundles": true', '"bundles": false'))
    report = verify_export(tmp_path / "after", Options(keys=[VerifierKey.parse(world.vkey())]))
    assert bool(report.findings) is bundles
    assert ("not compared" in report.notes[0]) is not bundles


def test_pruning_waits_for_the_log_to_say_so(tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    hour = hours_before(tmp_path / "export", "9999999999")[0]
    with pytest.raises(SourceError, match="has not announced"):
        prune(world.model, "audit", tmp_path / "export", [hour], by="x", wait_seconds=5, sleep=lambda _: None)
    assert any(key[1].startswith(f"L#{hour}") for key in world.model.items)


@pytest.mark.parametrize(("minutes", "verdict"), [(5, Verdict.VERIFIED), (25, Verdict.STALE)])
def test_entries_that_fresh_checkpoints_leave_out_make_the_log_stale(
    minutes: int, verdict: Verdict, tmp_path: Path
) -> None:
    world = populated()
    head = world.sealer()._load()
    world.model.items["audit", "C", "HEAD"] = replace(head, closed="2099010100").item()
    (left_out,) = world.write(world.writer(), world.decision())
    world.now += minutes * MINUTE
    world.seal()
    report = verified(world, tmp_path / "export")
    assert report.verdict is verdict
    found = [(Attack.STALE, left_out.lane, 0)] if verdict is Verdict.STALE else []
    assert [(one.attack, one.lane, one.seq) for one in report.findings] == found


def test_only_closed_hours_are_pruned(tmp_path: Path) -> None:
    world = populated()
    report = verified(world, tmp_path / "export")
    hours = {part.hour for part in ExportFolder(tmp_path / "export").parts("lanes")}
    assert (len(hours), report.counts["hours closed"]) == (3, 2)
    assert hours_before(tmp_path / "export", "9999999999") == sorted(hours)[:2]


def test_a_file_that_nobody_verified_has_no_say_in_what_is_pruned(tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    first, second = hours_before(tmp_path / "export", "9999999999")
    before, lanes = export_digest(tmp_path / "export", first), tmp_path / "export" / "lanes"
    (lanes / f"{first}-x.gz").write_bytes(min(lanes.glob(f"{second}-*.gz")).read_bytes())
    assert export_digest(tmp_path / "export", first) == before
    prune(
        world.model,
        "audit",
        tmp_path / "export",
        [first],
        by="x",
        wait_seconds=60,
        sleep=lambda _: world.seal() and None,
    )
    assert verified(world, tmp_path / "after").findings == []


@pytest.mark.parametrize("by", ["", "x" * 201, "line\nend"])
def test_a_name_that_the_log_would_not_take_is_refused_before_anything_is_asked(by: str, tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    hour = hours_before(tmp_path / "export", "9999999999")[0]
    with pytest.raises(SourceError, match="is no name"):
        prune(world.model, "audit", tmp_path / "export", [hour], by=by, wait_seconds=0)
    assert ("audit", "C", f"PRUNE#{hour}") not in world.model.items


@pytest.mark.parametrize("other", [{"export": {"S": "ab" * 32}}, {"entries": {"N": "0"}}, {"by": {"N": "7"}}])
def test_what_was_asked_for_with_another_export_is_not_pruned_with_this_one(
    other: dict[str, Any], tmp_path: Path
) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    hour = hours_before(tmp_path / "export", "9999999999")[0]
    with pytest.raises(SourceError, match="has not announced"):
        prune(world.model, "audit", tmp_path / "export", [hour], by="x", wait_seconds=0)
    world.model.items["audit", "C", f"PRUNE#{hour}"] |= other
    with pytest.raises(SourceError, match="another export was named"):
        prune(world.model, "audit", tmp_path / "export", [hour], by="x", wait_seconds=0)


def test_a_bare_tlog_tiles_folder_verifies_with_its_key(tmp_path: Path) -> None:
    world = populated()
    for path, data in world.bucket.files.items():
        Folder(tmp_path).put(path, data)
    report = verify_folder(tmp_path, Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now))
    assert (report.verdict, report.findings) == (Verdict.UNANCHORED, [])
    bundle = max(path for path in world.bucket.files if path.startswith("tile/entries"))
    (tmp_path / bundle).write_bytes(world.bucket.files[bundle].replace(b"coinbase", b"coinbosh", 1))
    report = verify_folder(tmp_path, Options(keys=[VerifierKey.parse(world.vkey())]))
    assert {one.attack for one in report.findings} == {Attack.TILE_DAMAGED}


@pytest.mark.parametrize(
    "extra",
    [{"first": "41", "last": "44"}, {"first": {"lane": 7, "seq": "x"}}, {"first": ["lane", 0]}, {}],
    ids=["a gap's numbers", "members of other types", "an array", "nothing"],
)
def test_an_observation_may_use_the_word_first_for_what_it_likes(extra: dict[str, object], tmp_path: Path) -> None:
    world = populated(minutes=1)
    gap = {"act": "GAP", "key": "trade#coinbase#BTC-USD#41-44", "puts": (), "body": b"", "extra": extra}
    world.write(world.writer(), world.decision(**gap), world.decision())
    world.seal()
    report = verified(world, tmp_path / "export")
    assert (report.verdict, report.findings) == (Verdict.VERIFIED, [])
    assert report.counts["act GAP"] == 1


def test_an_export_of_a_moving_log_gives_no_false_finding(tmp_path: Path) -> None:
    world = World()
    writer = world.writer()
    world.write(writer, world.decision(1))
    world.seal()

    class Moving(WorldSource):
        """Everything goes on while it is read: new entries, the next hour, and checkpoints."""

        def scan(self, which: str) -> Iterator[dict[str, Any]]:
            seen = set()
            for item in super().scan(which):
                seen.add((item["pk"]["S"], item["sk"]["S"]))
                yield item
                world.write(writer, world.decision())
                world.write(writer, world.decision(1, evt="again"))
            world.now = (world.now // HOUR + 1) * HOUR + 1
            world.write(writer, world.decision())
            world.seal()
            if which == "audit":
                later = (item for item in super().scan(which) if item["pk"]["S"] > "L#2025112307")
                yield from (item for item in later if (item["pk"]["S"], item["sk"]["S"]) not in seen)

        def lines(self) -> Iterator[Line]:
            yield from list(super().lines())
            world.write(writer, world.decision())
            world.seal()

    export(Moving(world), tmp_path / "export", ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    report = verify_export(tmp_path / "export", Options(keys=[VerifierKey.parse(world.vkey())], max_age_seconds=10**6))
    assert report.findings == []
