"""Ed25519, verification only, in pure Python (RFC 8032 section 5.1).

It handles public values only, so it need not run in constant time. Encodings that are not canonical are refused
(section 5.1.3), and so is a signature whose S is not below the group order (section 5.1.7), which would be malleable.
"""

from __future__ import annotations

from hashlib import sha512

__all__ = ["BASE", "GROUP_ORDER", "ed25519_verify", "encode", "is_public_key", "multiply"]

_P = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_SIGNATURE_BYTES, _KEY_BYTES = 64, 32
_COFACTOR = 8

_Point = tuple[int, int, int, int]  # (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z


def ed25519_verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a 64-byte signature over a message is valid under a 32-byte public key."""
    if len(signature) != _SIGNATURE_BYTES or len(public_key) != _KEY_BYTES:
        return False
    s = int.from_bytes(signature[32:], "little")
    key, commitment = _decode(public_key), _decode(signature[:32])
    if key is None or commitment is None or s >= GROUP_ORDER:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public_key + message).digest(), "little") % GROUP_ORDER
    return _equal(multiply(s, BASE), _add(commitment, multiply(challenge, key)))


def is_public_key(encoded: bytes) -> bool:
    """Return whether 32 bytes are a key that not everybody can sign with: a point, and none of small order."""
    point = _decode(encoded) if len(encoded) == _KEY_BYTES else None
    return point is not None and not _equal(multiply(_COFACTOR, point), (0, 1, 1, 0))


def _decode(encoded: bytes) -> _Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


def _add(left: _Point, right: _Point) -> _Point:
    a = (left[1] - left[0]) * (right[1] - right[0]) % _P
    b = (left[1] + left[0]) * (right[1] + right[0]) % _P
    c, d = 2 * left[3] * right[3] * _D % _P, 2 * left[2] * right[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def encode(point: _Point) -> bytes:
    """Return a point's 32 bytes (section 5.1.2)."""
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def multiply(scalar: int, point: _Point) -> _Point:
    """Return a multiple of a point."""
    total: _Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _equal(left: _Point, right: _Point) -> bool:
    return not ((left[0] * right[2] - right[0] * left[2]) % _P or (left[1] * right[2] - right[1] * left[2]) % _P)


BASE: _Point = _decode((4 * pow(5, -1, _P) % _P).to_bytes(32, "little")) or (0, 1, 1, 0)
