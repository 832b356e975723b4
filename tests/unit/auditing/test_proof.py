"""A proof says nothing that is not checked, and follows the log's keys."""

from __future__ import annotations

import copy
import gzip
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.proof import check_proof, proofs_of
from tapeproof.log.note import VerifierKey
from tapeproof.log.tiles import pack_bundle, unpack_bundle
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.verify import Options, verify_export
from tests.unit.log.world import populated, verified

if TYPE_CHECKING:
    from pathlib import Path


def test_a_sound_proof_is_verified(exported: Path, vkey: VerifierKey) -> None:
    assert check_proof(proofs_of(exported, "evt-1")[0], [vkey]).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    "change",
    [{"a_lane": {"S": "x"}}, {"a_seq": {"N": "77"}}, {"a_hash": {"B": "AAAA"}}, {"a_hash": {"B": "="}}],
    ids=str,
)
def test_what_a_record_says_of_its_entry_is_checked(change: dict[str, Any], exported: Path, vkey: VerifierKey) -> None:
    proof = copy.deepcopy(proofs_of(exported, "evt-1")[0])
    proof["records"][0] |= change
    assert check_proof(proof, [vkey]).verdict is Verdict.TAMPERED


def test_a_proof_with_the_key_from_before_a_rotation_follows_the_rotation(tmp_path: Path) -> None:
    world = populated(1)
    old = VerifierKey.parse(world.vkey())
    world.key = "arn:key/two"
    world.write(world.writer(), world.decision(evt="after"))
    world.seal()
    verified(world, tmp_path / "export")
    world.seal()
    proof = proofs_of(tmp_path / "export", "after")[0]
    assert len(proof["rotations"]) == 1
    assert check_proof(proof, [old]).verdict is Verdict.VERIFIED


def test_a_rotation_that_the_old_key_did_not_sign_is_not_followed(tmp_path: Path) -> None:
    world = populated(1)
    old = VerifierKey.parse(world.vkey())
    world.key = "arn:key/two"
    world.seal()
    world.seal()
    verified(world, tmp_path / "export")
    proof = proofs_of(tmp_path / "export", "evt-1")[0]
    (rotation,) = proof["rotations"]
    rotation["checkpoint"] = proof["checkpoint"]
    assert check_proof(proof, [old]).verdict in {Verdict.UNANCHORED, Verdict.TAMPERED}
    proof["rotations"] = []
    assert check_proof(proof, [old]).verdict is Verdict.UNANCHORED


def test_bundles_that_are_stored_in_gzip_are_read_as_they_were(tmp_path: Path) -> None:
    world, folder = populated(1), tmp_path / "export"
    verified(world, folder)
    for path in (folder / "tile" / "entries").rglob("*"):
        if path.is_file():
            path.write_bytes(gzip.compress(path.read_bytes()))
    options = Options(keys=[VerifierKey.parse(world.vkey())], as_of=world.now, own=True)
    assert verify_export(folder, options).findings == []


def test_a_bundle_whose_first_entry_has_the_length_of_the_gzip_mark_is_no_gzip() -> None:
    entries = [b"\x08" + b"x" * 8_074, b"y"]
    assert pack_bundle(entries).startswith(b"\x1f\x8b\x08")
    assert unpack_bundle(pack_bundle(entries)) == entries
