from __future__ import annotations

import ast
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tapeproof.evidence.bundle.assemble import AssemblyError, _Assembly, verifier_source
from tapeproof.evidence.bundle.errors import BundleError, KeyFileError
from tapeproof.evidence.bundle.history import write_previous
from tapeproof.evidence.bundle.signing import KeyFileSigner, create_key_file
from tapeproof.evidence.bundle.writing import Bundle, write_bundle
from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tests.unit.evidence.samples import NOW, Sample, new_key

PYTHONS = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
OLDEST = (3, 9)


def test_equal_evidence_gives_equal_bytes(tmp_path: Path, key: Path) -> None:
    first = Sample().bundle(tmp_path / "a" / "run", key=key)
    second = Sample().bundle(tmp_path / "b" / "run", key=key)
    assert first.zip.read_bytes() == second.zip.read_bytes()


def test_a_report_made_again_from_the_same_folder_is_the_same(tmp_path: Path, key: Path) -> None:
    first = Sample().bundle(tmp_path / "run", key=key)
    before = first.zip.read_bytes()
    again = write_bundle(first.folder, signer=KeyFileSigner(key))
    assert again.zip.read_bytes() == before


def test_evidence_that_changed_since_it_was_collected_is_refused(tmp_path: Path) -> None:
    folder = Sample().write(tmp_path / "run")
    path = folder / "evidence/live-dynamodb/raw/resources.jsonl"
    path.write_bytes(path.read_bytes().replace(b"ENABLED", b"enabled"))
    with pytest.raises(BundleError, match="cannot be used"):
        write_bundle(folder)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_a_key_file_is_made_for_its_owner_alone_and_refused_when_others_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "key.pem"
    create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    KeyFileSigner(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError) as refused:
        KeyFileSigner(path)
    assert "chmod 600" in refused.value.diagnostics()
    with pytest.raises(KeyFileError):
        create_key_file(path)


@pytest.mark.parametrize("data", [b"", b"not a key", b"-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n"])
def test_a_file_that_is_no_private_key_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(data)
    path.chmod(0o600)
    with pytest.raises(KeyFileError):
        KeyFileSigner(path)


def test_bundles_chain_and_two_runs_without_a_cadence_are_no_period(tmp_path: Path, key: Path) -> None:
    older = Sample()
    older.as_of = NOW.replace(month=10)
    older.gate[0]["verdict"] = "fail"
    first = older.bundle(tmp_path / "first" / "run", key=key)
    folder = Sample().write(tmp_path / "second" / "run")
    write_previous(folder, first.zip)
    second = write_bundle(folder, signer=KeyFileSigner(key))
    before = {policy["id"]: policy["effects"]["operating"] for policy in first.assessment["policies"]}
    after = {policy["id"]: policy["effects"]["operating"] for policy in second.assessment["policies"]}
    assert (before["TP_DDB_1"], after["TP_DDB_1"]) == ("not-evaluated", "not-evaluated")
    assert second.assessment["previous"]["digest"] == f"sha256:{first.manifest_sha256}"
    changed = {
        (one["policy"], one["effect"], one["was"], one["now"]) for one in second.assessment["changes"]["policies"]
    }
    assert (older.gate[0]["policy"], "design", "fail", "pass") in changed
    assert [one[3] for one in second.assessment["changes"]["resolved"]] == ["fail"]


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


def test_a_bundle_that_is_younger_or_about_something_else_is_no_previous_one(tmp_path: Path, bundle: Bundle) -> None:
    folder = Sample().write(tmp_path / "run")
    with pytest.raises(BundleError, match="not older"):
        write_previous(folder, bundle.zip)
    run = json.loads((folder / "run.json").read_bytes())
    (folder / "run.json").write_text(json.dumps({**run, "as_of": "2027-01-01T00:00:00Z", "subject": "another"}))
    with pytest.raises(BundleError, match="cannot be the previous"):
        write_previous(folder, bundle.zip)


def test_the_travelling_file_is_of_an_old_python_and_of_the_standard_library_alone() -> None:
    tree = ast.parse(verifier_source(), feature_version=OLDEST)
    imported = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported - sys.stdlib_module_names - {"__future__"} == set()
    assert "compliance" not in imported


@pytest.mark.parametrize("python", [sys.executable, *map(str, PYTHONS)])
def test_the_travelling_file_verifies_alone_on_every_python_at_hand(
    bundle: Bundle, tmp_path: Path, python: str
) -> None:
    version = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    shutil.copy(bundle.zip, tmp_path / "bundle.zip")
    shutil.copy(bundle.folder / "verify.py", tmp_path / "verify.py")
    command = [python, "-I", "verify.py", "bundle.zip", "--fingerprint", bundle.fingerprint]
    done = subprocess.run(command, cwd=tmp_path, env={}, capture_output=True, check=False)
    number = tuple(map(int, version.stdout.split()))
    if number < OLDEST:
        assert done.returncode != 0
        assert number < (3, 8) or (done.returncode, done.stderr) == (5, b"error: Python 3.9 or later is needed\n")
    else:
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"VERIFIED" in done.stdout


def test_two_sections_that_define_one_name_are_refused() -> None:
    assembly = _Assembly()
    assembly.add("tapeproof.log.merkle")
    assembly.owners["Finding"] = "elsewhere"
    with pytest.raises(AssemblyError, match="both elsewhere and"):
        assembly.add("tapeproof.evidence.verifier.findings")


def test_a_section_above_what_it_uses_is_refused() -> None:
    with pytest.raises(AssemblyError, match="not above it"):
        _Assembly().add("tapeproof.evidence.verifier.keys")


def test_an_unsigned_report_says_so_on_every_page(tmp_path: Path) -> None:
    bundle = Sample().bundle(tmp_path / "run")
    html = (bundle.folder / "reports/report.html").read_text(encoding="utf-8")
    assert '@top-left { content: "UNSIGNED"' in html
    assert "UNSIGNED" in (bundle.folder / "README.txt").read_text(encoding="utf-8")
    signed = Sample().bundle(tmp_path / "signed", key=new_key(tmp_path / "key.pem"))
    assert "UNSIGNED" not in (signed.folder / "reports/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [("raw", 1.5), ("raw", [{}]), ("identity", 1), ("source", []), ("population", {"count": 1}), ("collected", None)],
)
def test_evidence_of_another_shape_is_refused_and_never_a_traceback(tmp_path: Path, name: str, value: object) -> None:
    folder = Sample().write(tmp_path / "run")
    path = folder / "evidence/live-sqs/item.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), name: value}))
    with pytest.raises(BundleError) as refused:
        write_bundle(folder)
    assert "collect anew" in refused.value.diagnostics()
