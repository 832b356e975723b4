"""How lines of an export are compressed: whole, or in members with a list of where they begin, to read one of many."""

from __future__ import annotations

import gzip
import zlib
from bisect import bisect_right
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapeproof.verifier.folder import lines
from tapeproof.verifier.streams import decoded, record_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["find_records", "gzip_file", "write_members"]

_LINES = 200


@contextmanager
def gzip_file(path: Path) -> Iterator[gzip.GzipFile]:
    """Open a gzip file of one member for writing: the same content gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=1, mtime=0) as file,
    ):
        yield file


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
    """Return the lines of the records that cite an entry."""
    return [line for line in _near(path, lane, seq) if record_key(decoded(line))[:2] == (lane, seq)]


def _near(path: Path, lane: str, seq: int) -> Iterator[bytes]:
    """Yield the lines of the members that can hold an entry's records; all lines when there is no usable index."""
    try:
        starts = [line.split(" ", 1) for line in path.with_suffix(".idx").read_text().splitlines()]
        offsets = [int(offset) for offset, _ in starts]
        keys = [key for _, key in starts]
    except (OSError, ValueError):
        yield from lines(path)
        return
    first = max(0, bisect_right(keys, f"{lane}\t{seq:010d}") - 1)
    last = bisect_right(keys, f"{lane}\t{seq:010d}\x7f")
    with path.open("rb") as file:
        for at in range(first, min(last + 1, len(offsets))):
            file.seek(offsets[at])
            end = offsets[at + 1] if at + 1 < len(offsets) else None
            try:
                data = zlib.decompress(file.read(-1 if end is None else end - offsets[at]), 31)
            except zlib.error:
                return
            yield from data.splitlines()
