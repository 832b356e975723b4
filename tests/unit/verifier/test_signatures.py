"""Who signed a log, who must have, and who else vouches for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.head import SigningKey
from tapeproof.log.kms import KmsSigner
from tapeproof.log.note import COSIGNATURE, ED25519, Signature, VerifierKey, format_note
from tapeproof.verifier.findings import Attack, Report, UnusableError, Verdict
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.history import read_history
from tapeproof.verifier.index import Index
from tapeproof.verifier.signatures import Keyring, check_signatures, signature_tasks
from tapeproof.verifier.verify import Options, verify_export
from tests.unit.log.world import ORIGIN, World, WorldSource, populated, verified
from tests.unit.verifier.forging import believe_any_head, head_of, put_head

if TYPE_CHECKING:
    from pathlib import Path


def _cosigned(
    folder: Path, witness: Ed25519PrivateKey, *, honest: bool = True, time: int = 0, name: str = "witness.example/w1"
) -> VerifierKey:
    """Put a witness's cosignature (C2SP tlog-cosignature) under the published checkpoint; return the witness's key."""
    note, time = (folder / "checkpoint").read_text(), time or ExportFolder(folder).created // 10**9
    body = note.partition("\n\n")[0] + "\n"
    signed = f"cosignature/v1\ntime {time}\n{body if honest else body[::-1]}".encode()
    raw = witness.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = VerifierKey(name, COSIGNATURE, raw)
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


@pytest.mark.parametrize("time", [1, 1_763_877_600 - 86_400, 2**63, 2**64 - 1])
def test_a_cosignature_of_a_time_when_there_was_no_such_checkpoint_anchors_nothing(time: int, tmp_path: Path) -> None:
    world = populated()
    verified(world, tmp_path / "export")
    key = _cosigned(tmp_path / "export", Ed25519PrivateKey.generate(), time=time)
    report = verify_export(tmp_path / "export", Options(witnesses=[key], as_of=world.now))
    assert (report.anchors, report.verdict) == ([], Verdict.UNANCHORED)


@pytest.mark.parametrize(
    ("quorum", "verdict"), [(0, Verdict.UNANCHORED), (2, Verdict.UNANCHORED), (1, Verdict.VERIFIED)]
)
def test_one_of_three_witnesses_is_enough_only_when_the_reader_says_so(
    quorum: int, verdict: Verdict, tmp_path: Path
) -> None:
    world = populated(1)
    verified(world, tmp_path / "export")
    keys = [_cosigned(tmp_path / "export", Ed25519PrivateKey.generate())]
    for number in (2, 3):
        raw = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        keys.append(VerifierKey(f"witness.example/w{number}", COSIGNATURE, raw))
    options = Options(witnesses=keys, quorum=quorum, as_of=world.now)
    assert verify_export(tmp_path / "export", options).verdict is verdict


def test_a_key_that_makes_no_cosignatures_is_no_witness(tmp_path: Path) -> None:
    raw = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    with pytest.raises(UnusableError, match="does not make cosignatures"):
        verified(populated(1), tmp_path / "export", witnesses=[VerifierKey("witness.example/w1", ED25519, raw)])


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


def test_without_a_key_or_a_pin_nothing_is_ever_verified(tmp_path: Path) -> None:
    assert verified(populated(), tmp_path / "export", keys=[]).verdict is Verdict.UNANCHORED


def test_a_log_forked_under_its_own_key_is_named_so(tmp_path: Path) -> None:
    world = populated()
    size = head_of(world).size
    forged = Checkpoint(ORIGIN, size, bytes(32)).text()
    signer = KmsSigner(world.kms, ORIGIN)
    note = format_note(forged, [signer.sign(world.key, signer.verifier_key(world.key), forged)])
    world.bucket.files["checkpoint"] = note
    report = verified(world, tmp_path / "export")
    assert {one.attack for one in report.findings} == {Attack.LOG_FORKED}


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


def test_a_key_that_was_swapped_without_the_old_ones_signature_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = populated()
    old = world.vkey()
    world.kms.keys["arn:key/one"] = world.kms.keys["arn:key/two"]
    put_head(world, key=SigningKey(world.key, world.vkey()))
    believe_any_head(world, monkeypatch)
    world.seal()
    report = verified(world, tmp_path / "export", keys=[VerifierKey.parse(old)])
    assert {one.attack for one in report.findings} == {Attack.KEY_REPLACED, Attack.FOREIGN_SIGNATURE}


def test_a_key_that_nobody_trusts_cannot_rotate_itself_into_a_log_that_rotated_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = populated()
    trusted = world.vkey()
    world.key = "arn:key/two"
    world.seal()
    world.seal()
    # A rogue sealer: the head names its own key as the one in use, and it rotates that to another of its own.
    world.kms.keys["arn:key/rogue"] = ec.generate_private_key(ec.SECP256R1())
    world.key = "arn:key/rogue"
    put_head(world, key=SigningKey(world.key, world.vkey()))
    believe_any_head(world, monkeypatch)
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
