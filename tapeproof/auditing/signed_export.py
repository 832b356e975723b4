"""What of a log is signed, read before anything else: checkpoints, control leaves, tiles and the sealer's head."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any

from tapeproof.auditing.errors import SourceError
from tapeproof.auditing.index import index_events
from tapeproof.auditing.log_items import UNREADABLE, HeadItem, checkpoint_of, control_of, head_of, request_of
from tapeproof.auditing.members import gzip_file
from tapeproof.auditing.published import copy_tiles, size_of
from tapeproof.log.errors import AuditError
from tapeproof.log.head import with_pages
from tapeproof.log.table import PAGE

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tapeproof.auditing.source import Source

__all__ = ["SignedExport"]

_NEWEST = 64
"""Checkpoints among which the newest that is signed is looked for."""
_TRIES = 5
_MOST_ASKED = 100
"""How often the head is read again, so that a flood of forged leaves costs no request each."""


class SignedExport:
    """What is signed, of a log that goes on while it is read.

    Args:
        source: The stores.
        target: The folder to write to.
        counts: Takes how much was written of each kind.
    """

    def __init__(self, source: Source, target: Path, counts: Counter[str]) -> None:
        self._source, self._target, self._counts = source, target, counts
        self._grown = self._asked = 0

    def write(self, scratch: Path, progress: Callable[[str, int], None], *, bundles: bool) -> HeadItem | None:
        """Write checkpoints, control leaves, keys, tiles and requests; return the sealer's head.

        Args:
            scratch: Where temporary files go.
            progress: Told a stage's name and a count.
            bundles: Whether entry bundles go into the export.
        """
        public, head = self._read_head()
        size = int(head.numbers["size"]) if head else None
        self._controls(size)
        newest = self._checkpoints(size)
        if public is not None:
            (self._target / "checkpoint").write_bytes(public)
        keys = [key for key in [self._source.verifier_key()] if key]
        keys += [key for key in (head.keys if head else []) if key not in keys]
        (self._target / "keys.txt").write_text("".join(f"{key}\n" for key in keys), encoding="utf-8")
        size = size_of(newest or ([public] if public else []), keys)
        self._counts["tiles"] = copy_tiles(self._source.objects, self._target, size, bundles=bundles, progress=progress)
        if bundles:
            self._counts["events"] = index_events(self._target, size, scratch / "events")
        self._requests()
        return head

    def refuse_pruned(self, leaves: int) -> None:
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

    def _read_head(self) -> tuple[bytes | None, HeadItem | None]:
        """Return the published checkpoint and the sealer's head of one moment, as well as that can be had."""
        for _ in range(_TRIES):
            public = self._source.objects.get("checkpoint")
            head = next(filter(None, map(head_of, map(self._whole_head, self._source.query_log("HEAD")))), None)
            is_whole = head is None or head.root != UNREADABLE  # a page of its cursors may just have been replaced
            if is_whole and self._source.objects.get("checkpoint") == public:
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
            return {**item, "cursors": {"B": b""}}  # what it names is not there: nobody can go on from it

    def _requests(self) -> None:
        with gzip_file(self._target / "requests.gz") as file:
            for request in filter(None, map(request_of, self._source.query_log("PRUNE#"))):
                file.write(json.dumps(request).encode() + b"\n")

    def _controls(self, read: int | None) -> None:
        with gzip_file(self._target / "controls.gz") as file:
            for leaf, data in filter(None, map(control_of, self._source.query_log("LEAF#"))):
                if not self._is_younger(leaf + 1, read):
                    file.write(b"%d %b\n" % (leaf, data))
                    self._counts["controls"] += 1

    def _checkpoints(self, read: int | None) -> list[bytes]:
        """Write the stored checkpoints; return the last ones, newest first."""
        newest = deque[bytes](maxlen=_NEWEST)
        with gzip_file(self._target / "checkpoints.gz") as file:
            for size, note in filter(None, map(checkpoint_of, self._source.query_log("0"))):
                if not self._is_younger(size, read):
                    file.write(json.dumps({"sk": f"{size:016d}", "note": note}).encode() + b"\n")
                    self._counts["checkpoints"] += 1
                    newest.appendleft(note.encode())
        return list(newest)
