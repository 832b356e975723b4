"""What lanes, entries and newest records say of each other, and what in the stores nothing speaks of."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.folder import part_of
from tapeproof.verifier.parts import bodies_of
from tapeproof.verifier.streams import records

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tapeproof.verifier.controls import Controls
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder, Part
    from tapeproof.verifier.index import Citation, Index, LaneEnd
    from tapeproof.verifier.parts import Waiting
    from tapeproof.verifier.streams import Key

__all__ = ["References"]


class References:
    """What refers to what in an export.

    Args:
        folder: The export.
        index: Lanes, citations and suspects.
        controls: What the control leaves say.
        report: Takes findings.
        copies: Whether the published copies of pruned entries are there.
    """

    def __init__(self, folder: ExportFolder, index: Index, controls: Controls, report: Report, *, copies: bool) -> None:
        self._folder, self._index, self._report = folder, index, report
        self._unknown = set() if copies else {*controls.pruned}

    def latest(self, waiting: list[Waiting]) -> None:
        """Hold newest records that cite a duplicate against the records that were there before."""
        wanted: dict[Part, dict[Key, list[Waiting]]] = {}
        for one in waiting:
            part = part_of(one.first[0])
            if part:
                wanted.setdefault(part, {}).setdefault(one.first, []).append(one)
        for part, keys in wanted.items():
            bodies = _bodies(self._folder.path("records", part), keys)
            for key, ones in keys.items():
                for one in ones:
                    if one.body not in bodies.get(key, ()):
                        detail = f"{one.subject}: its body is not that of the record that its entry met"
                        self._report.add(Finding(Attack.LATEST_FORGED, detail, *one.key, subject=one.subject))

    def citations(self) -> None:
        """Hold what lanes say about the lanes before them, and entries about earlier ones, against what is there."""
        for citation, end in self._index.read_citations():
            self._check_citation(citation, end)
        for lane, seq, first_lane, first_seq in self._index.unmet():
            part = part_of(first_lane)
            if part and part.hour in self._unknown:
                continue
            first = f"{first_lane} {first_seq}"
            detail = f"it is a duplicate or conflict of {first}, which is not there"
            self._report.add(Finding(Attack.ENTRY_DELETED, detail, lane, seq, subject=first))

    def _check_citation(self, citation: Citation, end: LaneEnd | None) -> None:
        if citation.reason == "forked":
            detail = f"the lane {citation.lane} was opened because another writer's entry stood here"
            self._report.add(Finding(Attack.LANE_FORKED, detail, citation.prior, citation.seq + 1))
            return
        entries = end.entries if end else 0
        allowed = {citation.seq + 1}
        if citation.reason == "unknown" and end and end.last.hex() == citation.next:
            allowed.add(citation.seq + 2)
        if entries in allowed and (entries != citation.seq + 1 or not end or end.last.hex() == citation.hash):
            return
        if entries == 0 and citation.seq < 0:
            return
        self._cited_wrong(citation.prior, citation.seq, entries, citation.lane)

    def _cited_wrong(self, prior: str, seq: int, entries: int, by: str) -> None:
        part = part_of(prior)
        if part and part.hour in self._unknown:
            return
        if self._index.is_suspect(prior):
            return
        attack = Attack.LANE_TRUNCATED if entries <= seq else Attack.ENTRY_INSERTED
        detail = f"the lane {by} says that it ended with entry {seq}; the table has {entries} entries"
        self._report.add(Finding(attack, detail, prior, min(entries, seq + 1)))

    def others(self) -> None:
        """Report items and lines that belong nowhere."""
        for kind, attack in (
            ("lanes", Attack.ALIEN_ITEM),
            ("records", Attack.RECORD_INSERTED),
            ("latest", Attack.LATEST_FORGED),
        ):
            for line in self._folder.other(kind):
                where = _place(line)
                self._report.add(Finding(attack, f"belongs to no lane: {where}", subject=where))
        for line in self._folder.other("witness"):
            text = line[:120].decode(errors="replace")
            self._report.add(Finding(Attack.LINE_FORGED, f"not a line that the writer makes: {text}", subject=text))


def _bodies(path: Path, keys: Collection[Key]) -> dict[Key, set[bytes]]:
    """Return the hashes of the bodies that the records of some entries have."""
    found: dict[Key, set[bytes]] = {}
    for key, items in records(path, zlib.decompressobj):
        if key in keys:
            found[key] = bodies_of(items)
    return found


def _place(line: bytes) -> str:
    """Return the keys of an item of an export, or the beginning of what cannot be read."""
    try:
        item = json.loads(line.removeprefix(b"!"))
        keys = [one["S"] if isinstance(one, dict) else one for one in (item["pk"], item["sk"])]
        return " / ".join(str(one)[:200] for one in keys)
    except (ValueError, KeyError, TypeError, RecursionError):
        return line[:120].decode(errors="replace")
