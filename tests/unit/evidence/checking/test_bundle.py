from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tests.unit.evidence.samples import Sample, new_key

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
