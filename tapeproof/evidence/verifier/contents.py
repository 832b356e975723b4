"""Every file of a bundle against the manifest: nothing altered, missing, added, swapped or renamed."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, BinaryIO

from tapeproof.evidence.verifier.archive import CHUNK, Folder, Zip
from tapeproof.evidence.verifier.comparison import Comparison
from tapeproof.evidence.verifier.dsse import MANIFEST_NAME, SIGNATURE_NAME
from tapeproof.evidence.verifier.findings import Finding, Unusable
from tapeproof.evidence.verifier.strict_json import Json, decode_json, decode_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.verifier.manifest import Entry

__all__ = ["MAX_LINE_BYTES", "Contents"]

MAX_DOCUMENT_BYTES = 512 << 20
"""Largest file that is read as a whole, bytes; evidence lines and other files are streamed."""
MAX_LINE_BYTES = 64 << 20
"""Longest line of an evidence file, bytes."""


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
        with self._open_file(name) as stream:
            data = stream.read()
        self._record(name, hashlib.sha256(data).hexdigest())
        return data

    def json(self, name: str) -> Json:
        """Return a JSON document."""
        return decode_json(self.read(name), name)

    def lines(self, name: str) -> Iterator[Json]:
        """Yield each line of a file as JSON.

        Raises:
            Unusable: A line is too long or not JSON.
        """
        for number, text in enumerate(self.texts(name), 1):
            yield decode_line(text, name, number)

    def texts(self, name: str) -> Iterator[str]:
        """Yield each line of a file, without its end.

        Raises:
            Unusable: A line is too long or not UTF-8.
        """
        number = 0
        for block in self.blocks(name):
            _, *lines = _decode_text(block, name, number).split("\n")
            number += len(lines)
            yield from lines

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a file in pieces of whole lines, each line with a newline before it and none behind it.

        Raises:
            Unusable: A line is too long.
        """
        parts: list[bytes | memoryview] = [b"\n"]
        size = 0
        for chunk in self._chunks(name):
            end = chunk.rfind(b"\n")
            if end < 0:
                parts.append(chunk)
            else:
                parts.append(memoryview(chunk)[:end])
                yield b"".join(parts)
                parts, size = [memoryview(chunk)[end:]], -end
            size += len(chunk)
            if size > MAX_LINE_BYTES:
                raise Unusable("TOO_LARGE", name, f"a line past {MAX_LINE_BYTES} bytes")
        rest = b"".join(parts)
        if rest != b"\n":
            yield rest

    @contextlib.contextmanager
    def compare_file(self, name: str) -> Iterator[Comparison]:
        """Compare a file with what its user says, piece by piece, that it should hold."""
        with self._open_file(name) as stream:
            comparison = Comparison(stream)
            yield comparison
            comparison.finish()
        self._record(name, comparison.sha256)

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
        for _ in self._chunks(name):
            pass

    def _chunks(self, name: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        with self._open_file(name) as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                yield chunk
        self._record(name, digest.hexdigest())

    @contextlib.contextmanager
    def _open_file(self, name: str) -> Iterator[BinaryIO]:
        if name not in self.archive.sizes:
            raise Unusable("MISSING", name, "the bundle does not hold it")
        try:
            with self.archive.open(name) as stream:
                yield stream
        except self.archive.errors as error:
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


def _decode_text(data: bytes, name: str, before: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = before + data.count(b"\n", 0, error.start)
        raise Unusable("BAD_JSON", f"{name}:{number}", f"cannot be read as JSON: {error}") from error
