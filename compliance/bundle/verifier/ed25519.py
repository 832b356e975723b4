"""Ed25519 verification, RFC 8032, section 5.1.7, with canonical encodings required (S below L, y below p)."""

# ruff: noqa: PLR2004 - the numbers are those of RFC 8032
from __future__ import annotations

import hashlib

__all__ = ["ed25519_verify"]

ED_P = 2**255 - 19
ED_L = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, ED_P - 2, ED_P) % ED_P
ED_ROOT = pow(2, (ED_P - 1) // 4, ED_P)

EdPoint = tuple[int, int, int, int]
ED_ZERO: EdPoint = (0, 1, 1, 0)


def ed25519_verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a 64-byte signature over a message is by a 32-byte public key."""
    if len(key) != 32 or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    a, r = _ed_decode(key), _ed_decode(signature[:32])
    if a is None or r is None or s >= ED_L:
        return False
    challenge = hashlib.sha512(signature[:32] + key + message).digest()
    k = int.from_bytes(challenge, "little") % ED_L
    return _ed_same(_ed_multiply(s, ED_BASE), _ed_add(r, _ed_multiply(k, a)))


def _ed_decode(encoded: bytes) -> EdPoint | None:
    value = int.from_bytes(encoded, "little")
    sign, y = value >> 255, value & (1 << 255) - 1
    if y >= ED_P:
        return None
    square = (y * y - 1) * pow(ED_D * y * y + 1, ED_P - 2, ED_P) % ED_P
    x = pow(square, (ED_P + 3) // 8, ED_P)
    if (x * x - square) % ED_P:
        x = x * ED_ROOT % ED_P
    if (x * x - square) % ED_P or (x == 0 and sign):
        return None
    x = ED_P - x if x & 1 != sign else x
    return x, y, 1, x * y % ED_P


def _ed_add(left: EdPoint, right: EdPoint) -> EdPoint:
    a = (left[1] - left[0]) * (right[1] - right[0]) % ED_P
    b = (left[1] + left[0]) * (right[1] + right[0]) % ED_P
    c = 2 * left[3] * right[3] * ED_D % ED_P
    d = 2 * left[2] * right[2] % ED_P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P


def _ed_multiply(scalar: int, point: EdPoint) -> EdPoint:
    total = ED_ZERO
    while scalar:
        if scalar & 1:
            total = _ed_add(total, point)
        point = _ed_add(point, point)
        scalar >>= 1
    return total


def _ed_same(left: EdPoint, right: EdPoint) -> bool:
    return (left[0] * right[2] - right[0] * left[2]) % ED_P == 0 == (left[1] * right[2] - right[1] * left[2]) % ED_P


def _ed_base() -> EdPoint:
    base = _ed_decode((4 * pow(5, ED_P - 2, ED_P) % ED_P).to_bytes(32, "little"))
    assert base is not None  # noqa: S101 - a constant of the curve
    return base


ED_BASE = _ed_base()
