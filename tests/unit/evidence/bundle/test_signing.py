from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tapeproof.evidence.bundle.errors import KeyFileError
from tapeproof.evidence.bundle.signing import KeyFileSigner, KmsSigner, create_key_file, sign_manifest
from tapeproof.evidence.verifier.dsse import read_statement, verify_statement
from tapeproof.evidence.verifier.keys import PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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


REGION = "us-east-1"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": REGION,
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield


def _client(service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
    make: Any = boto3.client
    return make(service, region_name=REGION)


def test_a_key_in_kms_signs_and_the_signature_verifies(aws: None) -> None:
    kms = _client("kms")
    key = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    signer = KmsSigner(kms, key)
    envelope = sign_manifest(signer, "ab" * 32, {"run": "x"})
    public = PublicKey.from_pem(signer.public_pem)
    assert public.algorithm == "ecdsa-p256-sha256"
    assert verify_statement(read_statement(envelope), public, public.fingerprint) == []
