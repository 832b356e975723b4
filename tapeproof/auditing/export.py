"""Making an export: the stores as they are, sorted so that everything that belongs together lies together.

The order of reading makes a moving log comparable: first what is signed, then lines, then records, last entries.
Whatever is signed, logged or recorded has its entry by then, so a missing one is missing.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.index import index_events
from tapeproof.auditing.log_items import (
    PARTITION,
    HeadItem,
    checkpoint_of,
    control_of,
    head_of,
    is_log_item,
    request_of,
)
from tapeproof.auditing.members import gzip_file, write_members
from tapeproof.auditing.published import copy_tiles, size_of
from tapeproof.auditing.spool import Spool
from tapeproof.log.entry import entry_hash
from tapeproof.log.errors import AuditError
from tapeproof.log.head import with_pages
from tapeproof.log.table import PAGE
from tapeproof.verifier.folder import FORMAT, OTHER, part_of
from tapeproof.verifier.streams import parse_line, record_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tapeproof.auditing.source import Source

__all__ = ["ExportOptions", "export"]

_HEAD = re.compile(rb'\{"_lane":"([^"\\]*)","_prev":"[0-9a-f]{64}","_seq":(0|[1-9]\d{0,9}),')
_ENTRY_NAMES = frozenset({"pk", "sk", "b", "h"})
_NEWEST = 64
"""Checkpoints among which the newest that is signed is looked for."""
_TRIES = 5
_MOST_ASKED = 100
"""How often the head is read again, so that a flood of forged leaves costs no request each."""
_STREAMS = "STREAM#"
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
        self._counts: dict[str, int] = {}
        self._grown = self._asked = 0

    def run(self) -> dict[str, Any]:
        manifest: dict[str, Any] = {"format": FORMAT, "origin": self._source.origin, "source": self._source.describe()}
        manifest |= self._export_signatures()
        started = self._options.clock()
        if self._options.witness:
            since = self._source.lines_since()
            self._export_sorted("witness", self._lines())
            manifest["witness"] = {"since": str(since), "until": str(started - self._options.line_lag_ns)}
        if self._options.records:
            self._market()
        self._lanes()
        if manifest["head"]:
            self._refuse_pruned(int(manifest["head"]["size"]))
        manifest |= {"records": self._options.records, "bundles": self._options.bundles}
        manifest |= {"created": str(self._options.clock()), "counts": self._counts}
        (self._target / "export.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
        return manifest

    def _export_signatures(self) -> dict[str, Any]:
        public, head = self._read_head()
        size = int(head.numbers["size"]) if head else None
        self._controls(size)
        newest = self._checkpoints(size)
        if public is not None:
            (self._target / "checkpoint").write_bytes(public)
        keys = [key for key in [self._source.verifier_key()] if key]
        keys += [key for key in (head.keys if head else []) if key not in keys]
        (self._target / "keys.txt").write_text("".join(f"{key}\n" for key in keys), encoding="utf-8")
        size, bundles = size_of(newest or ([public] if public else []), keys), self._options.bundles
        self._counts["tiles"] = copy_tiles(
            self._source.objects, self._target, size, bundles=bundles, progress=self._options.progress
        )
        if bundles:
            self._counts["events"] = index_events(self._target, size, self._scratch / "events")
        self._requests()
        return {"head": {**head.numbers, "root": head.root, "state": head.state} if head else None}

    def _read_head(self) -> tuple[bytes | None, HeadItem | None]:
        """Return the published checkpoint and the sealer's head of one moment, as well as that can be had."""
        for _ in range(_TRIES):
            public = self._source.objects.get("checkpoint")
            head = next(filter(None, map(head_of, map(self._whole_head, self._source.query_log("HEAD")))), None)
            if self._source.objects.get("checkpoint") == public:
                break
        return public, head

    def _is_younger(self, size: int, read: int | None) -> bool:
        """Return whether the log has grown to a size since its head was read: that belongs to the next export.

        What reaches beyond the head of now, too, is no sealer's, and is exported for the verifier to name.
        """
        if read is None or size <= read:
            return False
        if size > self._grown and self._asked < _MOST_ASKED:
            head = next(filter(None, map(head_of, self._source.query_log("HEAD"))), None)
            self._grown, self._asked = int(head.numbers["size"]) if head else 0, self._asked + 1
        return size <= self._grown

    def _whole_head(self, item: dict[str, Any]) -> Mapping[str, Any]:
        def page(name: str) -> bytes | None:
            found = self._source.query_log(f"{PAGE}{name}") if re.fullmatch("[0-9a-f]{64}", name) else ()
            return next((bytes(one.get("b", {}).get("B", b"")) for one in found), None)

        try:
            return with_pages(item, page)
        except (AuditError, AttributeError):
            return item

    def _requests(self) -> None:
        with gzip_file(self._target / "requests.gz") as file:
            for request in filter(None, map(request_of, self._source.query_log("PRUNE#"))):
                file.write(json.dumps(request).encode() + b"\n")

    def _controls(self, read: int | None) -> None:
        with gzip_file(self._target / "controls.gz") as file:
            for leaf, data in filter(None, map(control_of, self._source.query_log("LEAF#"))):
                if not self._is_younger(leaf + 1, read):
                    file.write(b"%d %b\n" % (leaf, data))
                    self._count("controls")

    def _checkpoints(self, read: int | None) -> list[bytes]:
        """Write the stored checkpoints; return the last ones, newest first."""
        newest = deque[bytes](maxlen=_NEWEST)
        with gzip_file(self._target / "checkpoints.gz") as file:
            for size, note in filter(None, map(checkpoint_of, self._source.query_log("0"))):
                if not self._is_younger(size, read):
                    file.write(json.dumps({"sk": f"{size:016d}", "note": note}).encode() + b"\n")
                    self._count("checkpoints")
                    newest.appendleft(note.encode())
        return list(newest)

    def _refuse_pruned(self, leaves: int) -> None:
        """Raise when an hour was pruned while it was read: its entries may be gone, and no leaf here says so.

        Raises:
            SourceError: That happened.
        """
        for request in filter(None, map(request_of, self._source.query_log("PRUNE#"))):
            leaf = request["leaf"]
            if leaf >= leaves and self._is_younger(leaf + 1, leaves):
                raise SourceError(
                    f"the hour {request['epoch']} was pruned while the export was made", "Make the export again."
                )

    def _lines(self) -> Iterator[tuple[str, bytes, bytes]]:
        for line in self._source.lines():
            text = line.text.encode(errors="replace")
            parsed = parse_line(text, line.ingested)
            part = part_of(parsed.lane) if parsed else None
            if parsed is None or part is None:
                yield OTHER, b"", text.replace(b"\n", b" ")
            else:
                key = f"{parsed.lane}\t{parsed.seq:010d}\t{line.ingested:013d}".encode()
                yield part.name, key, b"%d %b" % (line.ingested, text)

    def _market(self) -> None:
        """Write the records, and the newest ones that readers are served apart from them."""
        latest = Spool(self._scratch / "latest")
        self._export_sorted("records", self._records(latest))
        for part in latest.parts():
            write_members(self._path("latest", part), latest.sort_part(part))

    def _records(self, latest: Spool) -> Iterator[tuple[str, bytes, bytes]]:
        for item in self._source.scan("market"):
            if item["pk"]["S"].startswith(_STREAMS) and item["sk"]["S"] == "state":
                # Where a venue's count stands is worked out of the records again, and served to nobody.
                self._count("streams")
                continue
            line = json.dumps({name: _plain(value) for name, value in item.items()}, ensure_ascii=False).encode()
            try:
                lane, *numbers = record_key(item)
                part = part_of(lane)
            except (KeyError, ValueError):
                part = None
            key = f"{lane}\t{numbers[0]:010d}\t{numbers[1]:06d}\t{numbers[2]:06d}".encode() if part else b""
            name = part.name if part else OTHER
            if item["pk"]["S"].startswith("LATEST#"):
                latest.add(name, key, line)
                self._count("latest")
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
                        self._count("lanes")
                    if line:
                        file.write(line + b"\n")

    def _spool(self, kind: str, rows: Iterable[tuple[str, bytes, bytes]]) -> Spool:
        spool = Spool(self._scratch / kind)
        for count, (part, key, line) in enumerate(rows, 1):
            spool.add(part, key, line)
            if line:
                self._count(kind)
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

    def _count(self, name: str) -> None:
        self._counts[name] = self._counts.get(name, 0) + 1


def audit_row(item: dict[str, Any]) -> tuple[str, bytes, bytes] | None:
    """Return part, sort key and line of an audit item; None for the log's own items, which are exported elsewhere."""
    pk, sk = item["pk"]["S"], item["sk"]["S"]
    if pk == PARTITION:
        return None if is_log_item(item) else (OTHER, b"", _verbatim(item))
    if pk.startswith("E#"):
        part = part_of(sk)
        listed = part is not None and pk == f"E#{part.hour}#{part.shard}" and item.keys() == {"pk", "sk"}
        return (part.name, f"{sk}\t".encode(), b"") if part and listed else (OTHER, b"", _verbatim(item))
    lane = pk.removeprefix("L#")
    part = part_of(lane) if pk.startswith("L#") else None
    if part is None:
        return OTHER, b"", _verbatim(item)
    data, digest = item.get("b", {}).get("B", b""), item.get("h", {}).get("B", b"")
    head = _HEAD.match(data)
    sound = head is not None and head[1] == lane.encode() and f"{int(head[2]):010d}" == sk
    exact = sound and bytes(digest) == entry_hash(bytes(data)) and b"\n" not in data and b"\x1f" not in data
    line = bytes(data) if exact and not item.keys() - _ENTRY_NAMES else _verbatim(item)
    return part.name, f"{lane}\t".encode() + sk.encode("unicode_escape"), line


def _verbatim(item: dict[str, Any]) -> bytes:
    data, digest = item.get("b", {}).get("B", b""), item.get("h", {}).get("B", b"")
    shown: dict[str, Any] = {"pk": item["pk"]["S"], "sk": item["sk"]["S"]}
    shown |= {"b": bytes(data).hex(), "h": bytes(digest).hex()}
    more = sorted(item.keys() - _ENTRY_NAMES)
    return b"!" + json.dumps({**shown, "more": more} if more else shown).encode()


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    ((kind, content),) = value.items()
    if kind == "B":
        return {"B": base64.b64encode(bytes(content)).decode()}
    if kind == "BS":
        return {"BS": [base64.b64encode(bytes(one)).decode() for one in content]}
    if kind == "M":
        return {"M": {name: _plain(one) for name, one in content.items()}}
    if kind == "L":
        return {"L": [_plain(one) for one in content]}
    return value
