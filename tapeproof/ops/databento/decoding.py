"""Reads DBN files: Databento's library finds the records, and their members are read here, from the bytes.

The layout of a record is the library's own (``_dtypes``), so a number that the library has no name for is still read,
and a member that a later version adds is kept without a change here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from tapeproof.ops.errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DbnFile", "DbnRecord", "is_dbn", "open_dbn", "undefined_number"]

_CHUNK_BYTES = 1 << 20
_ZSTANDARD, _PLAIN = b"\x28\xb5\x2f\xfd", b"DBN"
_CODES = {"u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "u8": "Q", "i8": "q"}
_LARGEST = {
    "u1": (1 << 8) - 1,
    "i1": (1 << 7) - 1,
    "u2": (1 << 16) - 1,
    "i2": (1 << 15) - 1,
    "u4": (1 << 32) - 1,
    "i4": (1 << 31) - 1,
    "u8": (1 << 64) - 1,
    "i8": (1 << 63) - 1,
}
_SENT_AT = ("ts_out", "u8")
"""What a live gateway adds to each record; it is in none of the library's layouts."""
_HIDDEN = frozenset({"length"})


class DbnRecord(NamedTuple):
    """A record of a DBN file.

    Attributes:
        kind: Its type, such as ``MBOMsg``.
        members: Its members in their order, integers and texts; those without a value are left out.
    """

    kind: str
    members: dict[str, int | str]


@dataclass(frozen=True, slots=True)
class DbnFile:
    """What a DBN file says of itself.

    Attributes:
        path: The file.
        dataset: The dataset, such as ``GLBX.MDP3``.
        schema: The schema, such as ``mbp-10``; empty where the file has several.
        mappings: (first day, day after the last, instrument id) by the symbol that was asked for; days are ISO dates.
    """

    path: Path
    dataset: str
    schema: str
    mappings: dict[str, tuple[tuple[str, str, str], ...]]

    def __iter__(self) -> Iterator[DbnRecord]:
        """Yield its records, reading a bounded part of it at a time.

        Raises:
            CaptureError: The file is damaged or ends in the middle of a record.
        """
        library = _load_library()
        for one in _decode(self.path):
            if not isinstance(one, library.Metadata):
                yield _members_of(one)


def undefined_number(code: str) -> int:
    """Return the number by which DBN says that a member of a layout's code, such as ``u8``, has no value."""
    return _LARGEST[code]


def is_dbn(path: Path) -> bool:
    """Return whether a file begins as a DBN file does, or has the name of one."""
    if ".dbn" in path.name:
        return True
    try:
        with path.open("rb") as opened:
            return opened.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def open_dbn(path: Path) -> DbnFile:
    """Return what a DBN file says of itself.

    Raises:
        CaptureError: It cannot be read, or is none, or the library that reads it is not installed.
    """
    library = _load_library()
    for one in _decode(path):
        if isinstance(one, library.Metadata):
            return DbnFile(path, str(one.dataset), str(one.schema or ""), _mappings(one))
        break
    raise CaptureError(f"{path}: is not a whole DBN file", why="it has no metadata", fix="download it again")


def _load_library() -> Any:  # noqa: ANN401 - a module
    try:
        import databento_dbn  # noqa: PLC0415 - a library of the extra `databento`
    except ImportError as error:
        raise CaptureError(
            "databento-dbn is not installed, so DBN files cannot be read", fix="pip install 'tapeproof[databento]'"
        ) from error
    return databento_dbn


def _decode(path: Path) -> Iterator[Any]:
    library = _load_library()
    try:
        with path.open("rb") as opened:
            decoder = library.DBNDecoder(compression=_compression(opened, path, library))
            while chunk := opened.read(_CHUNK_BYTES):
                yield from decoder.write_and_decode(chunk)
            if decoder.buffer():
                raise CaptureError(f"{path}: ends in the middle of a record", fix="download it again")
    except OSError as error:
        raise CaptureError(f"{path}: cannot be read", why=error.strerror or str(error)) from error
    except library.DBNError as error:
        raise CaptureError(f"{path}: is not a whole DBN file", why=str(error), fix="download it again") from error


def _compression(opened: BinaryIO, path: Path, library: Any) -> Any:  # noqa: ANN401 - of the library
    start = opened.read(len(_ZSTANDARD))
    opened.seek(0)
    if start == _ZSTANDARD:
        return library.Compression.ZSTD
    if start.startswith(_PLAIN):
        return library.Compression.NONE
    raise CaptureError(
        f"{path}: is not a DBN file",
        why=f"it begins with {start.hex(' ') or 'nothing'}",
        fix="name a file that ends on .dbn or .dbn.zst",
    )


def _mappings(metadata: Any) -> dict[str, tuple[tuple[str, str, str], ...]]:  # noqa: ANN401 - of the library
    return {
        str(symbol): tuple(
            (one["start_date"].isoformat(), one["end_date"].isoformat(), str(one["symbol"])) for one in intervals
        )
        for symbol, intervals in metadata.mappings.items()
    }


_layouts: dict[tuple[str, int], tuple[struct.Struct, list[tuple[str, str]]]] = {}


def _layout(record: Any, size: int) -> tuple[struct.Struct, list[tuple[str, str]]]:  # noqa: ANN401 - of the library
    kind = type(record).__name__
    known = _layouts.get((kind, size))
    if known is None:
        members = [(str(name), str(code)) for name, code in record._dtypes]  # noqa: SLF001 - the only layout there is
        layout = _struct_of(members)
        if layout.size < size:
            members.append(_SENT_AT)
            layout = _struct_of(members)
        if layout.size != size:
            raise CaptureError(f"a {kind} of {size} bytes has a layout that is not known", fix="upgrade databento-dbn")
        known = _layouts[kind, size] = (layout, members)
    return known


def _struct_of(members: list[tuple[str, str]]) -> struct.Struct:
    return struct.Struct("<" + "".join(_CODES.get(code) or f"{code[1:]}s" for _, code in members))


def _members_of(record: Any) -> DbnRecord:  # noqa: ANN401 - of the library
    raw = bytes(record)
    layout, members = _layout(record, len(raw))
    found: dict[str, int | str] = {}
    for (name, code), value in zip(members, layout.unpack(raw), strict=True):
        if name in _HIDDEN or name.startswith("_"):
            continue
        if isinstance(value, bytes):
            value = value.split(b"\0", 1)[0].decode("latin-1")  # noqa: PLW2901 - its text
        if value not in ("", _LARGEST.get(code)):
            found[name] = value
    return DbnRecord(type(record).__name__, found)
