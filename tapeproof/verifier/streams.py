"""The records and witness lines of a part, read in the order of the entries they belong to."""

from __future__ import annotations

import re
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.entry import MOST_SEQUENCES
from tapeproof.log.members import DECODER
from tapeproof.verifier.findings import UnusableError
from tapeproof.verifier.folder import blocks, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tapeproof.verifier.folder import Inflate

__all__ = [
    "MOST_BYTES_OF_ONE",
    "MOST_OF_ONE",
    "Key",
    "Line",
    "Stream",
    "WitnessStream",
    "decode_line",
    "entry_time",
    "in_order",
    "parse_line",
    "record_key",
    "records",
]

Key = tuple[str, int]
"""Lane and sequence of an entry."""
_LINE = re.compile(
    rb'\{"audit":\{"h":"([0-9a-f]{64})","b":(\{"_lane":"([^"\\]*)","_prev":"[0-9a-f]{64}","_seq":(\d{1,10}),.*\})\}\}'
)
_MOST_ITEMS, _MOST_DIGITS = 10**6, 20
"""Items of a batch and parts of a record: what the sort keys of an export have digits for."""
MOST_BYTES_OF_ONE = 8_000_000
"""Bytes that are held of one entry's records: a transaction holds 4 MB, and their text has escapes."""
MOST_OF_ONE = 200
"""Records and lines that are held of one entry: twice as many as it can have, so that there are too many even then."""
entry_time = itemgetter(slice(-27, -8))
"""Cuts the time out of an entry: 19 digits, if it is one that the writer made."""
_scan = DECODER.scan_once  # type: ignore[attr-defined] # the decoder without its search for blanks


class Line(NamedTuple):
    """A witness line: when CloudWatch Logs took it in (its own clock, milliseconds), and what it says."""

    ingested: int
    lane: str
    seq: int
    digest: bytes
    data: bytes


def decode_line(line: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value that a line is, with nothing before or after it.

    Raises:
        ValueError: It is no such line.
    """
    text = line.decode()
    try:
        value, end = _scan(text, 0)
    except StopIteration as error:
        raise ValueError(f"no JSON value at character {error.value}") from error
    if end != len(text):
        raise ValueError(f"the JSON value ends at character {end}")
    return value


def parse_line(raw: bytes, ingested: int) -> Line | None:
    """Return a witness line, or None when it is none or its hash is not that of its entry."""
    match = _LINE.fullmatch(raw.strip())
    if not match or sha256(b"\0" + match[2]).hexdigest().encode() != match[1]:
        return None
    return Line(ingested, match[3].decode(), int(match[4]), bytes.fromhex(match[1].decode()), match[2])


def record_key(item: dict[str, Any]) -> tuple[str, int, int, int]:
    """Return lane, sequence, item of a batch and part of a record item; they order the records of an export.

    Raises:
        KeyError, ValueError: The item cites no place that an entry can have.
    """
    index = _number(item, "a_item", _MOST_ITEMS) if "a_item" in item else 0
    part = _number(item, "a_part", _MOST_ITEMS) if "a_part" in item else 0
    return item["a_lane"]["S"], _number(item, "a_seq", MOST_SEQUENCES), index, part


def _number(item: dict[str, Any], name: str, limit: int) -> int:
    text = item[name]["N"]
    number = int(text) if len(text) <= _MOST_DIGITS else limit
    if not 0 <= number < limit or text != str(number):  # DynamoDB writes a number in one way
        raise ValueError(f"{name} is {text[:40]}")
    return number


def records(path: Path, inflate: Inflate) -> Iterator[tuple[Key, list[dict[str, Any]]]]:
    """Yield the records of a part by the entry they cite, of very many only the first."""
    current, held, size = ("", -1), list[dict[str, Any]](), 0
    for line in lines(path, inflate):
        item = decode_line(line)
        key = record_key(item)[:2]
        if key != current:
            if held:
                yield current, held
            current, held, size = key, [], 0
        size += len(line)
        if len(held) < MOST_OF_ONE and size <= MOST_BYTES_OF_ONE:
            held.append(item)
    if held:
        yield current, held


class Stream:
    """A sorted stream of groups, taken step by step."""

    def __init__(self, groups: Iterable[tuple[Key, Any]]) -> None:
        self._groups = iter(groups)
        self._next: tuple[Key, Any] | None = None
        self._advance()

    def before(self, key: Key) -> Iterator[tuple[Key, Any]]:
        """Yield and pass the groups that come before a key."""
        while self._next is not None and self._next[0] < key:
            yield self._next
            self._advance()

    def reaches(self, key: Key) -> bool:
        """Return whether the next group is that of a key, or one before it."""
        return self._next is not None and self._next[0] <= key

    def at(self, key: Key) -> Any:  # noqa: ANN401 - a group's content
        """Return and pass the group of a key, None when there is none."""
        if self._next is None or self._next[0] != key:
            return None
        content = self._next[1]
        self._advance()
        return content

    def rest(self) -> Iterator[tuple[Key, Any]]:
        """Yield and pass everything that is left."""
        while self._next is not None:
            yield self._next
            self._advance()

    def _advance(self) -> None:
        last, self._next = self._next, next(self._groups, None)
        if last is not None and self._next is not None:
            in_order(last[0], self._next[0])


class WitnessStream:
    """The witness lines of a part. One that says just what an entry says is not taken apart.

    Args:
        path: The part's file.
        inflate: What inflates it.

    Attributes:
        text: The next line; empty at the end.
    """

    def __init__(self, path: Path, inflate: Inflate) -> None:
        self._path, self._blocks = path, blocks(path, inflate)
        self._raw: list[bytes] = []
        self._at = 0
        self._last: Key = ("", -1)
        self._ingested, self.text = 0, b""
        self._line: Line | None = None
        self._step()

    def take(self, key: Key) -> int:
        """Pass the next line, which belongs to a key; return when it was taken in (ms)."""
        self._last, ingested = key, self._ingested
        self._step()
        return ingested

    def before(self, key: Key) -> Iterator[tuple[Key, list[Line]]]:
        """Yield and pass the groups of lines that come before a key."""
        while self.text and self._key() < key:
            yield self._group()

    def at(self, key: Key) -> list[Line]:
        """Return and pass the lines of a key."""
        return self._group()[1] if self.text and self._key() == key else []

    def rest(self) -> Iterator[tuple[Key, list[Line]]]:
        """Yield and pass everything that is left."""
        while self.text:
            yield self._group()

    def _group(self) -> tuple[Key, list[Line]]:
        key, found, size = self._key(), list[Line](), 0
        while self.text and self._key() == key:
            size += len(self.text)
            if len(found) < MOST_OF_ONE and size <= MOST_BYTES_OF_ONE:
                found.append(self._require_line())
            self._step()
        if self._last != key:  # more lines of the key before are a group of their own
            in_order(self._last, key)
        self._last = key
        return key, found

    def _key(self) -> Key:
        line = self._require_line()
        return line.lane, line.seq

    def _require_line(self) -> Line:
        self._line = self._line or parse_line(self.text, self._ingested)
        if self._line is None:
            raise UnusableError(f"{self._path} holds a line that is no witness line: {self.text[:60]!r}")
        return self._line

    def find_run(self, texts: list[bytes]) -> list[int]:
        """Return when each of the next lines was taken in (ms), if they are just these; nothing if they are not."""
        if not self.text:
            return []
        self._reserve(len(texts) + 1)  # the last may be there twice
        at, end = self._at - 1, self._at - 1 + len(texts)
        split = [raw.partition(b" ") for raw in self._raw[at : end + 1]]
        times, _, found = zip(*split, strict=True)
        if list(found[: len(texts)]) != texts or texts[-1] in found[len(texts) :] or not all(map(bytes.isdigit, times)):
            return []
        return list(map(int, times[: len(texts)]))

    def pass_run(self, last: Key, count: int) -> None:
        """Pass the lines that ``find_run`` found; the last belongs to a key."""
        self._last, self._at = last, self._at - 1 + count
        self._step()

    def _reserve(self, count: int) -> None:
        """Read on until so many lines, the next one included, are at hand, or no more are left."""
        while len(self._raw) - self._at + 1 < count:
            more = next(self._blocks, None)
            if more is None:
                return
            self._raw, self._at = self._raw[self._at - 1 :] + more, 1

    def _step(self) -> None:
        while self._at >= len(self._raw):
            more = next(self._blocks, None)
            if more is None:
                self._line, self.text = None, b""
                return
            self._raw, self._at = more, 0
        raw = self._raw[self._at]
        self._at += 1
        ingested, _, self.text = raw.partition(b" ")
        self._line = None
        if not ingested.isdigit() or not self.text:
            raise UnusableError(f"{self._path} holds a line that is no witness line: {raw[:60]!r}")
        self._ingested = int(ingested)


def in_order(last: Key, key: Key) -> None:
    """Raise unless a key comes after the one before."""
    if key <= last:
        raise UnusableError(f"records or lines are out of order at {key[0]} {key[1]}", "Make the export again.")
