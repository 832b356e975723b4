"""Making an export: the stores as they are, sorted so that everything that belongs together lies together.

The order of reading makes a moving log comparable: first what is signed, then lines, then records, last entries.
Whatever is signed, logged or recorded has its entry by then, so a missing one is missing.
"""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.members import gzip_file, write_members
from tapeproof.auditing.rows import audit_row, encode_value, line_rows
from tapeproof.auditing.signed_export import SignedExport
from tapeproof.auditing.spool import Spool
from tapeproof.verifier.folder import FORMAT, OTHER, part_of
from tapeproof.verifier.streams import record_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tapeproof.auditing.source import Source

__all__ = ["ExportOptions", "export"]

_STREAMS = "STREAM#"
_COUNT = {"pk": "S", "sk": "S", "ver": "N", "new": "S", "ts": "S", "mis": "S", "fresh": "S"}
_LAG_NS = 60 * 10**9
"""How long a line may take from the function to CloudWatch Logs."""


class ExportOptions(NamedTuple):
    """What goes into an export.

    Attributes:
        records: Records too.
        witness: Witness lines too.
        bundles: The published entry bundles too (a second copy of every entry).
        line_lag_ns: Entries younger than this need no line yet.
        clock: Nanoseconds since 1970.
        progress: Told a stage's name and a count.
    """

    records: bool = True
    witness: bool = True
    bundles: bool = True
    line_lag_ns: int = _LAG_NS
    clock: Callable[[], int] = time.time_ns
    progress: Callable[[str, int], None] = lambda _stage, _count: None


def export(source: Source, target: Path, options: ExportOptions | None = None) -> dict[str, Any]:
    """Export a log into a new or empty folder; return the manifest.

    Raises:
        SourceError: The folder is not empty, another export writes to it, or there is no log.
        ServiceError: AWS refused or did not answer.
    """
    target.mkdir(parents=True, exist_ok=True)
    scratch = target / ".export"
    try:
        scratch.mkdir()
    except FileExistsError as error:
        raise SourceError(f"{target} belongs to an export that is not finished", "Name a new folder.") from error
    try:
        if any(path != scratch for path in target.iterdir()):
            raise SourceError(f"{target} is not empty", "Name a new folder.")
        return _Export(source, target, scratch, options or ExportOptions()).run()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Export:
    def __init__(self, source: Source, target: Path, scratch: Path, options: ExportOptions) -> None:
        self._source, self._target, self._scratch, self._options = source, target, scratch, options
        self._counts = Counter[str]()
        self._signed = SignedExport(source, target, self._counts)

    def run(self) -> dict[str, Any]:
        manifest: dict[str, Any] = {"format": FORMAT, "origin": self._source.origin, "source": self._source.describe()}
        head = self._signed.write(self._scratch, self._options.progress, bundles=self._options.bundles)
        manifest["head"] = {**head.numbers, **head.told()} if head else None
        started = self._options.clock()
        if self._options.witness:
            since = self._source.lines_since()
            self._export_sorted("witness", line_rows(self._source.lines()))
            manifest["witness"] = {"since": str(since), "until": str(started - self._options.line_lag_ns)}
        if self._options.records:
            self._market()
        self._lanes()
        if manifest["head"]:
            self._signed.refuse_pruned(int(manifest["head"]["size"]))
        manifest |= {"records": self._options.records, "bundles": self._options.bundles}
        manifest |= {"created": str(self._options.clock()), "counts": dict(self._counts)}
        (self._target / "export.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
        return manifest

    def _market(self) -> None:
        """Write the records, and the newest ones that readers are served apart from them."""
        latest = Spool(self._scratch / "latest")
        self._export_sorted("records", self._records(latest))
        for part in latest.parts():
            write_members(self._path("latest", part), latest.sort_part(part))

    def _records(self, latest: Spool) -> Iterator[tuple[str, bytes, bytes]]:
        for item in self._source.scan("market"):
            if _is_count(item):
                # Where a venue's count stands is worked out of the records again, and served to nobody.
                self._counts["streams"] += 1
                continue
            line = json.dumps({name: encode_value(value) for name, value in item.items()}, ensure_ascii=False).encode()
            try:
                lane, *numbers = record_key(item)
                part = part_of(lane)
            except (KeyError, ValueError):
                part = None
            key = f"{lane}\t{numbers[0]:010d}\t{numbers[1]:06d}\t{numbers[2]:06d}".encode() if part else b""
            name = part.name if part else OTHER
            if item["pk"]["S"].startswith("LATEST#"):
                latest.add(name, key, line)
                self._counts["latest"] += 1
            else:
                yield name, key, line

    def _export_sorted(self, kind: str, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        spool = self._spool(kind, rows)
        for part in spool.parts():
            write_members(self._path(kind, part), spool.sort_part(part))

    def _lanes(self) -> None:
        spool = self._spool("entries", self._entries())
        for part in spool.parts():
            with gzip_file(self._path("lanes", part)) as file:
                lane = None
                for key, line in spool.sort_part(part):
                    name, _, place = key.partition(b"\t")
                    if name != lane and part != OTHER:
                        lane = name
                        file.write(b"#L %b %d\n" % (lane, 0 if place else 1))
                        self._counts["lanes"] += 1
                    if line:
                        file.write(line + b"\n")

    def _spool(self, kind: str, rows: Iterable[tuple[str, bytes, bytes]]) -> Spool:
        spool = Spool(self._scratch / kind)
        for count, (part, key, line) in enumerate(rows, 1):
            spool.add(part, key, line)
            if line:
                self._counts[kind] += 1
            if count % 1_000 == 0:
                self._options.progress(kind, count)
        return spool

    def _entries(self) -> Iterator[tuple[str, bytes, bytes]]:
        for item in self._source.scan("audit"):
            row = audit_row(item)
            if row is not None:
                yield row

    def _path(self, kind: str, part: str) -> Path:
        return self._target / kind / (f"{OTHER}.gz" if part == OTHER else part)


def _is_count(item: dict[str, Any]) -> bool:
    """Return whether an item is where a venue's count stands, and nothing that an index could serve as a record."""
    if not item["pk"]["S"].startswith(_STREAMS) or item["sk"]["S"] != "state":
        return False
    return {name: next(iter(value)) for name, value in item.items()}.items() <= _COUNT.items()
