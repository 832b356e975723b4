"""RFC 8032, section 7.1, and signatures that readers judge differently; here they are refused."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tapeproof.log.ed25519 import GROUP_ORDER, ed25519_verify

KEY = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
SIGNATURE = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
MINE = PRIVATE.public_key().public_bytes_raw()


def test_the_vector_of_the_rfc_verifies() -> None:
    assert ed25519_verify(KEY, b"", SIGNATURE)


@pytest.mark.parametrize("message", [b"", b"x", b"\x00" * 10_000])
def test_what_another_library_signed_verifies_for_its_message_alone(message: bytes) -> None:
    signature = PRIVATE.sign(message)
    assert ed25519_verify(MINE, message, signature)
    assert not ed25519_verify(MINE, message + b"x", signature)
    assert not ed25519_verify(KEY, message, signature)


@pytest.mark.parametrize("at", [0, 31, 32, 63])
def test_a_signature_with_one_bit_changed_is_none(at: int) -> None:
    changed = bytearray(SIGNATURE)
    changed[at] ^= 1
    assert not ed25519_verify(KEY, b"", bytes(changed))


@pytest.mark.parametrize("signature", [b"", SIGNATURE[:63], SIGNATURE + b"\0", b"\0" * 64, b"\xff" * 64])
def test_a_signature_of_another_length_or_of_nothing_is_none(signature: bytes) -> None:
    assert not ed25519_verify(KEY, b"", signature)


def test_a_scalar_that_was_raised_by_the_order_of_the_group_is_refused() -> None:
    scalar = int.from_bytes(SIGNATURE[32:], "little") + GROUP_ORDER
    assert not ed25519_verify(KEY, b"", SIGNATURE[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize("key", [b"\xff" * 32, (2**255 - 19).to_bytes(32, "little"), b"\x02" + bytes(31)])
def test_a_key_that_is_no_point_or_is_written_in_a_second_way_verifies_nothing(key: bytes) -> None:
    assert not ed25519_verify(key, b"", SIGNATURE)
