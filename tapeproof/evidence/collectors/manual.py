"""Manual evidence: files that people gathered, with who, when, from where and for which control."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tapeproof.evidence.controls.marked_yaml import Marked, read_marked
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.verifier.manual_evidence import MANUAL_COLLECTOR

if TYPE_CHECKING:
    from tapeproof.evidence.collection import Context
    from tapeproof.evidence.controls.library import Library

__all__ = ["ManualCollector"]

TOLD: Final = ("who", "from", "gathered", "expires", "sha256")
NAMES: Final = ("id", "title", "file", *TOLD, "controls")
IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
MAX_BYTES: Final = 64 << 20
MEDIA_TYPES: Final = {".pdf": "application/pdf", ".txt": "text/plain", ".csv": "text/csv", ".png": "image/png"}


class _Piece(NamedTuple):
    id: str
    title: str
    path: Path
    told: dict[str, str]
    controls: list[str]


class ManualCollector:
    """Collects one item, ``manual-ID``, for each entry of a list that people keep.

    Args:
        listed: The list; None when nobody named one.
        library: Frameworks whose controls evidence may be offered for.

    Raises:
        HandwrittenError: The list is not of the form that docs/evidence.md shows; it is told by file and line.
    """

    name = "manual evidence"

    def __init__(self, listed: Path, library: Library) -> None:
        known = {f"{one['id']}:{control}" for one in library.frameworks for control in one["controls"]}
        entries = read_marked(listed).only("manual").elements("manual")
        self._pieces = [_piece(one, listed.parent, known) for one in entries]
        names = [one.id for one in self._pieces]
        for entry, piece in zip(entries, self._pieces, strict=True):
            if names.count(piece.id) > 1:
                raise entry.refuse(f"the id {piece.id!r} stands here twice")

    def collect(self, context: Context) -> None:
        """Collect the items; a file that is missing, or another than was gathered, becomes a failed item."""
        for piece in self._pieces:
            name, collector = f"manual-{piece.id}", MANUAL_COLLECTOR
            with context.item(name, piece.title, collector=collector, stage="exceptions") as out:
                data = _read(piece.path, piece.told["sha256"])
                out.item.source = {"kind": "manual", **piece.told, "controls": piece.controls}
                path = f"raw/{piece.path.name}"
                if not out.is_clean(path, data):
                    raise CollectionError(f"{piece.path} holds what looks like a secret", fix="take it out, and say so")
                out.binary(path, data, MEDIA_TYPES.get(piece.path.suffix.lower(), "application/octet-stream"))


def _read(path: Path, sha256: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CollectionError(f"{path} cannot be read", why=str(error), fix="name the file in the list") from error
    if len(data) > MAX_BYTES:
        raise CollectionError(f"{path} is larger than {MAX_BYTES} bytes", fix="offer a part of it")
    if hashlib.sha256(data).hexdigest() != sha256:
        fix = "offer the file that was gathered, or gather it anew and say when"
        raise CollectionError(f"{path} is not the file that was gathered: its SHA-256 is another", fix=fix)
    return data


def _piece(entry: Marked, folder: Path, known: set[str]) -> _Piece:
    members = entry.only(*NAMES).members()
    told = {name: entry.text(name) for name in TOLD}
    identity, file = entry.text("id"), entry.text("file")
    if not IDENTIFIER.fullmatch(identity):
        raise members["id"].refuse("an id has small letters, digits and hyphens")
    if Path(file).is_absolute() or ".." in Path(file).parts:
        raise members["file"].refuse("the file lies beside the list or below it")
    if not DIGEST.fullmatch(told["sha256"]):
        raise members["sha256"].refuse("64 hexadecimal digits are expected, small letters")
    controls = entry.elements("controls")
    for one in controls:
        if one.value not in known:
            raise one.refuse(f"{one.value!r} is no control of a framework here, as aws-fsbp:DynamoDB.6 is")
    if not controls:
        raise entry.refuse("'controls' is expected to name what this is offered for")
    return _Piece(identity, entry.text("title"), folder / file, told, [one.value for one in controls])
