from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tapeproof.evidence.verifier.strict_json import canonical
from tests.unit.evidence.resealing import reseal
from tests.unit.evidence.samples import NOW, Sample, new_key

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle


def test_a_p256_key_file_signs_the_same_bundle_the_same_way_and_verifies_by_its_public_key(tmp_path: Path) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path / "key.pem"
    path.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    path.chmod(0o600)
    first = Sample().bundle(tmp_path / "a" / "run", key=path)
    second = Sample().bundle(tmp_path / "b" / "run", key=path)
    assert first.zip.read_bytes() == second.zip.read_bytes()
    pem = (first.folder / "signer.pub.pem").read_bytes()
    assert verify_bundle(str(first.zip), Expectations(public_key=pem)).word == "VERIFIED"
    other = (Sample().bundle(tmp_path / "c" / "run", key=new_key(tmp_path / "other.pem")).folder) / "signer.pub.pem"
    outcome = verify_bundle(str(first.zip), Expectations(public_key=other.read_bytes()))
    assert {finding.code for finding in outcome.findings} == {"SIGNATURE_INVALID"}


@pytest.mark.parametrize("written", ["{}", "SHA256:{}", " {} "])
def test_a_fingerprint_may_be_written_as_people_write_it(bundle: Bundle, written: str) -> None:
    digits = bundle.fingerprint.removeprefix("sha256:").upper()
    spaced = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    assert verify_bundle(str(bundle.zip), Expectations(written.format(spaced))).word == "VERIFIED"


def test_the_chain_verifies_with_the_bundle_before_it(tmp_path: Path, key: Path) -> None:
    older = Sample()
    older.as_of = NOW.replace(month=10)
    first = older.bundle(tmp_path / "first" / "run", key=key)
    folder = Sample().write(tmp_path / "second" / "run")
    write_previous(folder, first.zip)
    second = write_bundle(folder, signer=KeyFileSigner(key))
    outcome = verify_bundle(str(second.zip), Expectations(second.fingerprint, previous=str(first.zip)))
    assert (outcome.word, outcome.findings) == ("VERIFIED", [])
    assert ("chain", f"follows run {first.assessment['run']['id']}") in outcome.checked


@pytest.fixture
def copy(bundle: Bundle, tmp_path: Path) -> Path:
    return shutil.copytree(bundle.folder, tmp_path / "run")


def _codes(folder: Path, expected: Expectations | None = None) -> set[tuple[str, str]]:
    outcome = verify_bundle(str(folder), expected or Expectations())
    return {(one.code, one.where) for one in outcome.findings}


def test_each_thing_that_is_done_to_a_bundle_has_its_own_finding(copy: Path, bundle: Bundle, key: Path) -> None:
    assert _codes(copy) == set()
    (copy / "more.txt").touch()
    assert _codes(copy) == {("EXTRA", "more.txt")}
    (copy / "more.txt").unlink()
    (copy / "README.txt").unlink()
    assert ("MISSING", "README.txt") in _codes(copy)
    shutil.copy(copy / "signer.pub.pem", copy / "README.txt")
    assert ("SWAPPED", "README.txt") in _codes(copy)
    shutil.copy(bundle.folder / "README.txt", copy)
    (copy / "signature.dsse.json").unlink()
    assert _codes(copy, Expectations(bundle.fingerprint)) == {("UNSIGNED", "signature.dsse.json")}


def test_what_the_key_holder_changes_and_seals_again_is_still_not_what_the_evidence_gives(
    copy: Path, key: Path
) -> None:
    assessment = json.loads((copy / "assessment.json").read_bytes())
    assessment["policies"][0]["effects"]["implemented"] = "made up"
    (copy / "assessment.json").write_bytes(canonical(assessment))
    reseal(copy, key)
    outcome = verify_bundle(str(copy), Expectations())
    assert [one.code for one in outcome.findings] == ["VERDICT_CHANGED"]
    assert "/policies/0/effects/implemented says" in outcome.findings[0].message


@pytest.mark.parametrize(
    ("name", "value"),
    [("frameworks", []), ("policies", []), ("mappings", {}), ("criteria", [None]), ("frameworks", [{"id": 1}])],
)
def test_controls_that_reports_cannot_be_made_of_are_a_finding_and_no_traceback(
    copy: Path, key: Path, name: str, value: object
) -> None:
    (copy / f"controls/{name}.json").write_bytes(canonical(value))
    reseal(copy, key)
    outcome = verify_bundle(str(copy), Expectations())
    assert outcome.exit_status == 1
    assert {one.code for one in outcome.findings} & {"BAD_EVIDENCE", "VERDICT_CHANGED", "REPORT_DISAGREES"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("signature.dsse.json", b'{"payloadType":"application/vnd.in-toto+json","payload":"\xc3\xa9","signatures":[]}'),
        ("manifest.json", b'{"format":"tapeproof/bundle/1","files":[],"x":1e999}'),
        ("manifest.json", b"[" * 50_000),
    ],
)
def test_hostile_bytes_in_place_of_a_document_are_a_finding_and_no_traceback(
    copy: Path, name: str, data: bytes
) -> None:
    (copy / name).write_bytes(data)
    assert verify_bundle(str(copy), Expectations()).exit_status == 1


def test_a_run_that_was_replayed_is_told_by_id_and_by_time(bundle: Bundle) -> None:
    run = bundle.assessment["run"]["id"]
    assert _codes(bundle.folder, Expectations(run=run, after="2026-11-23")) == set()
    assert _codes(bundle.folder, Expectations(run="another")) == {("REPLAYED", "run.json")}
    assert _codes(bundle.folder, Expectations(after="2026-11-24")) == {("REPLAYED", "run.json")}


@pytest.mark.parametrize("name", ["absent", "empty", "text.zip"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("text")
    outcome = verify_bundle(str(tmp_path / name), Expectations())
    assert (outcome.word, outcome.exit_status, outcome.assessment) == ("UNUSABLE", 5, None)
