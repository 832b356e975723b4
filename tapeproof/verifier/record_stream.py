"""The records of a part, read in the order of the entries they cite, with what is as it nearly always is kept fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.log.layout import is_printable
from tapeproof.verifier.findings import UnusableError
from tapeproof.verifier.folder import texts
from tapeproof.verifier.record_layout import layout_of
from tapeproof.verifier.streams import MOST_BYTES_OF_ONE, MOST_OF_ONE, decode_line, in_order, record_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tapeproof.verifier.folder import Inflate
    from tapeproof.verifier.record_layout import Commitment, Layout, Values
    from tapeproof.verifier.streams import Key

    _Row = tuple[Layout, Values] | None
    _Block = tuple[list[bytes], list[_Row], bool]

__all__ = ["RecordStream"]

_MOST_LAYOUTS = 8


class RecordStream:
    """A part's records. What has a known layout is not taken apart until it must be.

    Args:
        path: The part's file.
        inflate: What inflates it.
    """

    def __init__(self, path: Path, inflate: Inflate) -> None:
        self._texts = texts(path, inflate)
        self._layouts: list[Layout] = []
        self._lines: list[bytes] = []
        self._rows: list[_Row] = []
        self._ahead: _Block | None = None
        self._at, self._is_printable = 0, False
        self._last: Key = ("", -1)
        if self._has_line():
            self._cited()

    def take_usual(self, key: Key, lane: bytes, commitments: Sequence[Commitment], digest: bytes) -> bool:
        """Pass the records of an entry if they are just those that it commits to; otherwise pass none.

        Args:
            key: Lane and sequence of the entry.
            lane: Its lane again.
            commitments: What it says of each decision that has a record.
            digest: The entry's hash.

        Returns:
            Whether they were; False may also mean that it takes a closer look to tell.
        """
        at, rows, seq = self._at, self._rows, b"%d" % key[1]
        if at + len(commitments) >= len(rows):  # whether more cite it is only seen with the next block
            return False
        for item, pay, rec in commitments:
            row = rows[at]
            if row is None:
                return False
            layout, values = row
            if not (layout.is_cited(values, lane, seq, item) and layout.is_committed(values, pay, rec, digest)):
                return False
            at += 1
        following = rows[at]
        is_last = following is not None and not following[0].is_cited(following[1], lane, seq)
        if not is_last or (not commitments and self._cited() < key):
            return False
        self._at, self._last = at, key
        return True

    def find_run(self, last: Key, lane: bytes, seqs: list[bytes], hashes: tuple[bytes, bytes], digests: bytes) -> bool:
        """Return whether the next records are just those that consecutive entries of one decision commit to.

        Args:
            last: Lane and sequence of the last of the entries.
            lane: Their lane.
            seqs: The sequences of those that have a record.
            hashes: What these say of ``pay`` and of ``rec``, in hex, one after the other.
            digests: Their hashes, one after the other.
        """
        count = len(seqs)
        if not self._reserve(count + 1):  # whether more cite the last is only seen from the one after
            return False
        end = self._at + count
        rows, following = self._rows[self._at : end], self._rows[end : end + 1]
        if len(rows) != count or None in rows or None in following:
            return False
        layouts, values = zip(*rows, strict=True) if rows else ((), ())
        if layouts and (
            layouts.count(layouts[0]) != count or not layouts[0].are_committed(values, lane, seqs, hashes, digests)
        ):
            return False
        return not following or following[0][0].key(following[0][1]) > last  # type: ignore[index] # None is none of them

    def pass_run(self, last: Key, count: int) -> None:
        """Pass the records that ``find_run`` found; ``last`` is the last of the entries."""
        self._at, self._last = self._at + count, last

    def before(self, key: Key) -> Iterator[tuple[Key, list[dict[str, Any]]]]:
        """Yield and pass the groups that come before a key."""
        while self._has_line() and self._cited() < key:
            yield self._group()

    def at(self, key: Key) -> list[dict[str, Any]]:
        """Return and pass the records of a key, of very many only the first."""
        return self._group()[1] if self._has_line() and self._cited() == key else []

    def rest(self) -> Iterator[tuple[Key, list[dict[str, Any]]]]:
        """Yield and pass everything that is left."""
        while self._has_line():
            yield self._group()

    def _cited(self) -> Key:
        row = self._rows[self._at]
        return record_key(self._item())[:2] if row is None else row[0].key(row[1])

    def _group(self) -> tuple[Key, list[dict[str, Any]]]:
        key, held = self._cited(), list[dict[str, Any]]()
        in_order(self._last, key)
        self._last, size = key, 0
        while self._has_line() and self._cited() == key:
            size += len(self._lines[self._at])
            if len(held) < MOST_OF_ONE and size <= MOST_BYTES_OF_ONE:
                held.append(self._item())
                if len(held) > 1 and record_key(held[-1]) < record_key(held[-2]):
                    raise UnusableError(f"the records of {key[0]} {key[1]} are out of order", "Make the export again.")
                self._learn(held[-1])
            self._at += 1
        return key, held

    def _learn(self, item: dict[str, Any]) -> None:
        """Match what is ahead in the block with the layout of an item, if it is new."""
        if self._rows[self._at] is not None or not self._is_printable or len(self._layouts) >= _MOST_LAYOUTS:
            return
        layout = layout_of(item)
        if layout is not None and layout not in self._layouts:
            self._layouts.append(layout)
            ahead = layout.match(self._lines[self._at :])
            self._rows[self._at :] = [old or new for old, new in zip(self._rows[self._at :], ahead, strict=True)]

    def _has_line(self) -> bool:
        """Return whether a line is left, after reading on where there is none in the block."""
        while self._at >= len(self._lines):
            block = self._ahead or self._read_block()
            if block is None:
                return False
            (self._lines, self._rows, self._is_printable), self._ahead, self._at = block, None, 0
        return True

    def _reserve(self, count: int) -> bool:
        """Read on until so many lines are in the block; return whether they are, or no more are left at all."""
        while len(self._lines) - self._at < count:
            self._ahead = self._ahead or self._read_block()
            if self._ahead is None:
                return True
            lines, rows, is_printable = self._ahead
            if not (is_printable and self._is_printable):
                return False
            self._lines, self._rows = self._lines[self._at :] + lines, self._rows[self._at :] + rows
            self._ahead, self._at = None, 0
        return True

    def _read_block(self) -> _Block | None:
        text = next(self._texts, None)
        if text is None:
            return None
        found = text[:-1].split(b"\n")
        if not is_printable(text):
            return found, [None] * len(found), False
        rows: list[_Row] = []
        for layout in self._layouts:
            if not rows:
                rows = layout.match(found)
            elif None in rows:
                rows = [old or new for old, new in zip(rows, layout.match(found), strict=True)]
        return found, rows or [None] * len(found), True

    def _item(self) -> dict[str, Any]:
        item: dict[str, Any] = decode_line(self._lines[self._at])
        return item
