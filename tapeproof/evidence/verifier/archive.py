"""Reads a bundle, folder or zip, without trusting anything it says about itself.

Nothing is ever extracted. Names that could leave the folder, links, duplicates, encrypted or unknown entries, and
sizes past the limits are refused before a byte is read (CWE-22, CWE-59, CWE-409).
"""

from __future__ import annotations

import os
import stat
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from tapeproof.evidence.verifier.findings import Unusable

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

__all__ = ["MAX_FILES", "MAX_FILE_BYTES", "MAX_RATIO", "MAX_TOTAL_BYTES", "Folder", "Zip", "open_bundle", "safe_name"]

MAX_FILES = 100_000
"""More files than this is not an evidence bundle."""
MAX_FILE_BYTES = 1 << 30
"""Largest single file, bytes."""
MAX_TOTAL_BYTES = 4 << 30
"""Largest sum of all files, bytes."""
MAX_RATIO = 500
"""Largest expansion of one entry of a zip; deflate of evidence text reaches about 60."""
RATIO_FLOOR_BYTES = 1 << 20
"""Entries smaller than this may expand as they like."""
MAX_NAME = 512
LOCAL_HEADER_BYTES = 30
LOCAL_FIELDS = ((6, 8), (8, 10), (14, 18), (18, 22), (22, 26), (28, 30), (26, 28))
"""Where the header before an entry has flags, method, CRC-32, both sizes, and the lengths of extra field and name."""
STORED, DEFLATED = 0, 8
"""Compression methods of a zip (APPNOTE.TXT 4.4.5)."""
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
KNOWN_FLAGS = 0x0002 | 0x0004 | 0x0800
"""How hard it was deflated, and that names are UTF-8 (4.4.4); every other bit changes how the entry is to be read."""
CHUNK = 1 << 18
FOREIGN_NAMES = {".DS_Store", "Thumbs.db", "desktop.ini", ".localized"}
FOREIGN_PREFIX = "._"
"""What file browsers of macOS and Windows leave in any folder that they show; no bundle holds such a name."""
END_RECORD = b"PK\x05\x06"
END_BYTES = 22
END_OF_64_BYTES = 76
"""Bytes of a zip's end record, and of what stands before it where the file needs 64 bits (APPNOTE.TXT 4.3.14-16)."""
SENTINEL = 0xFFFFFFFF


def safe_name(name: str) -> bool:
    """Return whether a name stays inside the bundle on every operating system."""
    if not name or len(name) > MAX_NAME or not name.isprintable() or any(mark in name for mark in '\\:*?"<>|'):
        return False
    parts = name.split("/")
    return all(
        part not in {"", ".", ".."} and part.split(".")[0].lower() not in RESERVED and part == part.rstrip(" .")
        for part in parts
    )


class Folder:
    """A bundle that lies in a folder.

    Attributes:
        path: The folder.
        sizes: Bytes of each file, by name.
        foreign: Files that a file browser left; they are named, never read, and no part of the bundle.
        errors: What reading a file can end with.
    """

    errors: tuple[type[Exception], ...] = (OSError,)

    def __init__(self, path: str) -> None:
        self.path = path
        self.sizes: dict[str, int] = {}
        self.foreign: list[str] = []
        for name, size in _walk(path, ""):
            last = name.rsplit("/", 1)[-1]
            if last in FOREIGN_NAMES or last.startswith(FOREIGN_PREFIX):
                self.foreign.append(name)
            else:
                _admit(self.sizes, name, size)
        _check_total(path, self.sizes)

    def open(self, name: str) -> BinaryIO:
        """Open one file, refusing to follow a link that appeared since the folder was listed."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(Path(self.path, *name.split("/")), flags), "rb")

    def close(self) -> None:
        """Release nothing: files are closed as they are read."""


class Zip:
    """A bundle that lies in a zip file.

    Attributes:
        path: The file.
        sizes: Bytes of each entry when it is inflated, by name.
        foreign: Always empty: in a zip every entry is the maker's.
        errors: What reading an entry can end with.
    """

    def __init__(self, path: str) -> None:
        import zipfile  # noqa: PLC0415 - start-up time, where the bundle is a folder

        self.path = path
        self.sizes: dict[str, int] = {}
        self.foreign: list[str] = []
        self.errors: tuple[type[Exception], ...] = (OSError, zipfile.BadZipFile, zlib.error, EOFError)
        try:
            self.archive: Any = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise Unusable("NOT_A_BUNDLE", path, f"this is not a readable zip file: {error}") from error
        try:
            self._admit_entries(Path(path).stat().st_size)
        except BaseException:
            self.close()
            raise

    def _admit_entries(self, size: int) -> None:
        entries = self.archive.infolist()
        if sum(entry.compress_size for entry in entries) > size:
            raise Unusable("BOMB", self.path, "entries overlap: together they claim more bytes than the file has")
        if self.archive.comment or (entries and min(entry.header_offset for entry in entries) != 0):
            raise Unusable("EXTRA", self.path, "the zip file carries bytes outside its entries")
        for entry in entries:
            _check_entry(entry)
            _admit(self.sizes, entry.filename, entry.file_size)
        _check_total(self.path, self.sizes)
        with Path(self.path).open("rb") as stream:
            _check_packing(stream, entries, self.archive.start_dir)
            _check_end(stream, self.archive.start_dir, size)

    def open(self, name: str) -> BinaryIO:
        """Open one entry; the zip module stops at the declared size and checks the CRC."""
        stream: BinaryIO = self.archive.open(name)
        return stream

    def close(self) -> None:
        """Close the zip file."""
        self.archive.close()


def open_bundle(path: str) -> Folder | Zip:
    """Open the bundle at a path.

    Args:
        path: A folder or a zip file.

    Raises:
        Unusable: The path is neither, or holds something that is not safe to read.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a path that no system takes is an error like any other
    except (OSError, ValueError) as error:
        raise Unusable("NOT_A_BUNDLE", path, f"there is no such folder or file: {error}") from error
    if stat.S_ISDIR(mode):
        return Folder(path)
    if stat.S_ISREG(mode):
        return Zip(path)
    raise Unusable("NOT_A_BUNDLE", path, "neither a folder nor a zip file")


def _walk(root: str, below: str) -> Iterator[tuple[str, int]]:
    if len(below) > MAX_NAME:
        raise Unusable("UNSAFE_PATH", below, f"folders nested past {MAX_NAME} characters")
    try:
        with os.scandir(Path(root, below)) as found:
            listed: list[os.DirEntry[str]] = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise Unusable("UNREADABLE", below or root, f"the folder cannot be read: {error}") from error
    for entry in listed:
        name = f"{below}/{entry.name}" if below else entry.name
        if entry.is_symlink():
            raise Unusable("LINK", name, "a bundle holds no links: it could show bytes from outside itself")
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, name)
        elif entry.is_file(follow_symlinks=False):
            yield name, entry.stat(follow_symlinks=False).st_size
        else:
            raise Unusable("UNSAFE_ENTRY", name, "a bundle holds only files and folders")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise Unusable("LINK", entry.filename, "a bundle holds no links: it could show bytes from outside itself")
    if entry.filename.endswith("/") or (mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG}):
        told = "a bundle holds only files; if it was packed again, unpack it and verify the folder"
        raise Unusable("UNSAFE_ENTRY", entry.filename, told)
    if entry.flag_bits & 0x1:
        raise Unusable("UNSAFE_ENTRY", entry.filename, "the entry is encrypted")
    if entry.flag_bits & ~KNOWN_FLAGS:
        told = (
            f"its general purpose flags are 0x{entry.flag_bits:04x}, which no bundle has; "
            "if it was packed again, unpack it and verify the folder"
        )
        raise Unusable("UNSAFE_ENTRY", entry.filename, told)
    if entry.compress_type not in {STORED, DEFLATED}:
        raise Unusable("UNSAFE_ENTRY", entry.filename, "the entry uses an unknown compression")
    if entry.file_size > RATIO_FLOOR_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise Unusable("BOMB", entry.filename, f"the entry expands more than {MAX_RATIO} times")


def _check_packing(stream: BinaryIO, entries: list[zipfile.ZipInfo], end: int) -> None:
    """Check that entries lie side by side and that what stands before each says what the directory says of it.

    Programs that unpack while they read see only the former; to them a gap could hold other files than were verified.
    """
    at = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        stream.seek(at)
        head = stream.read(LOCAL_HEADER_BYTES)
        said = tuple(int.from_bytes(head[begin:behind], "little") for begin, behind in LOCAL_FIELDS)
        shown = (entry.flag_bits, entry.compress_type, entry.CRC, entry.compress_size, entry.file_size, 0)
        if entry.header_offset != at or said[:-1] != shown or entry.extra or entry.comment:
            told = "bytes beside the entry, or two accounts of it; if it was packed again, verify the unpacked folder"
            raise Unusable("EXTRA", entry.filename, told)
        at += LOCAL_HEADER_BYTES + said[-1] + entry.compress_size
    if at != end:
        raise Unusable("EXTRA", "the zip file", "it carries bytes between its last entry and its directory")


def _check_end(stream: BinaryIO, directory: int, size: int) -> None:
    """Check that the directory is followed by the end record, and that by nothing.

    The zip module looks for that record up to 64 KB before the end and leaves what stands behind it unread.
    """
    stream.seek(max(size - END_BYTES, 0))
    record = stream.read(END_BYTES)
    length, at = int.from_bytes(record[12:16], "little"), int.from_bytes(record[16:20], "little")
    wide = SENTINEL in {length, at} or record[8:12] == b"\xff" * 4
    end = size - END_BYTES - (END_OF_64_BYTES if wide else 0)
    fits = wide or directory + length == end
    if record[:4] != END_RECORD or record[20:22] != b"\0\0" or not fits:
        raise Unusable("EXTRA", "the zip file", "it carries bytes behind its directory")


def _admit(sizes: dict[str, int], name: str, size: int) -> None:
    if not safe_name(name):
        raise Unusable("UNSAFE_PATH", name, "the name could lead outside the bundle")
    if name in sizes:
        raise Unusable("DUPLICATE_NAME", name, "two entries have this name")
    if size > MAX_FILE_BYTES or len(sizes) >= MAX_FILES:
        raise Unusable("TOO_LARGE", name, f"past the limit of {MAX_FILE_BYTES} bytes a file or {MAX_FILES} files")
    sizes[name] = size


def _check_total(path: str, sizes: dict[str, int]) -> None:
    if sum(sizes.values()) > MAX_TOTAL_BYTES:
        raise Unusable("TOO_LARGE", path, f"past the limit of {MAX_TOTAL_BYTES} bytes in all")
    if len({name.casefold() for name in sizes}) != len(sizes):
        raise Unusable("DUPLICATE_NAME", path, "two names differ only in upper and lower case")
