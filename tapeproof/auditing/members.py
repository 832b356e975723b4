"""How lines of an export are compressed: whole, or in members with a list of where they begin, to read one of many."""

from __future__ import annotations

import gzip
import zlib
from bisect import bisect_right
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from tapeproof.auditing.errors import SourceError
from tapeproof.log.objects import read_regular
from tapeproof.terminal import escape_text
from tapeproof.verifier.folder import lines
from tapeproof.verifier.streams import decode_line, record_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["GzipMember", "find_records", "gzip_file", "write_members"]

_LINES = 200
_LEVEL = 4
"""The lowest that looks at the strategy."""
_READ, _LONGEST_LINE, _MOST_BYTES = 1 << 16, 2_000_000, 1 << 50
_MOST_OF_ONE = 200
_MOST_INDEX_BYTES = 16_000_000


class GzipMember:
    """A gzip file of one member, while it is written.

    Hex digits repeat by chance only: a short repetition costs more bytes than its digits, and more time to inflate.
    Without such ones entries take a sixth less of either.

    Args:
        file: Where it goes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._deflate = file, zlib.compressobj(_LEVEL, wbits=31, strategy=zlib.Z_FILTERED)

    def write(self, data: bytes) -> None:
        """Add data."""
        self._file.write(self._deflate.compress(data))

    def finish(self) -> None:
        """Write what is left."""
        self._file.write(self._deflate.flush())


@contextmanager
def gzip_file(path: Path) -> Iterator[GzipMember]:
    """Open a gzip file of one member for writing: the same content gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw:
        member = GzipMember(raw)
        yield member
        member.finish()


def write_members(path: Path, rows: Iterable[tuple[bytes, bytes]]) -> None:
    """Write keyed lines as gzip members, and beside them ``<name>.idx``: first key and offset of each member."""
    path.parent.mkdir(parents=True, exist_ok=True)
    starts: list[str] = []
    with path.open("wb") as file:
        held: list[bytes] = []
        for key, line in rows:
            if not held:
                starts.append(f"{file.tell()} {key.decode()}")
            held.append(line + b"\n")
            if len(held) >= _LINES:
                file.write(gzip.compress(b"".join(held), 1, mtime=0))
                held = []
        if held or not starts:
            file.write(gzip.compress(b"".join(held), 1, mtime=0))
    path.with_suffix(".idx").write_text("".join(f"{start}\n" for start in starts))


def find_records(path: Path, lane: str, seq: int) -> list[bytes]:
    """Return the lines of the records that cite an entry.

    Raises:
        SourceError: The file, or its index, is not as an export writes it.
    """
    mine = (line for line in _near(path, lane, seq) if _cited(path, line) == (lane, seq))
    return list(islice(mine, _MOST_OF_ONE))


def _cited(path: Path, line: bytes) -> tuple[str, int]:
    try:
        return record_key(decode_line(line))[:2]
    except (KeyError, RecursionError, TypeError, ValueError) as error:
        told = f"{path} holds a line that is no record: {escape_text(line[:80])}"
        raise SourceError(told, "Verify the export first.") from error


def _near(path: Path, lane: str, seq: int) -> Iterator[bytes]:
    """Yield the lines of the members that can hold an entry's records; all lines when there is no usable index."""
    if not path.is_file():
        return
    try:
        index = read_regular(path.with_suffix(".idx"), _MOST_INDEX_BYTES) or b""
        starts = [line.split(" ", 1) for line in index.decode().splitlines()] if len(index) <= _MOST_INDEX_BYTES else []
        offsets = [int(offset) for offset, _ in starts]
        keys = [key for _, key in starts]
    except (OSError, ValueError):
        starts = []
    if not starts:
        yield from lines(path)
        return
    first = max(0, bisect_right(keys, f"{lane}\t{seq:010d}") - 1)
    last = bisect_right(keys, f"{lane}\t{seq:010d}\x7f")
    with path.open("rb") as file:
        for at in range(first, min(last + 1, len(offsets))):
            if not 0 <= offsets[at] < _MOST_BYTES:
                raise SourceError(f"{path} has an index with impossible places", "Verify the export first.")
            file.seek(offsets[at])
            yield from islice(_member(file), _LINES)


def _member(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of one gzip member, inflated a little at a time."""
    member, rest, pending = zlib.decompressobj(31), b"", b""
    while not member.eof:
        pending = pending or file.read(_READ)
        if not pending:
            return
        try:
            data = member.decompress(pending, _READ)
        except zlib.error:
            return
        pending = member.unconsumed_tail
        *found, rest = (rest + data).split(b"\n")
        yield from found
        if len(rest) > _LONGEST_LINE:
            return
