"""A log that another program wrote: tiles and a checkpoint, and nothing of this project's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.control import control_leaf
from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.log.note import ED25519, Signature, VerifierKey, format_note
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import grow
from tapeproof.verifier.findings import Attack, UnusableError, Verdict
from tapeproof.verifier.history import Pin, Stored
from tapeproof.verifier.tlog import is_tlog, verify_tlog
from tapeproof.verifier.verify import Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
KEY = VerifierKey("example.com/log", ED25519, PRIVATE.public_key().public_bytes_raw())
ENTRIES = [b"%d" % number for number in range(300)]
LEAVES = [leaf_hash(one) for one in ENTRIES]


def _note(checkpoint: Checkpoint) -> bytes:
    text = checkpoint.text()
    return format_note(text, [Signature(KEY.name, KEY.key_id, PRIVATE.sign(text.encode()))])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = Folder(tmp_path)
    for path, data in grow(lambda _: None, 0, LEAVES, ENTRIES).items():
        folder.put(path, data)
    folder.put("checkpoint", _note(Checkpoint(KEY.name, 300, root_of(LEAVES))))
    return tmp_path


@pytest.mark.parametrize("name", ["export.json", "lanes", "keys.txt", "checkpoints.gz"])
def test_what_is_left_of_an_export_is_no_log_of_another_program(root: Path, name: str) -> None:
    assert is_tlog(root)
    (root / name).mkdir()
    assert not is_tlog(root)
    assert not is_tlog(root / "absent")


def test_a_sound_log_is_unanchored_by_its_key_alone_and_says_what_it_cannot_know(root: Path) -> None:
    report = verify_tlog(root, Options(keys=[KEY]))
    assert (report.findings, report.origin, report.size) == ([], KEY.name, 300)
    assert report.root == root_of(LEAVES).hex()
    assert report.counts == {"leaves": 300}
    assert any("freshness was not judged" in note for note in report.notes)


def test_an_older_checkpoint_that_somebody_kept_anchors_it(root: Path) -> None:
    older = Checkpoint(KEY.name, 200, root_of(LEAVES[:200]))
    pin = Pin("pin.json", Stored("pin.json", older, _note(older)), [KEY])
    assert verify_tlog(root, Options(pins=[pin])).verdict is Verdict.VERIFIED
    other = Checkpoint(KEY.name, 200, bytes(32))
    forked = verify_tlog(root, Options(pins=[Pin("pin.json", Stored("pin.json", other, _note(other)), [KEY])]))
    assert [one.attack for one in forked.findings] == [Attack.LOG_FORKED]


@pytest.mark.parametrize(
    ("checkpoint", "attack"),
    [
        (Checkpoint(KEY.name, 300, bytes(32)), Attack.ROOT_MISMATCH),
        (Checkpoint(KEY.name, 10**12, root_of(LEAVES)), Attack.ROOT_MISMATCH),
    ],
)
def test_a_signed_tree_that_is_not_there_is_named(root: Path, checkpoint: Checkpoint, attack: Attack) -> None:
    (root / "checkpoint").write_bytes(_note(checkpoint))
    report = verify_tlog(root, Options(keys=[KEY]))
    assert report.findings[0].attack is attack
    assert report.verdict is Verdict.TAMPERED


@pytest.mark.parametrize(
    ("change", "attack"),
    [
        (lambda _: b"", Attack.CHECKPOINT_DAMAGED),
        (lambda _: b"\xff", Attack.CHECKPOINT_DAMAGED),
        (lambda _: b"text\n\nnothing\n", Attack.CHECKPOINT_DAMAGED),
        (lambda note: note.replace(b"\n", b"\r\n"), Attack.CHECKPOINT_DAMAGED),
        (lambda note: note[:-1], Attack.CHECKPOINT_DAMAGED),
        (lambda note: note.replace("\u2014".encode(), b"-"), Attack.CHECKPOINT_DAMAGED),
        (lambda note: note.replace(b"\n300\n", b"\n0300\n"), Attack.CHECKPOINT_DAMAGED),
        (lambda note: b"\xef\xbb\xbf" + note, Attack.FOREIGN_SIGNATURE),
        (lambda note: note.replace(b"\n300\n", b"\n299\n"), Attack.FOREIGN_SIGNATURE),
    ],
)
def test_a_checkpoint_that_is_none_or_that_the_key_did_not_sign_is_named(
    change: Callable[[bytes], bytes], attack: Attack, root: Path
) -> None:
    (root / "checkpoint").write_bytes(change((root / "checkpoint").read_bytes()))
    report = verify_tlog(root, Options(keys=[KEY]))
    assert [one.attack for one in report.findings] == [attack]


@pytest.mark.parametrize(("origin", "at"), [("other.example/log", 1), (KEY.name, 0)])
def test_what_a_stranger_entered_does_not_date_a_log(origin: str, at: int, tmp_path: Path) -> None:
    seal = {"first": 0, "runs": [], "broken": [], "more": False, "state": "0" * 64}
    entries = [b"entry", control_leaf(origin, at, "SEAL", 1, **seal)]
    leaves = [leaf_hash(one) for one in entries]
    for path, data in grow(lambda _: None, 0, leaves, entries).items():
        Folder(tmp_path).put(path, data)
    (tmp_path / "checkpoint").write_bytes(_note(Checkpoint(KEY.name, 2, root_of(leaves))))
    report = verify_tlog(tmp_path, Options(keys=[KEY]))
    assert (report.checkpoint_time, report.findings, report.absent) == (0, [], [])


def test_a_pin_of_another_log_is_held_against_nothing(root: Path) -> None:
    other = Checkpoint("other.example/log", 1, bytes(32))
    with pytest.raises(UnusableError, match=r"is a pin of other\.example/log"):
        verify_tlog(root, Options(keys=[KEY], pins=[Pin("pin.json", Stored("pin.json", other, b""), [KEY])]))


def test_a_log_of_no_leaves_is_sound_and_anchored_by_nothing(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_bytes(_note(Checkpoint(KEY.name, 0, root_of([]))))
    assert verify_tlog(tmp_path, Options(keys=[KEY])).verdict is Verdict.UNANCHORED


def test_a_damaged_tile_is_named_and_hashes_alone_are_enough(root: Path) -> None:
    (root / "tile/0/000").write_bytes(b"\xff" * 32 + (root / "tile/0/000").read_bytes()[32:])
    report = verify_tlog(root, Options(keys=[KEY]))
    assert [(one.attack, one.subject) for one in report.findings] == [(Attack.TILE_DAMAGED, "tile/0/000")]


def test_without_a_key_nothing_can_be_said(root: Path) -> None:
    with pytest.raises(UnusableError, match="names no key of its own"):
        verify_tlog(root, Options())
