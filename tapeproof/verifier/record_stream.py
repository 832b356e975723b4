"""The records of a part, read in the order of the entries they cite, with what is as it nearly always is kept fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.log.layout import is_printable
from tapeproof.verifier.folder import texts
from tapeproof.verifier.record_layout import layout_of, mark_quotes, restore_quotes
from tapeproof.verifier.streams import MOST_OF_ONE, decode_line, in_order, record_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tapeproof.verifier.folder import Inflate
    from tapeproof.verifier.record_layout import Commitment, Layout, Values
    from tapeproof.verifier.streams import Key

    _Row = tuple[Layout, Values] | None

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
        self._last = key
        while self._has_line() and self._cited() == key:
            if len(held) < MOST_OF_ONE:
                held.append(self._item())
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
            text, found = next(self._texts, (b"", None))
            if found is None:
                return False
            self._lines, self._rows, self._at = found, [None] * len(found), 0
            self._is_printable = is_printable(text)
            if self._is_printable:
                self._lines = mark_quotes(text).split(b"\n")[: len(found)]
            for layout in self._layouts if self._is_printable else ():
                if None in self._rows:
                    matched = layout.match(self._lines)
                    self._rows = [old or new for old, new in zip(self._rows, matched, strict=True)]
        return True

    def _item(self) -> dict[str, Any]:
        line = self._lines[self._at]
        item: dict[str, Any] = decode_line(restore_quotes(line) if self._is_printable else line)
        return item
