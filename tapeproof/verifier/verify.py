"""The whole verification of an export, in stages that engines can spread over cores or machines.

1. checkpoints are read, signatures checked;
2. control leaves say which runs of which lanes the log holds;
3. every part's lanes are hashed and chained, records and lines matched (parallel);
4. recomputed leaf hashes are compared with published tiles, and the tree is built (parallel);
5. every checkpoint and pin must be a state of that tree; hours, citations and duplicates must add up;
6. lanes that do not fit are diagnosed.
"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree
from tapeproof.verifier.authority import Authority
from tapeproof.verifier.commitments import check_head, read_commitments, report_wiped
from tapeproof.verifier.controls import SKEW_NS, Controls, walk_controls
from tapeproof.verifier.coverage import Coverage
from tapeproof.verifier.engine import Serial
from tapeproof.verifier.events import EVENTS, EventIndex
from tapeproof.verifier.findings import Attack, Finding, Report, UnusableError
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.history import (
    History,
    Stored,
    check_pins,
    check_states,
    refuse_other_pins,
)
from tapeproof.verifier.index import Index
from tapeproof.verifier.judgement import Judgement, anchor_in_lines, format_time
from tapeproof.verifier.leaves import LeafFile, TileCheck, TileTask, leaf_room
from tapeproof.verifier.options import Options
from tapeproof.verifier.sealer_head import HeadCheck
from tapeproof.verifier.signatures import likely_keys, signature_tasks
from tapeproof.verifier.trust import Trust
from tapeproof.verifier.witnesses import Witnesses, check_cosignatures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.verifier.engine import Engine
    from tapeproof.verifier.parts import Waiting

__all__ = ["Options", "verify_export"]

_TILES_PER_TASK = 64


def verify_export(root: Path, options: Options, engine: Engine | None = None, scratch: Path | None = None) -> Report:
    """Verify an exported folder.

    Args:
        root: The folder.
        options: What to hold it against.
        engine: What runs the parallel stages; by default this process.
        scratch: Where temporary files go (32 bytes per entry, and an index).

    Raises:
        UnusableError: The folder cannot be verified at all.
        OSError: A temporary file cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="tapeproof-verify-", dir=scratch) as place:
        try:
            return _Verification(ExportFolder(root), options, engine or Serial(), Path(place)).run()
        except sqlite3.Error as error:
            raise OSError(errno.EIO, f"the index in {place} cannot be written: {error}") from error


def _now() -> int:
    return time.time_ns()


class _Verification:
    def __init__(self, folder: ExportFolder, options: Options, engine: Engine, scratch: Path) -> None:
        self._folder, self._options, self._engine, self._scratch = folder, options, engine, scratch
        self._files = Folder(folder.root)
        self._report = Report(origin=folder.origin, as_of=_now() if options.as_of is None else options.as_of)
        self._leaves_path = scratch / "leaves"
        self._leaves = LeafFile(self._leaves_path)
        self._index = Index(scratch / "index.sqlite")
        self._bundles = bool(folder.manifest.get("bundles")) or (folder.root / "tile" / "entries").is_dir()
        self._loose: list[Finding] = []
        self._waiting: list[Waiting] = []
        self._trust = Trust(folder, options, self._report)
        self._newest: list[Stored] = []

    def run(self) -> Report:
        report = self._report
        try:
            public = self._files.get("checkpoint")
            self._refuse_window()
            refuse_other_pins(self._options.pins, self._folder.origin)
            history = read_commitments(self._folder, public, self._options.pins, self._index, report)
            if not self._folder.parts("lanes") and not (self._folder.root / "tile").is_dir():
                report_wiped(history, report)
                return report
            self._newest = self._trust.find_credible(history)
            if not self._newest:
                return report
            newest = self._newest[0].checkpoint
            check_head(self._folder.head, newest.size, public, history, report)
            report.size, report.root = newest.size, newest.root.hex()
            self._compare(history, newest.size)
        finally:
            self._leaves.close()
            self._index.close()
        report.findings.sort(key=lambda one: (one.gap, list(Attack).index(one.attack), one.lane, one.seq))
        return report

    def _refuse_window(self) -> None:
        """Raise when no entry would need a line: nothing that is missing would be missed."""
        since = self._options.lines_since
        if since is not None and since > self._report.as_of:
            judged = format_time(self._report.as_of)
            raise UnusableError(
                f"lines are wanted of entries from {format_time(since)} on, the log is judged at {judged}",
                "Name the time from which CloudWatch Logs still keeps lines (--lines-since), or leave it out.",
            )

    def _compare(self, history: History, size: int) -> None:
        keys = likely_keys(self._trust.known_keys())
        signed = self._engine.signatures(signature_tasks(history, keys))
        controls = self._controls(size)
        keyring = self._trust.build_keyring(controls)
        self._parts(controls)
        for finding in keyring.findings(history, keys, chain.from_iterable(signed)):
            self._report.add(finding)
        authority = self._tree(size)
        try:
            self._judge(history, controls, authority)
            current = self._trust.claimed[:1]
            HeadCheck(self._folder, controls, keyring.accepted, current, self._report).run(authority)
        finally:
            authority.close()

    def _controls(self, size: int) -> Controls:
        beyond = 0
        for leaf, data in self._folder.controls():
            if leaf < size:
                self._index.add_control(leaf, data)
            elif self._folder.head and leaf >= max(size, self._folder.head[0]):
                detail = "a control leaf is stored that is beyond all that the log has committed to"
                self._report.add(Finding(Attack.CONTROL_DAMAGED, detail, leaf=leaf))
            elif b'"act":"SEAL"' in data:
                beyond += 1
        if beyond > 1:
            detail = f"{beyond} SEAL leaves follow the newest checkpoint; at most one can be unfinished"
            self._report.add(Finding(Attack.CHECKPOINTS_DELETED, detail, subject="SEAL leaves"))
        tree = Tree(self._files.get, size)
        controls = walk_controls(self._index, tree, self._folder.origin, self._leaves, self._report)
        self._report.checkpoint_time = controls.sealed_at
        counts = self._report.counts
        counts["hours closed"], counts["hours pruned"] = len(controls.closed), len(controls.pruned)
        counts["seals"], counts["key rotations"] = len(controls.seals), len(controls.rotations)
        return controls

    def _parts(self, controls: Controls) -> None:
        kinds = ("lanes", "records", "latest", "witness")
        found = {*self._index.parts(), *(part for kind in kinds for part in self._folder.parts(kind))}
        parts = sorted(found, key=lambda part: (-self._folder.size("lanes", part), part))  # the longest work first
        coverage = Coverage(self._folder, self._options, controls, self._report, bundles=self._bundles)
        tasks = (coverage.plan_part(part, self._index.runs(part), self._leaves_path) for part in parts)
        for done, report in enumerate(self._engine.parts(tasks), 1):
            self._index.add_lanes(report.ends, report.citations, report.met)
            self._index.suspect(report.suspects)
            self._loose.extend(report.findings)
            self._waiting.extend(report.waiting)
            self._report.suppressed += report.quota.refused
            for name, count in report.counts.items():
                self._report.counts[name] = self._report.counts.get(name, 0) + count
            self._options.progress("lanes", done, len(parts))

    def _tree(self, size: int) -> Authority:
        root, tiles, bundled = self._folder.root, -(-size // TILE_WIDTH), self._bundles
        # Of entries that are not there no index can be wrong, nor of a size that is only claimed.
        indexed = (root / EVENTS).exists() and (root / "tile" / "entries").is_dir() and size <= leaf_room(root)
        tasks = [
            TileTask(root, self._leaves_path, size, first, min(_TILES_PER_TASK, tiles - first), bundled, indexed)
            for first in range(0, tiles, _TILES_PER_TASK)
        ]
        events = EventIndex(self._scratch / "events")

        def checks() -> Iterator[TileCheck]:
            for done, check in enumerate(self._engine.tiles(tasks), 1):
                self._options.progress("tree", done, len(tasks))
                events.add(check.events)
                yield check

        authority = Authority(root, self._scratch, size, checks(), bundles=bundled)
        if indexed and not events.is_same(root / EVENTS):
            detail = f"{EVENTS} is not the index of the published entries"
            self._report.add(Finding(Attack.INDEX_DAMAGED, detail, subject=EVENTS))
        return authority

    def _judge(self, history: History, controls: Controls, authority: Authority) -> None:
        newest = next((one for one in self._newest if authority.settle(one.checkpoint.root)), None)
        if newest is None:
            newest = self._newest[0]
            detail = f"no leaves in the store lead to the root signed for {newest.checkpoint.size} leaves"
            self._report.add(Finding(Attack.ROOT_MISMATCH, detail))
        authority.report_tiles(self._report)
        check_states(history, authority, self._report)
        check_pins(self._options.pins, authority, self._report)
        judgement = Judgement(self._folder, self._index, controls, authority, self._report)
        judgement.run(self._options, self._waiting, self._loose)
        if self._folder.created > self._report.as_of + SKEW_NS:
            made = format_time(self._folder.created)
            detail = f"the export says that it was made at {made}, after the time it is judged at"
            self._report.add(Finding(Attack.FUTURE_TIME, detail, subject="export.json"))
        policy = Witnesses(self._options.witnesses, self._options.quorum)
        check_cosignatures(newest, policy, self._trust.known_keys(), controls.sealed_at, self._report)
        if self._options.own and self._trust.trusted and self._folder.witnessed:
            since, until = self._folder.witnessed
            anchor_in_lines(self._report, max(since, self._options.lines_since or 0), until)
