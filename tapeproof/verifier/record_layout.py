"""The layout of a record's line as one pattern: a match gives what is hashed without taking the line apart as JSON.

The lines of an export follow few layouts, because a program writes its items alike. A layout is learned from a line
that was read as JSON; what it does not take is read as JSON again, and that has the last word.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64, hexlify
from functools import lru_cache
from hashlib import sha256
from itertools import repeat
from operator import contains
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.attributes import UNHASHED_ATTRIBUTES
from tapeproof.log.merkle import HASH_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from re import Pattern

__all__ = ["Commitment", "Layout", "Values", "layout_of"]

_NAME = re.compile(r"[A-Za-z0-9_]{1,64}", re.ASCII)
_VALUES = {"S": rb'"([^"]*+)"', "N": rb'"([0-9]{1,10})"', "B": rb'"([^"]*+)"'}
_BODY = rb'"((?:[^}]*+\})+?)"'
"""A body is JSON itself. What was taken for one is ``unescaped``, which tells if it goes on behind its end."""
_ESCAPE, _QUOTE = b"\\", b'"'
_KINDS = {"a_seq": "N", "a_item": "N", "salt": "B", "a_pay": "B", "a_hash": "B"}
_BASE64 = 44
"""Letters of a hash in base64, the last of which is its padding."""
_NEEDED = frozenset({"pk", "sk", "body", "salt", "a_pay", "a_lane", "a_seq", "a_hash"})


Values = tuple[bytes, ...]
"""A line's values in the order of its attributes, as they are written."""
Commitment = tuple[bytes, bytes, bytes]
"""What an entry says of a decision that has a record: its number in a batch (else nothing), ``pay`` and ``rec``."""


class Layout(NamedTuple):
    """One way in which records are written.

    Attributes:
        pattern: Matches a line; a group for each attribute.
        cites: Which values are lane, sequence and item (-1: it has none).
        commits: Which values are salt, body, hash of the body, hash of the entry.
        hashed: The canonical text of what ``rec`` commits to, with places for values.
        order: Which values these are.
    """

    pattern: Pattern[bytes]
    cites: tuple[int, int, int]
    commits: tuple[int, int, int, int]
    hashed: bytes
    order: tuple[int, ...]

    def match(self, lines: list[bytes]) -> list[tuple[Layout, Values] | None]:
        """Return the values of printable lines, with this; None for one that has another layout.

        What is returned may be another than the line says where that has escapes, until it ``is_committed``.
        """
        return [(self, match.groups()) if match else None for match in map(self.pattern.fullmatch, lines)]

    def key(self, values: Values) -> tuple[str, int]:
        """Return the lane and the sequence that a record cites."""
        lane, seq, _ = self.cites
        return values[lane].decode(), int(values[seq])

    def is_cited(self, values: Values, lane: bytes, seq: bytes, item: bytes | None = None) -> bool:
        """Return whether a record cites an entry, and in a batch one item of it, when one is named."""
        lane_at, seq_at, item_at = self.cites
        cited = values[seq_at] == seq and values[lane_at] == lane
        return cited and (item is None or item == (values[item_at] if item_at >= 0 else b""))

    def is_committed(self, values: Values, pay: bytes, rec: bytes, digest: bytes) -> bool:
        """Return whether a record is what an entry commits to, in all that it says.

        Args:
            values: The record's values.
            pay: The entry's or the item's ``pay``, in hex.
            rec: Its ``rec``, likewise.
            digest: The entry's hash.
        """
        salt_at, body_at, pay_at, hash_at = self.commits
        bodies = _unescape([values[body_at]])
        try:
            salt = a2b_base64(values[salt_at])
        except ValueError:
            return False
        if not bodies or b2a_base64(salt, newline=False) != values[salt_at]:
            return False
        paid = sha256(salt + bodies[0]).digest()
        if hexlify(paid) != pay or b2a_base64(paid, newline=False) != values[pay_at]:
            return False
        told = self.hashed % tuple([values[at] for at in self.order])
        is_same = _ESCAPE not in told and hexlify(sha256(salt + told).digest()) == rec
        return is_same and b2a_base64(digest, newline=False) == values[hash_at]

    def are_committed(
        self, rows: Sequence[Values], lane: bytes, seqs: list[bytes], hashes: tuple[bytes, bytes], digests: bytes
    ) -> bool:
        """Return whether records are, one by one, what entries of one decision commit to, in all that they say.

        Args:
            rows: The records' values.
            lane: The entries' lane.
            seqs: The sequence of each.
            hashes: All that they say of ``pay`` and of ``rec``, in hex, one after the other.
            digests: Their hashes, one after the other.
        """
        columns = list(zip(*rows, strict=True))
        lane_at, seq_at, item_at = self.cites
        salt_at, body_at, pay_at, hash_at = self.commits
        if item_at >= 0 or columns[lane_at].count(lane) != len(rows) or list(columns[seq_at]) != seqs:
            return False
        try:
            salts = list(map(a2b_base64, columns[salt_at]))
        except ValueError:
            return False
        bodies = _unescape(columns[body_at])
        if not bodies or [b2a_base64(salt, newline=False) for salt in salts] != list(columns[salt_at]):
            return False
        paid = b"".join([sha256(salt + body).digest() for salt, body in zip(salts, bodies, strict=True)])
        told = list(map(self.hashed.__mod__, zip(*[columns[at] for at in self.order], strict=True)))
        if True in map(contains, told, repeat(_ESCAPE)):
            return False
        made = b"".join([sha256(salt + text).digest() for salt, text in zip(salts, told, strict=True)])
        if (hexlify(paid), hexlify(made)) != hashes:
            return False
        return _are_base64(columns[pay_at], paid) and _are_base64(columns[hash_at], digests)


def _are_base64(texts: Sequence[bytes], hashes: bytes) -> bool:
    """Return whether texts are, one by one, base64 of hashes that are given one after the other."""
    steps = range(0, len(hashes), HASH_BYTES)
    padded = b"\0".join([hashes[at : at + HASH_BYTES] for at in steps]) + b"\0"  # 33 bytes fill 44 letters
    wanted = bytearray(b2a_base64(padded, newline=False))
    wanted[_BASE64 - 1 :: _BASE64] = b"=" * len(texts)
    return {*map(len, texts)} == {_BASE64} and b"".join(texts) == wanted


def _unescape(bodies: Sequence[bytes]) -> list[bytes]:
    """Return bodies without the escapes of their quotation marks; none if one has others, or was cut at the wrong end.

    In each of them every escape must be one of a quotation mark, and every quotation mark must have one.
    """
    text = b"\n".join(bodies)
    escapes = text.count(_ESCAPE)
    if escapes != text.count(_QUOTE) or escapes != text.count(_ESCAPE + _QUOTE):
        return []
    return text.translate(None, _ESCAPE).split(b"\n")


def layout_of(item: dict[str, Any]) -> Layout | None:
    """Return the layout of a line that says what an item says; None when it is none that can be matched."""
    kinds = []
    for name, value in item.items():
        if not isinstance(value, dict) or len(value) != 1 or not _NAME.fullmatch(name):
            return None
        kinds.append((name, next(iter(value))))
    return _compiled(tuple(kinds))


@lru_cache(maxsize=32)
def _compiled(kinds: tuple[tuple[str, str], ...]) -> Layout | None:
    names = [name for name, _ in kinds]
    if _NEEDED - {*names} or any(kind != _KINDS.get(name, "S") for name, kind in kinds):
        return None
    members = [
        b'"%b": \\{"%b": %b\\}' % (name.encode(), kind.encode(), _BODY if name == "body" else _VALUES[kind])
        for name, kind in kinds
    ]
    hashed = sorted(name for name in names if name not in UNHASHED_ATTRIBUTES)
    text = b"[{%b}]" % b",".join([b'"%b":"%%b"' % name.encode() for name in hashed])
    lane, seq, salt, body, pay, entry = map(names.index, ("a_lane", "a_seq", "salt", "body", "a_pay", "a_hash"))
    return Layout(
        pattern=re.compile(rb"\{" + b", ".join(members) + rb"\}"),
        cites=(lane, seq, names.index("a_item") if "a_item" in names else -1),
        commits=(salt, body, pay, entry),
        hashed=text,
        order=tuple(map(names.index, hashed)),
    )
