"""Holding what the parts and the tree said against each other, and naming what does not fit."""

from __future__ import annotations

import json
import re
import time
import zlib
from typing import TYPE_CHECKING

from tapeproof.log.control import heads_root, is_control
from tapeproof.log.errors import AuditError
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import Tree
from tapeproof.verifier.controls import SKEW_NS
from tapeproof.verifier.diagnosis import LaneState, StoredItem, diagnose
from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.folder import lines, part_of
from tapeproof.verifier.history import PUBLISHED
from tapeproof.verifier.lane_times import recent_since
from tapeproof.verifier.parts import bodies_of
from tapeproof.verifier.streams import entry_time, records
from tapeproof.verifier.verbatim import added_attributes, stored_item

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from tapeproof.verifier.authority import Authority
    from tapeproof.verifier.controls import Controls
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder, Part
    from tapeproof.verifier.index import Index, PlacedRun
    from tapeproof.verifier.parts import Waiting
    from tapeproof.verifier.streams import Key

__all__ = ["Judgement", "anchor_in_lines", "format_time"]

_MOST_DIAGNOSED = 500
_SHOWN = 200
_HOUR_NS = 3_600 * 10**9
_LINE_ATTACKS = frozenset({Attack.LINE_MISSING, Attack.LINE_UNMATCHED, Attack.LINE_FORGED})


class Judgement:
    """What is judged when every part and every tile has been looked at.

    Args:
        folder: The export.
        index: Runs, lanes, citations and suspects.
        controls: What the control leaves say.
        authority: The tree under the signed root.
        report: Takes findings.
    """

    def __init__(
        self, folder: ExportFolder, index: Index, controls: Controls, authority: Authority, report: Report
    ) -> None:
        self._folder, self._index, self._controls = folder, index, controls
        self._authority, self._report, self._files = authority, report, Folder(folder.root)

    def leaves(self) -> None:
        """Mark the lanes whose leaves are not the true ones."""
        for leaf in self._authority.find_differing():
            run = self._index.run_at(leaf)
            if run:
                self._index.suspect([run.lane])
            else:
                detail = "the control leaf in the table is not the one in the tree"
                self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=leaf))

    def hours(self) -> None:
        """Hold every CLOSE leaf against the runs it closed."""
        for hour, close in self._controls.closed.items():
            heads = [(lane, entries, self._authority.leaf(last)) for lane, entries, last in self._index.heads(hour)]
            sums = (len(heads), sum(entries for _, entries, _ in heads), heads_root(heads))
            if sums != (close["lanes"], close["entries"], close["heads"]):
                detail = f"the hour {hour} was closed with {close['lanes']} lanes and {close['entries']} entries, "
                detail += f"the log holds {sums[0]} and {sums[1]}"
                self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=close["leaf"]))

    def citations(self) -> None:
        """Hold what lanes say about the lanes before them against where those end."""
        for citation, end in self._index.read_citations():
            if citation.reason == "forked":
                detail = f"the lane {citation.lane} was opened because another writer's entry stood here"
                self._report.add(Finding(Attack.LANE_FORKED, detail, citation.prior, citation.seq + 1))
                continue
            entries = end.entries if end else 0
            allowed = {citation.seq + 1}
            if citation.reason == "unknown" and end and end.last.hex() == citation.next:
                allowed.add(citation.seq + 2)
            if entries in allowed and (entries != citation.seq + 1 or not end or end.last.hex() == citation.hash):
                continue
            if entries == 0 and citation.seq < 0:
                continue
            self._cited_wrong(citation.prior, citation.seq, entries, citation.lane)
        for lane, seq, first_lane, first_seq in self._index.unmet():
            part = part_of(first_lane)
            if part and part.hour in self._controls.pruned:
                continue
            first = f"{first_lane} {first_seq}"
            detail = f"it is a duplicate or conflict of {first}, which is not there"
            self._report.add(Finding(Attack.ENTRY_DELETED, detail, lane, seq, subject=first))

    def _cited_wrong(self, prior: str, seq: int, entries: int, by: str) -> None:
        part = part_of(prior)
        if part and part.hour in self._controls.pruned:
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
            found = self._items(part, {*lanes})
            for lane in lanes:
                self._diagnose(part, lane, *found.get(lane, ([], False)))
            number += len(lanes)
            progress("diagnosis", number, len(suspects))

    def _diagnose(self, part: Part, lane: str, items: list[StoredItem], listed: bool) -> None:
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
            for finding in diagnose(state):
                self._report.add(finding)

    def _items(self, part: Part, lanes: set[str]) -> dict[str, tuple[list[StoredItem], bool]]:
        """Return the items of some lanes of a part, and whether each is listed, in one pass over its file."""
        found: dict[str, tuple[list[StoredItem], bool]] = {}
        items: list[StoredItem] | None = None
        for line in lines(self._folder.path("lanes", part)):
            if line.startswith(b"#L "):
                lane = line.split(b" ")[1].decode(errors="replace")
                items, listed = found.get(lane, ([], False))
                if lane in lanes:
                    found[lane] = items, listed or line.endswith(b" 1")
                else:
                    items = None
            elif items is not None:
                items.append(_parse_stored(line))
        return found

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

    def seals(self) -> None:
        """Hold every SEAL leaf against a stored checkpoint: each was signed and kept when it was made."""
        kept = {size for size, _, where, _ in self._index.checkpoints() if where != PUBLISHED}
        for leaf in self._controls.seals:
            if leaf + 1 not in kept and leaf + 1 < self._report.size:
                detail = f"the log was signed at {leaf + 1} leaves, no such checkpoint is stored"
                self._report.add(Finding(Attack.CHECKPOINT_MISSING, detail, leaf=leaf))

    def head(self) -> None:
        """Hold the sealer's head against the tree and against the state that the newest SEAL leaf commits to."""
        head = self._folder.head
        if not head or not self._folder.head_root or not 0 < head[0] <= self._report.size:
            return
        if self._authority.root(head[0]).hex() != self._folder.head_root:
            detail = f"the sealer's head has another tree of {head[0]} leaves than the log"
            self._report.add(Finding(Attack.HEAD_FORGED, detail, subject="root"))
        state = self._controls.state
        if head[0] == self._report.size and state and state != self._folder.head_state:
            detail = "the sealer's head goes on from other hours and lanes than the newest SEAL leaf says"
            self._report.add(Finding(Attack.HEAD_FORGED, detail, subject="state"))

    def requests(self) -> None:
        """Hold the answered requests to prune against their leaves, and these against the hours they end."""
        for request in self._folder.requests():
            epoch, leaf = str(request["epoch"]), request["leaf"]
            answer = self._controls.pruned.get(epoch)
            said = {name: request[name] for name in ("epoch", "entries", "export", "by")}
            if answer and answer["leaf"] <= leaf and {name: answer[name] for name in said} != said:
                detail = f"the request to prune {epoch} is not the one that leaf {answer['leaf']} answers"
                self._report.add(Finding(Attack.REQUEST_FORGED, detail, leaf=answer["leaf"], subject=epoch))
            elif leaf != -1 and leaf < self._report.size and not answer:
                detail = f"the request to prune {epoch} says that leaf {leaf} answers it, which it does not"
                self._report.add(Finding(Attack.REQUEST_FORGED, detail, leaf=leaf, subject=epoch))
        for epoch, prune in self._controls.pruned.items():
            close = self._controls.closed.get(epoch)
            if close is None or close["leaf"] > prune["leaf"] or close["entries"] != prune["entries"]:
                had = f"{close['entries']} entries" if close else "never been closed"
                detail = f"{prune['entries']} entries of the hour {epoch} were to be pruned, it had {had}"
                self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=prune["leaf"], subject=epoch))

    def latest(self, waiting: list[Waiting]) -> None:
        """Hold newest records that cite a duplicate against the records that were there before."""
        wanted: dict[Part, dict[Key, list[Waiting]]] = {}
        for one in waiting:
            part = part_of(one.first[0])
            if part:
                wanted.setdefault(part, {}).setdefault(one.first, []).append(one)
        for part, keys in wanted.items():
            if part.hour in self._controls.pruned:
                continue
            bodies = _bodies(self._folder.path("records", part), keys)
            for key, ones in keys.items():
                for one in ones:
                    if one.body not in bodies.get(key, ()):
                        detail = f"{one.subject}: its body is not that of the record that its entry met"
                        self._report.add(Finding(Attack.LATEST_FORGED, detail, *one.key, subject=one.subject))

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

    def freshness(self, max_age_seconds: int) -> None:
        """Report a newest checkpoint that is too old, or from the future."""
        if self._controls.sealed_at > self._report.as_of + SKEW_NS:
            detail = "the newest checkpoint was sealed after the time of this verification"
            self._report.add(Finding(Attack.FUTURE_TIME, detail, leaf=self._report.size - 1))
        age = (self._report.as_of - self._controls.sealed_at) / 10**9
        if age > max_age_seconds:
            limit, when = max_age_seconds, format_time(self._controls.sealed_at)
            detail = f"the newest checkpoint is of {when}, {age:.0f} s old; {limit} s are allowed"
            self._report.add(Finding(Attack.STALE, detail))


def _parse_stored(line: bytes) -> StoredItem:
    item = stored_item(line) if line.startswith(b"!") else None
    if item:
        return StoredItem(item[1], item[2], item[3], added_attributes(line))
    match = re.search(rb'"_seq":(\d{1,10}),', line)
    found = StoredItem(f"{int(match[1]) if match else 0:010d}", line, b"")
    return found._replace(digest=found.hash)


def _bodies(path: Path, keys: Collection[Key]) -> dict[Key, set[bytes]]:
    """Return the hashes of the bodies that the records of some entries have."""
    found: dict[Key, set[bytes]] = {}
    for key, items in records(path, zlib.decompressobj):
        if key in keys:
            found[key] = bodies_of(items)
    return found


def format_time(nanoseconds: int) -> str:
    """Return a time as people read it, in UTC; one outside the calendar as its number."""
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(nanoseconds // 10**9))
    except (OSError, OverflowError, ValueError):
        return f"{nanoseconds} ns since 1970"


def _place(line: bytes) -> str:
    """Return the keys of an item of an export, or the beginning of what cannot be read."""
    try:
        item = json.loads(line.removeprefix(b"!"))
        keys = [one["S"] if isinstance(one, dict) else one for one in (item["pk"], item["sk"])]
        return " / ".join(str(one)[:200] for one in keys)
    except (ValueError, KeyError, TypeError, RecursionError):
        return line[:120].decode(errors="replace")


def anchor_in_lines(report: Report, since: int, until: int) -> None:
    """Count complete witness lines as an anchor: they are kept by another service, under other permissions.

    Args:
        report: Takes the anchor.
        since: First time that lines cover, nanoseconds since 1970.
        until: Last time. Lines that end long before the newest checkpoint say nothing of what it was made of.
    """
    count = report.counts.get("witness lines", 0)
    complete = since < until and report.checkpoint_time - until < _HOUR_NS
    if count and complete and not any(one.attack in _LINE_ATTACKS for one in report.findings):
        report.anchors.append(f"CloudWatch Logs, {count} witness lines, kept under permissions of their own")
