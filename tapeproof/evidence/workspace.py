"""The folder that evidence is collected into; it has the layout that the bundle will have."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self
from xml.etree import ElementTree as ET

from tapeproof.errors import TapeproofError
from tapeproof.evidence.errors import FAILED, CollectionError
from tapeproof.evidence.model import Item, RawFile
from tapeproof.evidence.redaction import Redaction
from tapeproof.evidence.verifier.archive import safe_name
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tapeproof.evidence.provenance import Clock
    from tapeproof.evidence.redaction import Redactor

__all__ = ["ItemWriter", "Workspace"]

JSONL: Final = "application/jsonl"
DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY", b"\0")
"""What no test report needs, and what makes a parser read more than the file; a zero tells another encoding."""
COUNTED: Final = frozenset({"classname", "errors", "failures", "file", "name", "skipped", "tests", "time", "timestamp"})
"""Attributes of a JUnit report that name and count tests."""
MAX_REDACTIONS_LISTED: Final = 500


class ItemWriter:
    """Writes one item's raw files, taking secrets out on the way."""

    def __init__(self, folder: Path, item: Item, redactor: Redactor) -> None:
        self.item = item
        self._folder, self._redactor = folder, redactor

    def lines(self, path: str, values: Iterable[Any]) -> int:
        """Write JSON values, one a line; return how many."""
        count = 0
        with _Hashed(self._folder, path) as out:
            for count, value in enumerate(values, 1):
                log: list[Redaction] = []
                out.write(canonical(self._redactor.json(plain(value), path, log)) + b"\n")
                self.item.redactions.extend(replace(one, where=f"line {count} {one.where}") for one in log)
        self._note(path, out, JSONL)
        return count

    def exact_lines(self, path: str, values: Iterable[Any]) -> int:
        """Write JSON values, one a line, as they are: for what is hashed and can hold no secret; return how many."""
        count = 0
        with _Hashed(self._folder, path) as out:
            for value in values:
                count += 1
                out.write(canonical(value) + b"\n")
        self._note(path, out, JSONL)
        return count

    def document(self, path: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Write one JSON document, indented for people."""
        clean = self._redactor.json(plain(value), path, self.item.redactions)
        text = json.dumps(clean, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        self._bytes(path, text.encode("utf-8"), "application/json")

    def text(self, path: str, data: bytes, media_type: str) -> bool:
        """Write a text file; return whether something was taken out of it.

        Bytes that are not UTF-8 are searched as Latin-1, so that a secret in them is found all the same.
        """
        encoding = "utf-8"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            encoding = "latin-1"
            text = data.decode(encoding)
        before = len(self.item.redactions)
        clean = self._redactor.text(text, path, self.item.redactions)
        self._bytes(path, clean.encode(encoding), media_type)
        return len(self.item.redactions) > before

    def is_clean(self, path: str, data: bytes) -> bool:
        """Return whether there is no secret in bytes that cannot be kept without one; what there is, is logged."""
        before = len(self.item.redactions)
        self._redactor.text(data.decode("utf-8", "replace"), path, self.item.redactions)
        return len(self.item.redactions) == before

    def binary(self, path: str, data: bytes, media_type: str) -> None:
        """Write bytes that hold no secrets by their nature: git objects, proofs, signatures."""
        self._bytes(path, data, media_type)

    def write_xml(self, path: str, data: bytes) -> None:
        """Write a test report; of one that holds a secret only what is counted, so that it stays a report.

        What tests print, the parameters in their names and the texts of failures are left out then: a secret can be cut
        out of them only as text, and a report with a hole in it is none.
        """
        found: list[Redaction] = []
        self._redactor.text(data.decode("utf-8", "replace"), path, found)
        root = _parse_xml(data) if found else None
        if root is None:
            self.text(path, data, "application/xml")
            return
        for element in root.iter():
            element.text = element.tail = None
            element.attrib = {
                name: _without_parameters(element.get(name, "")) for name in sorted(COUNTED & {*element.attrib})
            }
        self.item.redactions.extend(found)
        self.text(path, ET.tostring(root, encoding="utf-8", xml_declaration=True), "application/xml")

    def _bytes(self, path: str, data: bytes, media_type: str) -> None:
        with _Hashed(self._folder, path) as out:
            out.write(data)
        self._note(path, out, media_type)

    def _note(self, path: str, out: _Hashed, media_type: str) -> None:
        self.item.raw.append(RawFile(path, out.size, out.digest.hexdigest(), media_type))


def _without_parameters(name: str) -> str:
    return name.partition("[")[0]


def _parse_xml(data: bytes) -> ET.Element | None:
    """Return the document; None for what is none, or declares more than a test report needs."""
    if any(mark in data for mark in DECLARATIONS):
        return None
    try:
        return ET.fromstring(data)  # noqa: S314 - declarations were refused before
    except ET.ParseError:
        return None


class _Hashed:
    """A file that is hashed while it is written."""

    def __init__(self, folder: Path, path: str) -> None:
        if not safe_name(path):
            raise CollectionError(f"{path!r} cannot be the name of an evidence file")
        self._path = folder / path
        self.size, self.digest = 0, hashlib.sha256()

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self._path.open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self.digest.update(data)
        self._stream.write(data)


@dataclass(slots=True)
class Workspace:
    """A folder of evidence.

    Attributes:
        folder: Where it is.
        redactor: What takes secrets out.
        clock: What tells the time.
        as_of: The time of the run, ISO 8601 UTC.
    """

    folder: Path
    redactor: Redactor
    clock: Clock
    as_of: str

    def write(self, path: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Write a JSON document of the run itself (not evidence)."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(target.name + ".part")
        clean = self.redactor.json(plain(value), path, [])
        temporary.write_bytes(canonical(clean) + b"\n")
        temporary.replace(target)

    @contextmanager
    def item(self, item: Item) -> Iterator[ItemWriter]:
        """Collect one item; whatever goes wrong inside becomes its failure, and the other items are kept.

        Args:
            item: The item with what is known before collecting.

        Yields:
            What writes its raw files.
        """
        began = self.clock.iso()
        writer = ItemWriter(self.folder / "evidence" / item.id, item, self.redactor)
        try:
            yield writer
        except TapeproofError as error:
            self._fail(item, error.diagnostics(), getattr(error, "code", FAILED))
        except Exception as error:  # noqa: BLE001 - a collector may fail in any way, and the report must say so
            self._fail(item, f"{type(error).__name__}: {error}", FAILED)
        item.as_of = item.as_of or self.as_of
        item.collected = {"from": began, "to": self.clock.iso()}
        kept = item.redactions[:MAX_REDACTIONS_LISTED]
        if len(item.redactions) > len(kept):
            kept.append(Redaction("", "", f"{len(item.redactions) - len(kept)} more"))
        item.redactions = kept
        self.write(f"evidence/{item.id}/item.json", item.as_data())

    def _fail(self, item: Item, why: str, code: str) -> None:
        item.status, item.failure, item.failure_code = "failed", self.redactor.text(why, "", []), code
        item.judge, item.judged = "", ""
        for raw in item.raw:
            (self.folder / "evidence" / item.id / raw.path).unlink(missing_ok=True)
        item.raw, item.population = [], None


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a value as JSON has it: tuples as lists, moments as text, bytes as hex, paths as text."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    if value is None or isinstance(value, str | int):
        return value
    return (
        value.isoformat()
        if hasattr(value, "isoformat")
        else os.fspath(value)
        if hasattr(value, "__fspath__")
        else str(value)
    )
