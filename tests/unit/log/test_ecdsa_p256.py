"""FIPS 186-5 signatures over P-256 in strict DER (X.690, section 10), against a library that is not ours."""

from __future__ import annotations

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tapeproof.log.ecdsa_p256 import SPKI_BYTES, p256_public_key, p256_verify

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PRIVATE = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
SPKI = PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
SIGNATURE = PRIVATE.sign(b"message", ec.ECDSA(hashes.SHA256()))
R, S = decode_dss_signature(SIGNATURE)


def test_a_key_is_the_point_that_its_owner_has() -> None:
    numbers = PRIVATE.public_key().public_numbers()
    assert len(SPKI) == SPKI_BYTES
    assert p256_public_key(SPKI) == (numbers.x, numbers.y)


@pytest.mark.parametrize("message", [b"", b"message", b"x" * 10_000])
def test_what_another_library_signed_verifies_for_its_message_alone(message: bytes) -> None:
    signature = PRIVATE.sign(message, ec.ECDSA(hashes.SHA256()))
    assert p256_verify(SPKI, message, signature)
    assert not p256_verify(SPKI, message + b"x", signature)


def test_both_signatures_that_the_mathematics_allows_verify() -> None:
    assert p256_verify(SPKI, b"message", encode_dss_signature(R, ORDER - S))


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"\x30\x00",
        encode_dss_signature(0, S),
        encode_dss_signature(R, 0),
        encode_dss_signature(ORDER, S),
        encode_dss_signature(R, ORDER),
        encode_dss_signature(R + ORDER, S),
        SIGNATURE + b"\0",
        SIGNATURE[:-1],
        b"\x31" + SIGNATURE[1:],
        b"\x30\x81" + SIGNATURE[1:],
        b"\x30\x80" + SIGNATURE[2:] + b"\0\0",
        R.to_bytes(32, "big") + S.to_bytes(32, "big"),
        b"\x30\x06\x02\x01\xff\x02\x01\xff",
        b"\x30\x08\x02\x02\x00\x01\x02\x02\x00\x01",
        b"\x30\x06\x02\x00\x02\x02\x00\x01",
    ],
)
def test_numbers_out_of_range_and_der_that_is_not_strict_are_no_signature(signature: bytes) -> None:
    assert not p256_verify(SPKI, b"message", signature)


P = 2**256 - 2**224 + 2**192 + 2**96 - 1


@pytest.mark.parametrize(
    "spki",
    [
        b"",
        SPKI[:-1],
        SPKI + b"\0",
        SPKI[:-1] + bytes([SPKI[-1] ^ 1]),
        SPKI[:-64] + bytes(64),
        SPKI[:-64] + P.to_bytes(32, "big") + SPKI[-32:],
        PRIVATE.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
        ec.derive_private_key(7, ec.SECP256K1())
        .public_key()
        .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    ],
)
def test_what_is_no_point_of_the_curve_is_no_key(spki: bytes) -> None:
    with pytest.raises(ValueError, match="public key"):
        p256_public_key(spki)
    with pytest.raises(ValueError, match="public key"):
        p256_verify(spki, b"message", SIGNATURE)


@pytest.mark.parametrize("secret", [1, 2, 16, 17, 31, 32, ORDER - 1, ORDER - 2, (ORDER + 1) // 2])
def test_keys_near_the_ends_of_a_digit_and_of_the_order_verify_like_any(secret: int) -> None:
    private = ec.derive_private_key(secret, ec.SECP256R1())
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for message in (b"", b"message"):
        signature = private.sign(message, ec.ECDSA(hashes.SHA256()))
        assert p256_verify(spki, message, signature)
        assert not p256_verify(spki, message + b"x", signature)


@pytest.mark.parametrize("s", [1, 2, 16, 17, ORDER - 1, S], ids=["1", "2", "16", "17", "the last", "a real one"])
def test_a_signature_that_leads_to_no_point_is_none(s: int) -> None:
    """``r`` makes the two multiples each other's negative; what has no coordinate equals none."""
    digest = int.from_bytes(sha256(b"message").digest(), "big")
    r = -digest * pow(0xC0FFEE, -1, ORDER) % ORDER
    assert not p256_verify(SPKI, b"message", encode_dss_signature(r, s))
