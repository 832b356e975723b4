from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from moto import mock_aws

from tapeproof.evidence.bundle.errors import KeyFileError, SigningRefusedError
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


def _write_key(path: Path, key: Any) -> Path:  # noqa: ANN401 - any private key
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 1024),
        ec.derive_private_key(7, ec.SECP384R1()),
        ec.derive_private_key(7, ec.SECP256K1()),
        x25519.X25519PrivateKey.generate(),
        ed448.Ed448PrivateKey.generate(),
    ],
    ids=lambda key: type(key).__name__,
)
def test_a_key_of_another_kind_is_refused_before_it_signs_with_a_way_out(
    tmp_path: Path,
    key: Any,  # noqa: ANN401 - any private key
) -> None:
    with pytest.raises(KeyFileError) as refused:
        KeyFileSigner(_write_key(tmp_path / "key.pem", key))
    assert "--create-key" in refused.value.diagnostics()


def test_a_key_that_is_locked_by_a_password_or_not_there_is_refused(tmp_path: Path) -> None:
    private = ed25519.Ed25519PrivateKey.generate()
    path = tmp_path / "key.pem"
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")))
    path.chmod(0o600)
    for name in ("key.pem", "absent.pem", "."):
        with pytest.raises(KeyFileError):
            KeyFileSigner(tmp_path / name)


@pytest.mark.parametrize("key", [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())])
def test_the_same_statement_is_signed_the_same_way_each_time(tmp_path: Path, key: Any) -> None:  # noqa: ANN401
    signer = KeyFileSigner(_write_key(tmp_path / "key.pem", key))
    envelope = sign_manifest(signer, "ab" * 32, {"run": "é"})
    assert envelope == sign_manifest(signer, "ab" * 32, {"run": "é"})
    statement, public = read_statement(envelope), PublicKey.from_pem(signer.public_pem)
    assert (statement.manifest_sha256, statement.predicate) == ("ab" * 32, {"run": "é"})
    assert verify_statement(statement, public, public.fingerprint) == []


class _Forgetful:
    """A signer whose answer is not by its own key."""

    def __init__(self, signer: KeyFileSigner) -> None:
        self.public_pem = signer.public_pem

    def sign(self, message: bytes) -> bytes:
        return bytes(64)


def test_a_signature_that_does_not_verify_is_never_handed_out(tmp_path: Path) -> None:
    create_key_file(tmp_path / "key.pem")
    with pytest.raises(SigningRefusedError, match="does not verify"):
        sign_manifest(_Forgetful(KeyFileSigner(tmp_path / "key.pem")), "ab" * 32, {})


def test_a_statement_longer_than_kms_signs_is_refused_before_kms_is_asked(aws: None) -> None:
    kms = _client("kms")
    key = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    with pytest.raises(SigningRefusedError, match="at most 4096 bytes"):
        KmsSigner(kms, key).sign(bytes(4097))


def test_a_key_in_kms_that_is_of_another_kind_or_not_there_is_refused(aws: None) -> None:
    kms = _client("kms")
    key = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    with pytest.raises(SigningRefusedError) as refused:
        KmsSigner(kms, key)
    assert "ECC_NIST_P256" in refused.value.diagnostics()
    with pytest.raises(SigningRefusedError, match="does not give the public key"):
        KmsSigner(kms, "alias/absent")
