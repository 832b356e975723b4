"""Ed25519 signing in pure Python (RFC 8032 section 5.1.6), for the drill's rogue key only.

It does not run in constant time: never sign with a key that matters.
"""

from __future__ import annotations

from hashlib import sha512

from tapeproof.log.ed25519 import BASE, GROUP_ORDER, encode, multiply

__all__ = ["public_key", "sign"]


def _secret(seed: bytes) -> tuple[int, bytes]:
    digest = sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return scalar & ((1 << 254) - 8) | (1 << 254), digest[32:]


def public_key(seed: bytes) -> bytes:
    """Return the 32-byte public key of a 32-byte seed."""
    return encode(multiply(_secret(seed)[0], BASE))


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature over a message."""
    scalar, prefix = _secret(seed)
    key = public_key(seed)
    nonce = int.from_bytes(sha512(prefix + message).digest(), "little") % GROUP_ORDER
    commitment = encode(multiply(nonce, BASE))
    challenge = int.from_bytes(sha512(commitment + key + message).digest(), "little") % GROUP_ORDER
    return commitment + ((nonce + challenge * scalar) % GROUP_ORDER).to_bytes(32, "little")
