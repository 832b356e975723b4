"""The layout of a record's line as one pattern: a match gives what is hashed without taking the line apart as JSON.

The lines of an export follow few layouts, because a program writes its items alike. A layout is learned from a line
that was read as JSON; what it does not take is read as JSON again, and that has the last word.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64, hexlify
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.attributes import UNHASHED_ATTRIBUTES

if TYPE_CHECKING:
    from re import Pattern

__all__ = ["Commitment", "Layout", "Values", "layout_of", "mark_quotes", "restore_quotes"]

_NAME = re.compile(r"[A-Za-z0-9_]{1,64}", re.ASCII)
_VALUES = {"S": rb'"([^"]*+)"', "N": rb'"([0-9]{1,10})"', "B": rb'"([^"]*+)"'}
_QUOTE, _MARK = b'\\"', b"\0"
_KINDS = {"a_seq": "N", "a_item": "N", "salt": "B", "a_pay": "B", "a_hash": "B", "x": "N"}
_NEEDED = frozenset({"pk", "sk", "body", "salt", "a_pay", "a_lane", "a_seq", "a_hash"})


Values = tuple[bytes, ...]
"""A line's values in the order of its attributes, with marks."""
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
        """Return the values of ``marked`` lines, with this; None for one that has another layout, or another escape."""
        matches = map(self.pattern.fullmatch, lines)
        return [(self, match.groups()) if match and b"\\" not in match[0] else None for match in matches]

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
        try:
            salt = a2b_base64(values[salt_at])
        except ValueError:
            return False
        paid = sha256(salt + values[body_at].replace(_MARK, b'"')).digest()
        if hexlify(paid) != pay or b2a_base64(paid, newline=False) != values[pay_at]:
            return False
        told = self.hashed % tuple([values[at] for at in self.order])
        is_same = _MARK not in told and hexlify(sha256(salt + told).digest()) == rec
        return is_same and b2a_base64(digest, newline=False) == values[hash_at]


def mark_quotes(text: bytes) -> bytes:
    """Return printable lines with a zero byte for each escaped quotation mark, so that all others end a string."""
    return text.replace(_QUOTE, _MARK)


def restore_quotes(line: bytes) -> bytes:
    """Return a line as it was before it was ``marked``."""
    return line.replace(_MARK, _QUOTE)


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
    members = [b'"%b": \\{"%b": %b\\}' % (name.encode(), kind.encode(), _VALUES[kind]) for name, kind in kinds]
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
