"""Signs a bundle: an in-toto Statement v1 in a DSSE v1 envelope, by KMS or by a key file."""

from __future__ import annotations

import base64
import os
import stat
from typing import TYPE_CHECKING, Any, Final, Protocol

from tapeproof.evidence.bundle.errors import KeyFileError, SigningRefusedError
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME, PAYLOAD_TYPE, PREDICATE_TYPE, STATEMENT_TYPE, pae
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.keys import PublicKey
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["KeyFileSigner", "KmsSigner", "Signer", "create_key_file", "sign_manifest", "sign_statement"]

KMS_MAX_MESSAGE_BYTES: Final = 4096
"""Longest message that KMS signs as it is (AWS KMS API Reference, Sign)."""
KMS_ALGORITHMS: Final = {"ecdsa-p256-sha256": "ECDSA_SHA_256", "ed25519": "ED25519_SHA_512"}
MAKE_KEY: Final = "make one with --create-key: an Ed25519 key as PEM, which only its owner can read"
OPEN_TO_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class Signer(Protocol):
    """Holds a private key, or asks somebody who does."""

    @property
    def public_pem(self) -> bytes:
        """PEM of the public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return a signature: DER for P-256, 64 bytes for Ed25519."""
        ...


def sign_manifest(
    signer: Signer, manifest_sha256: str, predicate: Mapping[str, Any], predicate_type: str = PREDICATE_TYPE
) -> bytes:
    """Return the envelope over a manifest.

    Args:
        signer: Who signs.
        manifest_sha256: Hex digest of the manifest's bytes.
        predicate: What is said about it.
        predicate_type: Which kind of thing is said.

    Raises:
        SigningRefusedError: The signature that came back does not verify.
    """
    return sign_statement(signer, {MANIFEST_NAME: manifest_sha256}, predicate, predicate_type)


def sign_statement(
    signer: Signer, subjects: Mapping[str, str], predicate: Mapping[str, Any], predicate_type: str
) -> bytes:
    """Return an in-toto Statement about some files in a signed DSSE envelope.

    Args:
        signer: Who signs.
        subjects: Hex SHA-256 of each file, by name.
        predicate: What is said about them.
        predicate_type: Which kind of thing is said.

    Raises:
        SigningRefusedError: The signature that came back does not verify.
    """
    statement = {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in sorted(subjects.items())],
        "predicateType": predicate_type,
        "predicate": dict(predicate),
    }
    payload = canonical(statement)
    message = pae(payload)
    key = PublicKey.from_pem(signer.public_pem)
    signature = signer.sign(message)
    if not key.verify(message, signature):
        raise SigningRefusedError("the signature does not verify under the signer's own public key")
    envelope = {
        "payload": base64.b64encode(payload).decode("ascii"),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": key.fingerprint, "sig": base64.b64encode(signature).decode("ascii")}],
    }
    return canonical(envelope)


class KeyFileSigner:
    """Signs with a private key in a PEM file that only its owner can read.

    Ed25519 signatures are deterministic, and so are the ECDSA ones made here (RFC 6979): same bundle, same signature.

    Args:
        path: PKCS #8 PEM of an Ed25519 or P-256 key.

    Raises:
        KeyFileError: The file is absent, readable by others, or of another kind.
    """

    def __init__(self, path: Path) -> None:
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - only signing needs it
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - only signing needs it

        try:
            with path.open("rb") as stream:
                mode = os.fstat(stream.fileno()).st_mode
                data = stream.read()
        except OSError as error:
            raise KeyFileError(f"{path} cannot be read", why=str(error), fix=MAKE_KEY) from error
        if os.name == "posix" and mode & OPEN_TO_OTHERS:
            raise KeyFileError(
                f"{path} can be read by others", why=f"its mode is {stat.S_IMODE(mode):04o}", fix=f"chmod 600 {path}"
            )
        try:
            self._key: Any = serialization.load_pem_private_key(data, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyFileError(f"{path} is not an unencrypted PEM private key", why=str(error), fix=MAKE_KEY) from error
        spki = serialization.PublicFormat.SubjectPublicKeyInfo
        self._pem: bytes = self._key.public_key().public_bytes(serialization.Encoding.PEM, spki)
        try:
            PublicKey.from_pem(self._pem, str(path))
        except Unusable as error:
            why = error.finding.message
            raise KeyFileError(f"{path} holds a key of another kind", why=why, fix=MAKE_KEY) from error

    @property
    def public_pem(self) -> bytes:
        """PEM of the public key."""
        return self._pem

    def sign(self, message: bytes) -> bytes:
        """Return a signature over a message."""
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - only signing needs it
        from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - only signing needs it

        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        signature: bytes = self._key.sign(message)
        return signature


class KmsSigner:
    """Signs with an asymmetric key in AWS KMS; the private key never leaves it.

    Args:
        client: A boto3 KMS client.
        key_id: Id, ARN or alias of an ECC_NIST_P256 or ECC_NIST_EDWARDS25519 key.
    """

    def __init__(self, client: Any, key_id: str) -> None:  # noqa: ANN401 - boto3 makes its clients at run time
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - only KMS needs it

        self._client, self._key_id, self._errors = client, key_id, (BotoCoreError, ClientError)
        try:
            spki: bytes = client.get_public_key(KeyId=key_id)["PublicKey"]
        except self._errors as error:
            raise SigningRefusedError(f"KMS does not give the public key of {key_id}", why=str(error)) from error
        try:
            self._algorithm = PublicKey(spki, key_id).algorithm
        except Unusable as error:
            fix = "name a key of the spec ECC_NIST_P256 or ECC_NIST_EDWARDS25519, for SIGN_VERIFY"
            told = f"{key_id} is a key of another kind"
            raise SigningRefusedError(told, why=error.finding.message, fix=fix) from error
        body = base64.encodebytes(spki).decode("ascii").replace("\n", "")
        lines = [body[at : at + 64] for at in range(0, len(body), 64)]
        self._pem = "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""]).encode("ascii")

    @property
    def public_pem(self) -> bytes:
        """PEM of the public key."""
        return self._pem

    def sign(self, message: bytes) -> bytes:
        """Return a signature over a message."""
        if len(message) > KMS_MAX_MESSAGE_BYTES:
            raise SigningRefusedError(
                f"KMS signs at most {KMS_MAX_MESSAGE_BYTES} bytes, the statement has {len(message)}"
            )
        try:
            answer = self._client.sign(
                KeyId=self._key_id,
                Message=message,
                MessageType="RAW",
                SigningAlgorithm=KMS_ALGORITHMS[self._algorithm],
            )
        except self._errors as error:
            raise SigningRefusedError(f"KMS does not sign with {self._key_id}", why=str(error)) from error
        signature: bytes = answer["Signature"]
        return signature


def create_key_file(path: Path) -> None:
    """Write a new Ed25519 key that only its owner can read.

    Raises:
        KeyFileError: The file exists, or cannot be written.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - only signing needs it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - only signing

    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyFileError(f"{path} cannot be made", why=str(error)) from error
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(pem)
