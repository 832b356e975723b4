"""ECDSA over NIST P-256 with SHA-256, verification only, in pure Python.

Sources: FIPS 186-5 section 6.4.2 (verification), SEC 1 section 3.2.2.1 (public key validation), RFC 5480 section 2
(the key as SubjectPublicKeyInfo), RFC 3279 section 2.2.3 (the signature as DER). It handles public values only, so it
need not run in constant time.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

__all__ = ["SPKI_BYTES", "p256_public_key", "p256_verify"]

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
_SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
_BITS = 5
_HALF = 1 << _BITS - 1
_PLACES = 52
_HALVES = sum(_HALF << _BITS * place for place in range(_PLACES))
"""What makes the digits of a scalar to this base 0 to 31 instead of -16 to 15: a point is negated for nothing, so half
of its multiples are enough."""
_INFINITY = (1, 1, 0, 0)
SPKI_BYTES = len(_SPKI_PREFIX) + 64
"""Length of an uncompressed P-256 key as DER SubjectPublicKeyInfo."""


def p256_public_key(spki: bytes) -> tuple[int, int]:
    """Return the point of a DER SubjectPublicKeyInfo.

    Raises:
        ValueError: It is not an uncompressed P-256 key, or the point is not on the curve.
    """
    if len(spki) != SPKI_BYTES or not spki.startswith(_SPKI_PREFIX):
        raise ValueError("the public key is not an uncompressed P-256 key in DER SubjectPublicKeyInfo")
    x, y = int.from_bytes(spki[-64:-32], "big"), int.from_bytes(spki[-32:], "big")
    if x >= _P or y >= _P or (y * y - (x * x * x - 3 * x + _B)) % _P:
        raise ValueError("the public key is not a point of P-256")
    return x, y


def p256_verify(spki: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a DER signature over a message is valid under a DER public key.

    Raises:
        ValueError: The public key is unusable.
    """
    point = p256_public_key(spki)
    pair = _der_pair(signature)
    if pair is None:
        return False
    r, s = pair
    if not (0 < r < _N and 0 < s < _N):
        return False
    inverse = pow(s, -1, _N)
    digest = int.from_bytes(sha256(message).digest(), "big")
    x, _, zz, _ = _double_multiply(digest * inverse % _N, _G, r * inverse % _N, point)
    # x / zz is the coordinate; to multiply what it may be costs less than to divide.
    return zz != 0 and any(one < _P and one * zz % _P == x for one in (r, r + _N))


def _der_pair(signature: bytes) -> tuple[int, int] | None:
    """Return r and s of ``SEQUENCE { INTEGER, INTEGER }`` in strict DER, or None."""
    if len(signature) < 8 or signature[0] != 0x30 or signature[1] > 0x7F or signature[1] != len(signature) - 2:  # noqa: PLR2004 - DER
        return None
    numbers = []
    at = 2
    for _ in range(2):
        if at + 2 > len(signature) or signature[at] != 0x02:  # noqa: PLR2004 - the tag INTEGER
            return None
        size = signature[at + 1]
        content = signature[at + 2 : at + 2 + size]
        negative = not content or content[0] > 0x7F  # noqa: PLR2004 - the sign bit
        padded = len(content) > 1 and content[0] == 0 and content[1] < 0x80  # noqa: PLR2004 - a needless zero
        if size > 33 or len(content) != size or negative or padded:  # noqa: PLR2004 - 256 bits and a sign
            return None
        numbers.append(int.from_bytes(content, "big"))
        at += 2 + size
    return (numbers[0], numbers[1]) if at == len(signature) else None


def _double_multiply(k: int, g: tuple[int, int], m: int, q: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return ``k*g + m*q`` as ``_add_affine`` has it, from tables that are made once for each point."""
    total = _INFINITY
    for scalar, point in ((k + _HALVES, g), (m + _HALVES, q)):
        for place, row in enumerate(_table(point)):
            digit = (scalar >> _BITS * place & 2 * _HALF - 1) - _HALF
            if digit > 0:
                total = _add_affine(total, row[digit - 1])
            elif digit:
                x, y = row[-digit - 1]
                total = _add_affine(total, (x, _P - y))
    return total


@lru_cache(maxsize=8)
def _table(point: tuple[int, int]) -> list[list[tuple[int, int]]]:
    """Return the multiples 1 to 16 of ``32^i * point`` for each of the 52 places of a scalar."""
    rows = []
    base = (point[0], point[1], 1)
    for _ in range(_PLACES):
        multiples = [base]
        for _ in range(_HALF - 1):
            multiples.append(_add(multiples[-1], base))
        rows.append(multiples)
        base = _double(multiples[-1])
    return _affine(rows)


def _affine(rows: list[list[tuple[int, int, int]]]) -> list[list[tuple[int, int]]]:
    """Return points in affine coordinates, with one inversion for all of them (Montgomery's trick)."""
    points = [point for row in rows for point in row]
    products, product = [], 1
    for point in points:
        products.append(product)
        product = product * point[2] % _P
    inverse = pow(product, -1, _P)
    flat = []
    for point, before in zip(reversed(points), reversed(products)):  # noqa: B905 - strict= is younger than Python 3.9
        z = inverse * before % _P
        inverse = inverse * point[2] % _P
        zz = z * z % _P
        flat.append((point[0] * zz % _P, point[1] * zz * z % _P))
    flat.reverse()
    return [flat[at : at + _HALF] for at in range(0, len(flat), _HALF)]


def _add_affine(left: tuple[int, int, int, int], right: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return a sum as x, y, zz and zzz: the point ``(x / zz, y / zzz)``, where ``zz^3`` is ``zzz^2``."""
    x1, y1, zz, zzz = left
    if not zz:
        return right[0], right[1], 1, 1
    h = (right[0] * zz - x1) % _P
    r = (right[1] * zzz - y1) % _P
    if not h:
        return _INFINITY if r else _double_affine(right)
    hh = h * h % _P
    hhh, v = h * hh % _P, x1 * hh % _P
    x3 = (r * r - hhh - 2 * v) % _P
    return x3, (r * (v - x3) - y1 * hhh) % _P, zz * hh % _P, zzz * hhh % _P


def _double_affine(point: tuple[int, int]) -> tuple[int, int, int, int]:
    x, y, z = _double((point[0], point[1], 1))
    zz = z * z % _P
    return x, y, zz, z * zz % _P


def _double(point: tuple[int, int, int]) -> tuple[int, int, int]:
    x, y, z = point
    if not z or not y:
        return (1, 1, 0)
    z2 = z * z
    yy = y * y % _P
    s = 4 * x * yy % _P
    m = 3 * (x - z2) * (x + z2) % _P
    x3 = (m * m - 2 * s) % _P
    return x3, (m * (s - x3) - 8 * yy * yy) % _P, 2 * y * z % _P


def _add(left: tuple[int, int, int], right: tuple[int, int, int]) -> tuple[int, int, int]:
    if not left[2]:
        return right
    if not right[2]:
        return left
    (x1, y1, z1), (x2, y2, z2) = left, right
    z1z1, z2z2 = z1 * z1 % _P, z2 * z2 % _P
    u1, u2 = x1 * z2z2 % _P, x2 * z1z1 % _P
    s1, s2 = y1 * z2 * z2z2 % _P, y2 * z1 * z1z1 % _P
    if u1 == u2:
        return _double(left) if s1 == s2 else (1, 1, 0)
    h, r = u2 - u1, s2 - s1
    hh = h * h % _P
    hhh, v = h * hh % _P, u1 * hh % _P
    x3 = (r * r - hhh - 2 * v) % _P
    return x3, (r * (v - x3) - s1 * hhh) % _P, h * z1 * z2 % _P
