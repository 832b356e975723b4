"""Signing checkpoints with a key that never leaves AWS KMS.

Sources: AWS KMS API reference, ``Sign`` (``MessageType`` RAW: KMS hashes the message itself) and ``GetPublicKey``.
"""

from __future__ import annotations

from typing import Any

from tapeproof.log.errors import AuditError
from tapeproof.log.note import ECDSA_P256, ED25519, Signature, VerifierKey

__all__ = ["ALGORITHMS", "KmsSigner"]

ALGORITHMS = {"ECDSA_P256": (ECDSA_P256, "ECDSA_SHA_256"), "ED25519": (ED25519, "ED25519_SHA_512")}
"""Names of the setting, with the note's signature type and KMS's name of the algorithm."""
_KINDS = {"ECC_NIST_P256": "ECDSA_P256", "ECC_NIST_EDWARDS25519": "ED25519"}


class KmsSigner:
    """Signs notes under one key name.

    Args:
        client: boto3's KMS client.
        name: Key name in the signature lines: the log's origin.
    """

    def __init__(self, client: Any, name: str) -> None:  # noqa: ANN401 - boto3's client, or a stand-in
        self._client, self._name = client, name

    def verifier_key(self, arn: str) -> VerifierKey:
        """Return the public half of a KMS key.

        Raises:
            AuditError: The key is of a kind that cannot sign checkpoints.
        """
        answer = self._client.get_public_key(KeyId=arn)
        spec = answer.get("KeySpec") or answer.get("CustomerMasterKeySpec", "")
        if spec not in _KINDS:
            raise AuditError(f"the key {arn} is {spec}", f"Use a SIGN_VERIFY key of {' or '.join(sorted(_KINDS))}.")
        kind, _ = ALGORITHMS[_KINDS[spec]]
        spki = bytes(answer["PublicKey"])
        # RFC 8410 section 4: the key is the last 32 bytes of an Ed25519 SubjectPublicKeyInfo.
        key = VerifierKey(self._name, kind, spki[-32:] if kind == ED25519 else spki)
        key.validate()
        return key

    def sign(self, arn: str, key: VerifierKey, text: str) -> Signature:
        """Return the signature line for a note's text, checked before anyone sees it.

        Raises:
            AuditError: KMS returned a signature that does not verify.
        """
        algorithm = next(name for kind, name in ALGORITHMS.values() if kind == key.kind)
        message = text.encode()
        answer = self._client.sign(KeyId=arn, Message=message, MessageType="RAW", SigningAlgorithm=algorithm)
        data = bytes(answer["Signature"])
        if not key.verify(message, data):
            raise AuditError(f"the signature by {arn} does not verify under its own public key")
        return Signature(key.name, key.key_id, data)
