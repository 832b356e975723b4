"""ECDSA over P-256 with SHA-256: verification only, so nothing here is secret and nothing needs constant time.

SEC 1 v2.0, section 4.1.4, on the curve of SP 800-186, section 3.2.1.3; the signature is the strict DER of RFC 3279,
section 2.2.3.
"""

# ruff: noqa: PLR2004 - the numbers are those of the encodings named below
from __future__ import annotations

import hashlib

__all__ = ["p256_point", "p256_verify"]

P256_P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
P256_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P256_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
P256_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)

P256Point = tuple[int, int]
P256Jacobian = tuple[int, int, int]
P256_INFINITY = (1, 1, 0)


def p256_point(encoded: bytes) -> P256Point | None:
    """Return the point of an uncompressed encoding (SEC 1, 2.3.4), or None when it is not on the curve."""
    if len(encoded) != 65 or encoded[0] != 4:
        return None
    x, y = int.from_bytes(encoded[1:33], "big"), int.from_bytes(encoded[33:], "big")
    on_curve = x < P256_P and y < P256_P and (y * y - (x * x * x - 3 * x + P256_B)) % P256_P == 0
    return (x, y) if on_curve else None


def p256_verify(point: P256Point, message: bytes, signature: bytes) -> bool:
    """Return whether a DER signature over a message is by the key at a point."""
    pair = _p256_der(signature)
    if pair is None or not (0 < pair[0] < P256_N and 0 < pair[1] < P256_N):
        return False
    r, s = pair
    inverse = pow(s, P256_N - 2, P256_N)
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    x, _, z = _p256_double_multiply(digest * inverse % P256_N, r * inverse % P256_N, point)
    if z == 0:
        return False
    affine = x * pow(z, -2, P256_P) % P256_P
    return affine % P256_N == r


def _p256_der(signature: bytes) -> tuple[int, int] | None:
    if len(signature) < 8 or signature[0] != 0x30 or signature[1] != len(signature) - 2 or len(signature) > 72:
        return None
    first = _p256_der_integer(signature, 2)
    second = _p256_der_integer(signature, first[1]) if first else None
    return (first[0], second[0]) if first and second and second[1] == len(signature) else None


def _p256_der_integer(data: bytes, at: int) -> tuple[int, int] | None:
    if at + 2 > len(data) or data[at] != 0x02:
        return None
    size, end = data[at + 1], at + 2 + data[at + 1]
    if size == 0 or size > 33 or end > len(data):
        return None
    body = data[at + 2 : end]
    minimal = body[0] < 0x80 and not (size > 1 and body[0] == 0 and body[1] < 0x80)
    return (int.from_bytes(body, "big"), end) if minimal else None


def _p256_double_multiply(u: int, v: int, point: P256Point) -> P256Jacobian:
    """Return u·G + v·Q, both scalars walked together (Straus)."""
    generator, key = (*P256_G, 1), (*point, 1)
    table = {(1, 0): generator, (0, 1): key, (1, 1): _p256_add(generator, key)}
    total: P256Jacobian = P256_INFINITY
    for bit in range(255, -1, -1):
        total = _p256_double(total)
        pick = (u >> bit & 1, v >> bit & 1)
        if pick != (0, 0):
            total = _p256_add(total, table[pick])
    return total


def _p256_double(point: P256Jacobian) -> P256Jacobian:
    x, y, z = point
    if z == 0:
        return point
    square = y * y % P256_P
    s = 4 * x * square % P256_P
    zz = z * z % P256_P
    m = 3 * (x - zz) * (x + zz) % P256_P
    x3 = (m * m - 2 * s) % P256_P
    return x3, (m * (s - x3) - 8 * square * square) % P256_P, 2 * y * z % P256_P


def _p256_add(left: P256Jacobian, right: P256Jacobian) -> P256Jacobian:
    if left[2] == 0:
        return right
    if right[2] == 0:
        return left
    (x1, y1, z1), (x2, y2, z2) = left, right
    zz1, zz2 = z1 * z1 % P256_P, z2 * z2 % P256_P
    u1, u2 = x1 * zz2 % P256_P, x2 * zz1 % P256_P
    s1, s2 = y1 * z2 * zz2 % P256_P, y2 * z1 * zz1 % P256_P
    h, r = (u2 - u1) % P256_P, (s2 - s1) % P256_P
    if h == 0:
        return _p256_double(left) if r == 0 else P256_INFINITY
    hh = h * h % P256_P
    hhh, v = h * hh % P256_P, u1 * hh % P256_P
    x3 = (r * r - hhh - 2 * v) % P256_P
    return x3, (r * (v - x3) - s1 * hhh) % P256_P, z1 * z2 * h % P256_P
