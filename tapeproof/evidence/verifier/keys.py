"""Public keys as auditors get them: PEM of a SubjectPublicKeyInfo (RFC 5480 for P-256, RFC 8410 for Ed25519)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.log.ecdsa_p256 import p256_public_key, p256_verify
from tapeproof.log.ed25519 import ed25519_verify

__all__ = ["PublicKey", "same_fingerprint"]

SPKI_ED25519 = bytes.fromhex("302a300506032b6570032100")


class PublicKey:
    """A verification key.

    Attributes:
        algorithm: ``ecdsa-p256-sha256`` or ``ed25519``.
        fingerprint: ``sha256:`` and the hex digest of the SubjectPublicKeyInfo, what two people compare by voice.
    """

    def __init__(self, spki: bytes, where: str = "public key") -> None:
        self.fingerprint = "sha256:" + hashlib.sha256(spki).hexdigest()
        self.spki = spki
        self.algorithm = "ed25519"
        if spki.startswith(SPKI_ED25519) and len(spki) == len(SPKI_ED25519) + 32:
            return
        self.algorithm = "ecdsa-p256-sha256"
        try:
            p256_public_key(spki)
        except ValueError as error:
            raise Unusable("BAD_KEY", where, f"neither Ed25519 nor P-256: {error}") from error

    @classmethod
    def from_pem(cls, pem: bytes, where: str = "public key") -> PublicKey:
        """Read a ``PUBLIC KEY`` block.

        Raises:
            Unusable: It is not one, or of another algorithm.
        """
        lines = [line.strip() for line in pem.split(b"\n") if line.strip()]
        if lines[:1] != [b"-----BEGIN PUBLIC KEY-----"] or lines[1:][-1:] != [b"-----END PUBLIC KEY-----"]:
            raise Unusable("BAD_KEY", where, "not a PEM file with one PUBLIC KEY block")
        try:
            return cls(base64.b64decode(b"".join(lines[1:-1]), validate=True), where)
        except binascii.Error as error:
            raise Unusable("BAD_KEY", where, f"not base64: {error}") from error

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Return whether a signature over a message is by this key."""
        if self.algorithm == "ed25519":
            return ed25519_verify(self.spki[len(SPKI_ED25519) :], message, signature)
        return p256_verify(self.spki, message, signature)


def same_fingerprint(left: str, right: str) -> bool:
    """Return whether two fingerprints are equal, however a person wrote them (prefix, case, colons, blanks)."""
    return hmac.compare_digest(_plain(left), _plain(right))


def _plain(fingerprint: str) -> bytes:
    text = fingerprint.strip().lower()
    text = text.removeprefix("sha256:")
    return text.replace(":", "").replace(" ", "").encode("utf-8")
