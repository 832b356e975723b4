"""An exported log on disk: where things are and how to read them without holding them.

    export.json              what was exported, from where, when
    checkpoint, tile/…       as the sealer published them (C2SP tlog-tiles)
    checkpoints.gz           every stored checkpoint, a JSON line each
    controls.gz              control leaves: index, space, bytes
    keys.txt                 verifier keys, as the store names them
    requests.gz              requests to prune, a JSON line each
    lanes/<hour>-<n>.gz      entries by lane and sequence
    records/<hour>-<n>.gz    records by the entry they belong to
    latest/<hour>-<n>.gz     the newest records, as readers are served them, likewise
    witness/<hour>-<n>.gz    witness lines by the entry they repeat
    */other.gz               whatever fits nowhere else

Lines of ``lanes`` are ``#L <lane> <0|1>`` (is it on its hour's list?), then its entries, each as its bytes, or as ``!``
and JSON when the item's keys or stored hash are not those of its bytes.
"""

from __future__ import annotations

import re
import stat
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.hours import hour_seconds
from tapeproof.log.members import read_json
from tapeproof.log.merkle import HASH_BYTES
from tapeproof.log.objects import read_regular
from tapeproof.verifier.findings import UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Inflate = Callable[[int], Any]
    """Makes an object with the interface of ``zlib.decompressobj``; what it raises on bad data is a ``zlib.error``."""

__all__ = ["FORMAT", "OTHER", "ExportFolder", "Part", "allocated_size", "blocks", "lines", "part_of", "texts"]

FORMAT = 2
"""Of exports written now. Those of format 1 have neither ``latest`` nor ``requests.gz``, nor a root of the head."""
OTHER = "other"
_INDEX = re.compile(rb"0|[1-9][0-9]{0,17}")
_REQUEST = {"epoch": str, "entries": int, "export": str, "by": str, "leaf": int}
_PART = re.compile(r"(\d{10})-([0-7])\.gz", re.ASCII)
_LANE = re.compile(r"(\d{10})\.[A-Za-z0-9_-]{1,64}\.[0-9a-f]{31}([0-9a-f])", re.ASCII)
_MOST_BYTES = 1_000_000
_LATEST_NS = 10**19
_GZIP = b"\x1f\x8b"
_AGAIN = "Make the export again."
_READ = 1 << 15
_INFLATE = 120_000  # from 128 KB on, an allocator maps and unmaps each block anew, which costs a tenth of the whole
_LONGEST_LINE = 2_000_000
_SMALL_FILE = 1 << 16
"""What a file system may keep outside of blocks."""
_MOST_INFLATED, _MOST_RATIO = 64_000_000, 200
"""Hashes and random names do not get shorter: what inflates more than this is no export."""


class Part(NamedTuple):
    """The share of an hour that one file holds: its lanes whose last hex digit is ``shard`` modulo 8."""

    hour: str
    shard: int

    @property
    def name(self) -> str:
        """Return the file's name."""
        return f"{self.hour}-{self.shard}.gz"


def part_of(lane: str) -> Part | None:
    """Return the part that a lane belongs to, or None when it is no lane's name."""
    match = _LANE.fullmatch(lane)
    return Part(match[1], int(match[2], 16) % 8) if match and _is_hour(match[1]) else None


@lru_cache(maxsize=1_024)
def _is_hour(text: str) -> bool:
    try:
        hour_seconds(text)
    except ValueError:
        return False
    return True


class ExportFolder:
    """An export.

    Args:
        root: The folder.

    Attributes:
        manifest: What ``export.json`` holds.
        origin: The log.
        created: When the export was made, nanoseconds since 1970.
        head: Size and published size of the sealer's head, if there was one.
        head_root: Its root in hex; empty when the export does not say.
        head_state: The hash of the state it goes on from, in hex; likewise.
        head_commit: The signature under what it commits to beyond what is published, in hex; likewise.
        head_keys: The verifier keys it names, newest first; None when the export does not say.
        head_arns: Where it says that each of these is; likewise.
        key_arn: Where the export says that the key is which signs; empty when it does not.
        version: The export's format.
        witnessed: First and last time, nanoseconds since 1970, that witness lines cover; None without lines.

    Raises:
        UnusableError: There is no export, or one of a later format.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            data = read_regular(root / "export.json", _MOST_BYTES)
            if data is None:
                raise UnusableError(
                    f"{root} holds no export: export.json is missing",
                    "Name a folder that `tapeproof audit export` made.",
                )
            self.manifest: dict[str, Any] = read_json(data)
            version, self.origin = self.manifest["format"], str(self.manifest["origin"])
            self.created = _time(self.manifest["created"])
            head, window = self.manifest.get("head"), self.manifest.get("witness")
            self.head = (int(head["size"]), int(head["published"])) if head else None
            told = (str((head or {}).get(name, "")) for name in ("root", "state", "commit"))
            self.head_root, self.head_state, self.head_commit = told
            self.head_keys = list(map(str, head["keys"])) if head and "keys" in head else None
            self.head_arns = list(map(str, head["arns"])) if head and "arns" in head else []
            self.key_arn = str((self.manifest.get("source") or {}).get("key") or "")
            self.version = int(version)
            self.witnessed = (_time(window["since"]), _time(window["until"])) if window else None
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise UnusableError(f"{root / 'export.json'} is damaged: {type(error).__name__}: {error}") from error
        if version not in (1, FORMAT):
            raise UnusableError(f"{root} has export format {version}, this program reads 1 and {FORMAT}")

    def parts(self, kind: str) -> list[Part]:
        """Return the parts of ``lanes``, ``records`` or ``witness`` that have a file, in order."""
        names = (_PART.fullmatch(path.name) for path in (self.root / kind).glob("*.gz"))
        return sorted(Part(name[1], int(name[2])) for name in names if name)

    def path(self, kind: str, part: Part) -> Path:
        """Return the file of a part."""
        return self.root / kind / part.name

    def size(self, kind: str, part: Part) -> int:
        """Return how many bytes a part's file has; 0 when there is none."""
        path = self.path(kind, part)
        return allocated_size(path)

    def entry_room(self) -> int:
        """Return how many sound entries there is room for: each holds the hash before it, which no packing shortens."""
        return sum(self.size("lanes", part) for part in self.parts("lanes")) // HASH_BYTES

    def other(self, kind: str) -> Iterator[bytes]:
        """Yield what fitted into no part."""
        return lines(self.root / kind / f"{OTHER}.gz")

    def controls(self) -> Iterator[tuple[int, bytes]]:
        """Yield index and bytes of the control leaves."""
        path, last = self.root / "controls.gz", -1
        for line in lines(path):
            index, _, data = line.partition(b" ")
            if not _INDEX.fullmatch(index):
                raise UnusableError(f"{path}: a line has no index: {line[:40]!r}")
            if int(index) <= last:  # a table has each once, and gives them in order
                raise UnusableError(f"{path}: the line of leaf {int(index)} follows that of leaf {last}", _AGAIN)
            last = int(index)
            yield last, data

    def checkpoints(self) -> Iterator[tuple[str, bytes]]:
        """Yield sort key and note of the stored checkpoints."""
        path, last = self.root / "checkpoints.gz", ("", b"")
        for line in lines(path):
            try:
                item = read_json(line)
                key, note = str(item["sk"]), str(item["note"]).encode()
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise UnusableError(f"{path} is damaged: {error}") from error
            # Two notes of one size are for the verifier to judge; a table has one, so that this was not read from one.
            if key < last[0] or (key, note) == last or item.keys() != {"sk", "note"}:
                raise UnusableError(
                    f"{path}: the line of {key[:40]!r} is out of order or has members of nobody", _AGAIN
                )
            last = key, note
            yield last

    def requests(self) -> Iterator[dict[str, Any]]:
        """Yield the requests to prune, with the leaf that answers each, and the CLOSE leaf that it cites (-1: none)."""
        for line in lines(self.root / "requests.gz"):
            try:
                yield _read_request(line)
            except (ValueError, RecursionError) as error:
                raise UnusableError(f"{self.root / 'requests.gz'} is damaged: {error}") from error

    @property
    def has_requests(self) -> bool:
        """Return whether the requests to prune are in the export."""
        return (self.root / "requests.gz").is_file()

    def verifier_keys(self) -> list[str]:
        """Return the verifier keys that the export names."""
        text = (read_regular(self.root / "keys.txt", _MOST_BYTES) or b"").decode("utf-8-sig", errors="replace")
        return [line for line in text.splitlines() if line.strip()]


def _read_request(line: bytes) -> dict[str, Any]:
    request = read_json(line)
    told = {name: type(value) for name, value in request.items()} if isinstance(request, dict) else {}
    if told not in (_REQUEST, {**_REQUEST, "close": int}):
        raise ValueError(f"{line[:80]!r} is no request")
    return {"close": -1, **request}


def _time(text: str) -> int:
    nanoseconds = int(text)
    if abs(nanoseconds) >= _LATEST_NS:
        raise ValueError(f"{nanoseconds} is no time in nanoseconds")
    return nanoseconds


def allocated_size(path: Path) -> int:
    """Return how many bytes a regular file has, without the holes that it is only said to have; 0 without one."""
    try:
        found = path.stat()
    except OSError:
        return 0
    return min(found.st_size, found.st_blocks * 512 + _SMALL_FILE) if stat.S_ISREG(found.st_mode) else 0


def texts(path: Path, inflate: Inflate = zlib.decompressobj) -> Iterator[bytes]:
    """Yield the text of a gzip file, a few hundred whole lines at a time; a missing file has none.

    Args:
        path: The file (RFC 1952; one or more members).
        inflate: What inflates it.

    Raises:
        UnusableError: The file is not gzip, is cut off, or has a line without end.
    """
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            yield from _inflate(file, path, inflate)
    except (OSError, EOFError, zlib.error) as error:
        raise UnusableError(f"{path} cannot be read: {error}", "Make the export again.") from error


def blocks(path: Path, inflate: Inflate = zlib.decompressobj) -> Iterator[list[bytes]]:
    """Yield the lines of a gzip file, a few hundred at a time; a missing file has none."""
    for text in texts(path, inflate):
        yield text[:-1].split(b"\n")


def _inflate(file: Any, path: Path, inflate: Inflate) -> Iterator[bytes]:  # noqa: ANN401 - a binary file
    member, rest, pending = inflate(31), b"", file.read(_READ)
    room = _MOST_INFLATED + _MOST_RATIO * file.seek(0, 2)
    file.seek(len(pending))
    if pending and not pending.startswith(_GZIP):
        raise UnusableError(f"{path} is no gzip file", "Make the export again.")
    while True:
        pending = pending or file.read(_READ)
        if not pending:
            break
        data = member.decompress(pending, _INFLATE)
        pending = member.unconsumed_tail
        room -= len(data)
        if room < 0:
            raise UnusableError(f"{path} inflates to over {_MOST_RATIO} times its size", "Make the export again.")
        if member.eof:
            pending = member.unused_data or file.read(_READ)
            if pending:
                member = inflate(31)
        end = data.rfind(b"\n") + 1
        text, rest = rest + memoryview(data)[:end] if end else b"", data[end:] if end else rest + data
        if len(rest) > _LONGEST_LINE:
            raise UnusableError(f"{path} has a line of more than {_LONGEST_LINE} bytes")
        if text:
            yield text
    if not member.eof or rest:
        raise UnusableError(f"{path} is cut off", "Make the export again.")


def lines(path: Path, inflate: Inflate = zlib.decompressobj) -> Iterator[bytes]:
    """Yield the lines of a gzip file one by one."""
    for block in blocks(path, inflate):
        yield from block
