"""Every file of a bundle against the manifest: nothing altered, missing, added, swapped or renamed."""

from __future__ import annotations

import contextlib
import hashlib
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from compliance.bundle.verifier.archive import CHUNK, Folder, Zip, safe_name
from compliance.bundle.verifier.dsse import MANIFEST_NAME, SIGNATURE_NAME
from compliance.bundle.verifier.findings import Finding, Unusable
from compliance.bundle.verifier.strict_json import Json, canonical, decode_json, line_decoder

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BUNDLE_FORMAT", "MAX_LINE_BYTES", "Contents", "Entry", "read_manifest"]

BUNDLE_FORMAT = "tapeproof/bundle/1"
SCAN = line_decoder.scan_once  # type: ignore[attr-defined]
MAX_DOCUMENT_BYTES = 512 << 20
"""Largest file that is read as a whole, bytes; evidence lines and other files are streamed."""
MAX_LINE_BYTES = 64 << 20
"""Longest line of an evidence file, bytes."""


class Entry(NamedTuple):
    """What the manifest says of one file."""

    size: int
    sha256: str


def read_manifest(data: bytes) -> dict[str, Json]:
    """Return the manifest, checked for form; ``files`` becomes a mapping of path to `Entry`.

    Raises:
        Unusable: It is not a manifest of a version that this verifier knows.
    """
    manifest = decode_json(data, MANIFEST_NAME)
    if not isinstance(manifest, dict) or manifest.get("format") != BUNDLE_FORMAT:
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, f"its format is not {BUNDLE_FORMAT}")
    if canonical(manifest) != data:
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, "it is not in the canonical encoding")
    try:
        files = {one["path"]: Entry(int(one["size"]), str(one["sha256"])) for one in manifest["files"]}
        ordered = [one["path"] for one in manifest["files"]]
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, f"its list of files cannot be read: {error!r}") from error
    if ordered != sorted(files) or not all(safe_name(path) for path in ordered):
        raise Unusable("BAD_MANIFEST", MANIFEST_NAME, "its list of files is not sorted, unique and safe")
    return {**manifest, "files": files}


class Contents:
    """The files of a bundle, read at most once, each hashed while it is read."""

    def __init__(self, archive: Folder | Zip, files: dict[str, Entry]) -> None:
        self.archive = archive
        self.files = files
        self.findings: list[Finding] = []
        self._done: dict[str, str] = {}

    def check_names(self) -> list[Finding]:
        """Return a finding for each file that is only here or only in the manifest, or has another size."""
        here = {name: size for name, size in self.archive.sizes.items() if name not in {MANIFEST_NAME, SIGNATURE_NAME}}
        found = [Finding("MISSING", name, "the manifest lists it") for name in self.files if name not in here]
        found += [Finding("EXTRA", name, "the manifest does not list it") for name in here if name not in self.files]
        found += [
            Finding("ALTERED", name, f"{size} bytes; the manifest says {self.files[name].size}")
            for name, size in here.items()
            if name in self.files and size != self.files[name].size
        ]
        return found

    def __contains__(self, name: str) -> bool:
        return name in self.files and name in self.archive.sizes

    def read(self, name: str) -> bytes:
        """Return a whole file.

        Raises:
            Unusable: It is not in the bundle.
        """
        if self.archive.sizes.get(name, 0) > MAX_DOCUMENT_BYTES:
            raise Unusable("TOO_LARGE", name, f"past the limit of {MAX_DOCUMENT_BYTES} bytes for a document")
        with self._opened(name) as stream:
            data = stream.read()
        self._record(name, hashlib.sha256(data).hexdigest())
        return data

    def json(self, name: str) -> Json:
        """Return a JSON document."""
        return decode_json(self.read(name), name)

    def lines(self, name: str) -> Iterator[Json]:
        """Yield each line of a file as JSON, hashing the file on the way.

        Raises:
            Unusable: A line is too long or not JSON.
        """
        digest, number, rest = hashlib.sha256(), 0, b""
        with self._opened(name) as stream:
            for chunk in iter(lambda: stream.read(CHUNK), b""):
                digest.update(chunk)
                lines = (rest + chunk).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    number += 1
                    yield _decode_line(line, name, number)
                if len(rest) > MAX_LINE_BYTES:
                    raise Unusable("TOO_LARGE", f"{name}:{number + 1}", f"a line past {MAX_LINE_BYTES} bytes")
        if rest:
            yield _decode_line(rest, name, number + 1)
        self._record(name, digest.hexdigest())

    def finish(self) -> list[Finding]:
        """Hash what was not read yet; return every finding about altered files."""
        for name in self.files:
            if name not in self._done and name in self.archive.sizes:
                self._hash(name)
        return self.findings

    def sha256(self, name: str) -> str:
        """Return the digest of a file that was read to its end, hashing it now if it was not."""
        if name not in self._done:
            self._hash(name)
        return self._done[name]

    def _hash(self, name: str) -> None:
        digest = hashlib.sha256()
        with self._opened(name) as stream:
            for chunk in iter(lambda: stream.read(CHUNK), b""):
                digest.update(chunk)
        self._record(name, digest.hexdigest())

    @contextlib.contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        if name not in self.archive.sizes:
            raise Unusable("MISSING", name, "the bundle does not hold it")
        try:
            with self.archive.open(name) as stream:
                yield stream
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise Unusable("ALTERED", name, f"its bytes cannot be read: {error}") from error

    def _record(self, name: str, sha256: str) -> None:
        if name in self._done or name not in self.files:
            return
        self._done[name] = sha256
        if sha256 != self.files[name].sha256:
            twin = next((path for path, entry in self.files.items() if entry.sha256 == sha256), "")
            hint = f"; these are the bytes of {twin}" if twin else ""
            self.findings.append(
                Finding("SWAPPED" if twin else "ALTERED", name, f"its SHA-256 is not the manifest's{hint}")
            )


def _decode_line(line: bytes, name: str, number: int) -> Json:
    try:
        text = line.decode("utf-8")
        value, end = SCAN(text, 0)
    except (ValueError, RecursionError, StopIteration) as error:
        raise Unusable("BAD_JSON", f"{name}:{number}", f"cannot be read as JSON: {error}") from error
    if end != len(text):
        raise Unusable("BAD_JSON", f"{name}:{number}", "more than one value on the line")
    return value
