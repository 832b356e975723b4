"""A proof says nothing that is not checked, and follows the log's keys."""

from __future__ import annotations

import copy
import gzip
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.proof import proof_at, proofs_of
from tapeproof.auditing.proof_check import check_proof
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


def test_every_leaf_of_a_log_can_be_proved(exported: Path, vkey: VerifierKey) -> None:
    size = int(proof_at(exported, 0)["checkpoint"].splitlines()[1])
    for leaf in range(size):
        assert check_proof(json.loads(json.dumps(proof_at(exported, leaf))), [vkey]).verdict.value == 0


def test_an_event_is_found_by_its_id_its_natural_key_and_its_leaf(exported: Path) -> None:
    (by_id,) = proofs_of(exported, "evt-9")
    key = next(one for one in by_id["about"] if one.endswith("#9"))
    assert proofs_of(exported, key) == proofs_of(exported, f"#{by_id['leaf']}") == [by_id]
    with pytest.raises(SourceError, match="no entry about"):
        proofs_of(exported, "evt-unknown")


@pytest.mark.parametrize(
    "change",
    [
        lambda proof: proof | {"entry": proof["entry"].replace("RECORDED", "REJECTED", 1)},
        lambda proof: proof | {"leaf": proof["leaf"] + 1},
        lambda proof: proof | {"path": proof["path"][:-1]},
        lambda proof: proof | {"path": [*proof["path"][:-1], "00" * 32]},
        lambda proof: proof | {"checkpoint": proof["checkpoint"].replace("\n8", "\n9", 1)},
        lambda proof: proof | {"origin": "another.example/log"},
        lambda proof: proof | {"about": ["evt-2", *proof["about"][1:]]},
        lambda proof: proof | {"records": [*proof["records"], proof["records"][0] | {"a_item": {"N": "7"}}]},
        lambda proof: proof | {"records": [*proof["records"], {"body": {"S": "{}"}}]},
        lambda proof: proof | {"records": [proof["records"][0] | {"body": {"S": "{}"}}, *proof["records"][1:]]},
        lambda proof: proof | {"records": [proof["records"][0] | {"st_pk": {"S": "x"}}, *proof["records"][1:]]},
    ],
)
def test_a_proof_with_any_part_changed_is_tampered(change: object, exported: Path, vkey: VerifierKey) -> None:
    (proof,) = proofs_of(exported, "evt-1")
    assert check_proof(proof, [vkey]).verdict.name == "VERIFIED"
    assert check_proof(change(proof), [vkey]).verdict.name == "TAMPERED"  # type: ignore[operator]


def test_a_record_beside_an_entry_that_stores_none_is_not_proved(exported: Path, vkey: VerifierKey) -> None:
    (record,) = proofs_of(exported, "evt-1")[0]["records"]
    leaf = int(proof_at(exported, 0)["checkpoint"].splitlines()[1]) - 1
    seal = proof_at(exported, leaf)
    assert check_proof(seal, [vkey]).verdict.name == "VERIFIED"
    assert check_proof(seal | {"records": [record]}, [vkey]).verdict.name == "TAMPERED"


def test_an_entry_that_was_damaged_in_the_export_is_told_when_it_is_to_be_proved(
    exported: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(exported, tmp_path / "copy")
    path = min((folder / "tile" / "entries").rglob("[0-9]*"))
    path = path if path.is_file() else min(path.iterdir())
    path.write_bytes(path.read_bytes().replace(b"coinbase", b"coin\xff\xfe\xfd\xfc"))
    with pytest.raises(SourceError, match="is damaged at leaf 0"):
        proof_at(folder, 0)


@pytest.mark.parametrize("proof", [{}, [], {"format": "tapeproof-proof/1"}, {"format": "other"}, 7])
def test_what_is_no_proof_is_refused(proof: object) -> None:
    with pytest.raises(SourceError):
        check_proof(proof, [])  # type: ignore[arg-type]
