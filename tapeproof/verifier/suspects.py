"""The lanes that do not fit: read again, diagnosed, and what was said of their entries explained by it or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.log.control import is_control
from tapeproof.log.errors import AuditError
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import Tree
from tapeproof.verifier.diagnosis import LaneState, StoredItem, diagnose
from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.folder import lines, part_of
from tapeproof.verifier.lane_times import recent_since
from tapeproof.verifier.streams import entry_time
from tapeproof.verifier.verbatim import added_attributes, stored_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.verifier.authority import Authority
    from tapeproof.verifier.controls import Controls
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder, Part
    from tapeproof.verifier.index import Index, PlacedRun

__all__ = ["Suspects"]

_MOST_DIAGNOSED = 500
_SHOWN = 200
_PRUNING = frozenset({Attack.ENTRY_DELETED, Attack.LANE_TRUNCATED, Attack.LANE_DELETED, Attack.LISTING_DELETED})
"""What it looks like when an hour is pruned just now, or somebody stopped in the middle of it."""


class Suspects:
    """The lanes that do not fit.

    Args:
        folder: The export.
        index: Runs and suspects.
        controls: What the control leaves say.
        authority: The tree under the signed root.
        report: Takes findings.
    """

    def __init__(
        self, folder: ExportFolder, index: Index, controls: Controls, authority: Authority, report: Report
    ) -> None:
        self._folder, self._index, self._controls = folder, index, controls
        self._authority, self._report, self._files = authority, report, Folder(folder.root)

    def lanes(self, progress: Callable[[str, int, int], None]) -> None:
        """Diagnose the lanes that do not fit."""
        suspects = self._index.suspects()
        unseen = len(suspects) - _MOST_DIAGNOSED
        if unseen > 0:
            self._report.suppressed += unseen
            self._report.notes.append(f"{unseen} more lanes do not fit and were not looked at closely.")
            if not self._report.findings:
                detail = f"{len(suspects)} lanes do not fit the log"
                self._report.add(Finding(Attack.CHAIN_BROKEN, detail, suspects[-1]))
        wanted: dict[Part, list[str]] = {}
        for lane in suspects[:_MOST_DIAGNOSED]:
            part = part_of(lane)
            if part:
                wanted.setdefault(part, []).append(lane)
        number = 0
        for part, lanes in sorted(wanted.items()):
            missing = {*lanes}
            for lane, items, listed in self._items(part, {*lanes}):
                missing.discard(lane)
                self._diagnose(part, lane, items, listed=listed)
            for lane in sorted(missing):
                self._diagnose(part, lane, [], listed=False)
            number += len(lanes)
            progress("diagnosis", number, len(suspects))

    def _diagnose(self, part: Part, lane: str, items: list[StoredItem], *, listed: bool) -> None:
        if items or part.hour not in self._controls.pruned:
            runs = self._index.runs_of_lane(lane)
            state = LaneState(
                name=lane,
                origin=self._folder.origin,
                items=items,
                listed=listed,
                sealed=[self._authority.leaf(run.leaf + at) for run in runs for at in range(run.length)],
                closed=part.hour in self._controls.closed,
                young=bool(items) and entry_time(items[0].data) >= recent_since(self._controls.sealed_at),
                broken=lane in self._controls.broken,
                original=self._originals(runs),
            )
            announced = part.hour in self._controls.pruned
            for finding in diagnose(state):
                if not (announced and finding.attack in _PRUNING):
                    self._report.add(finding)

    def _items(self, part: Part, lanes: set[str]) -> Iterator[tuple[str, list[StoredItem], bool]]:
        """Yield some lanes of a part with their items, and whether each is listed, in one pass and one at a time."""
        current, items, listed = "", list[StoredItem](), False
        for line in lines(self._folder.path("lanes", part)):
            if line.startswith(b"#L "):
                lane = line.split(b" ")[1].decode(errors="replace")
                if lane != current:
                    if current in lanes:
                        yield current, items, listed
                    current, items, listed = lane, [], False
                listed = listed or line.endswith(b" 1")
            elif current in lanes:
                items.append(_parse_stored(line))
        if current in lanes:
            yield current, items, listed

    def _originals(self, runs: list[PlacedRun]) -> Callable[[int], bytes | None]:
        tree = Tree(self._files.get, self._report.size)

        def original(seq: int) -> bytes | None:
            for run in runs:
                if run.first <= seq < run.first + run.length:
                    leaf = run.leaf + seq - run.first
                    try:
                        data = tree.entry(leaf)
                    except (AuditError, IndexError):
                        return None
                    return None if is_control(data) else data
            return None

        return original

    def loose(self, findings: list[Finding]) -> None:
        """Report what records and lines said, unless a diagnosed entry explains it."""
        named = {(one.lane, one.seq) for one in self._report.findings}
        suspects = set(self._index.suspects())
        for finding in findings:
            if finding.attack is Attack.ENTRY_EDITED and (finding.lane, finding.seq) in named:
                continue
            if finding.attack is Attack.ENTRY_MALFORMED and finding.lane in suspects:
                continue
            explained = finding.lane in suspects and self._find_committed_hash(finding) in finding.digests
            if explained and any(lane == finding.lane for lane, _ in named):
                continue
            self._report.add(finding)

    def judge_stopped_lanes(self) -> None:
        """Name the lanes that the log itself says are broken, even where nothing is left to be seen of it."""
        named = {(one.lane, one.seq) for one in self._report.findings}
        for lane, seq, why, digest in self._controls.stopped:
            if (lane, seq) not in named:
                detail = f"the sealer took nothing from here on: the {why} of the item with the hash {digest} is wrong"
                self._report.add(Finding(Attack.CHAIN_BROKEN, detail, lane[:_SHOWN], seq, subject=why))

    def _find_committed_hash(self, finding: Finding) -> str:
        for run in self._index.runs_of_lane(finding.lane):
            if run.first <= finding.seq < run.first + run.length:
                return self._authority.leaf(run.leaf + finding.seq - run.first).hex()
        return ""


def _parse_stored(line: bytes) -> StoredItem:
    item = stored_item(line) if line.startswith(b"!") else None
    if item:
        return StoredItem(item[1], item[2], item[3], added_attributes(line))
    match = re.search(rb'"_seq":(\d{1,10}),', line)
    found = StoredItem(f"{int(match[1]) if match else 0:010d}", line, b"")
    return found._replace(digest=found.hash)
