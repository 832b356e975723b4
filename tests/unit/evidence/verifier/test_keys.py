from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.keys import PublicKey, same_fingerprint

EDWARDS = ed25519.Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
NIST = ec.derive_private_key(7, ec.SECP256R1())


def _pem(key: object) -> bytes:
    public = key.public_key()  # type: ignore[attr-defined]
    return bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_an_ed25519_key_verifies_what_it_signed_and_nothing_else() -> None:
    key = PublicKey.from_pem(_pem(EDWARDS))
    signature = EDWARDS.sign(b"message")
    assert key.algorithm == "ed25519"
    assert key.verify(b"message", signature)
    assert not key.verify(b"massage", signature)
    assert not key.verify(b"message", signature[:-1])


def test_a_p256_key_verifies_der_signatures_over_sha256() -> None:
    key = PublicKey.from_pem(_pem(NIST))
    signature = NIST.sign(b"message", ec.ECDSA(hashes.SHA256()))
    assert key.algorithm == "ecdsa-p256-sha256"
    assert key.verify(b"message", signature)
    assert not key.verify(b"message", NIST.sign(b"message", ec.ECDSA(hashes.SHA384())))
    assert not key.verify(b"message", b"")


def test_a_fingerprint_is_the_digest_of_the_key_info_as_openssl_and_people_compute_it() -> None:
    spki = EDWARDS.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert PublicKey.from_pem(_pem(EDWARDS)).fingerprint == f"sha256:{hashlib.sha256(spki).hexdigest()}"


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\n\n"])
def test_line_ends_and_empty_lines_of_a_key_file_do_not_matter(ends: bytes) -> None:
    assert PublicKey.from_pem(_pem(EDWARDS).replace(b"\n", ends)).algorithm == "ed25519"


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"\xff\xfe",
        b"-----BEGIN PUBLIC KEY-----",
        b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        b"-----BEGIN PUBLIC KEY-----\n\xc3\xa9\n-----END PUBLIC KEY-----\n",
        _pem(EDWARDS) + _pem(EDWARDS),
        _pem(EDWARDS).replace(b"PUBLIC KEY", b"CERTIFICATE"),
        _pem(EDWARDS).replace(b"PUBLIC KEY", b"PRIVATE KEY"),
        _pem(rsa.generate_private_key(65537, 1024)),
        _pem(ec.derive_private_key(7, ec.SECP384R1())),
        _pem(x25519.X25519PrivateKey.generate()),
        b"-----BEGIN PUBLIC KEY-----\n"
        + base64.b64encode(bytes.fromhex("302a300506032b6570032100") + b"\x01" * 31)
        + b"\n-----END PUBLIC KEY-----\n",
    ],
)
def test_anything_but_one_public_key_of_the_two_kinds_is_refused_with_its_file(pem: bytes) -> None:
    with pytest.raises(Unusable) as refused:
        PublicKey.from_pem(pem, "auditor.pem")
    assert refused.value.finding[:2] == ("BAD_KEY", "auditor.pem")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sha256:ab01", "ab01", True),
        ("SHA256:AB:01", "ab01", True),
        (" ab 01 ", "sha256:AB01", True),
        ("ab01", "ab02", False),
        ("ab01", "ab0", False),
        ("", "ab01", False),
        ("\N{LATIN SMALL LETTER E WITH ACUTE}", "ab01", False),
        ("sha512:ab01", "ab01", False),
    ],
)
def test_a_fingerprint_is_compared_whole_however_somebody_wrote_it(one: str, other: str, *, same: bool) -> None:
    assert same_fingerprint(one, other) is same
