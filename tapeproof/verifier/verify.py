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
import zlib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tapeproof.log.note import NoteError, VerifierKey
from tapeproof.log.objects import Folder
from tapeproof.log.tiles import TILE_WIDTH, Tree
from tapeproof.verifier.authority import Authority
from tapeproof.verifier.controls import SKEW_NS, Controls, walk_controls
from tapeproof.verifier.findings import Absence, Attack, Finding, Report, UnusableError
from tapeproof.verifier.folder import FORMAT, ExportFolder
from tapeproof.verifier.history import (
    PUBLISHED,
    History,
    Pin,
    Stored,
    Witnesses,
    check_cosignatures,
    check_pins,
    check_states,
    read_history,
)
from tapeproof.verifier.index import Index
from tapeproof.verifier.judgement import Judgement, anchor_in_lines, format_time
from tapeproof.verifier.lanes import check_part, recent_since, young_since
from tapeproof.verifier.leaves import LeafFile, TileCheck, TileTask, check_tiles, leaf_room
from tapeproof.verifier.parts import PartReport, PartTask
from tapeproof.verifier.signatures import (
    Keyring,
    Outcomes,
    SignatureTask,
    check_signatures,
    likely_keys,
    rotation_keys,
    signature_tasks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tapeproof.verifier.folder import Inflate
    from tapeproof.verifier.parts import Waiting

__all__ = ["Engine", "Options", "Serial", "verify_export"]

LINE_GRACE_NS = 15 * 60 * 10**9
"""How much later than an entry its witness line may reach CloudWatch Logs, and an export that is being made."""
_TILES_PER_TASK = 64


class Engine(Protocol):
    """Runs the parallel stages."""

    def signatures(self, tasks: Iterable[SignatureTask]) -> Iterator[list[Outcomes]]:
        """Start ``check_signatures`` on each task; its results, in order, may be asked for after other stages."""
        ...

    def parts(self, tasks: Iterable[PartTask]) -> Iterator[PartReport]:
        """Run ``check_part`` on each task, in any order."""
        ...

    def tiles(self, tasks: Iterable[TileTask]) -> Iterator[TileCheck]:
        """Run ``check_tiles`` on each task, in any order."""
        ...


class Serial:
    """Runs everything here, one after the other."""

    def signatures(self, tasks: Iterable[SignatureTask]) -> Iterator[list[Outcomes]]:
        """Run the tasks."""
        return map(check_signatures, tasks)

    def parts(self, tasks: Iterable[PartTask]) -> Iterator[PartReport]:
        """Run the tasks."""
        return map(check_part, tasks)

    def tiles(self, tasks: Iterable[TileTask]) -> Iterator[TileCheck]:
        """Run the tasks."""
        return map(check_tiles, tasks)


class Options(NamedTuple):
    """What the reader brings.

    Attributes:
        keys: Verifier keys the reader trusts.
        witnesses: Keys of witnesses whose cosignature anchors a checkpoint.
        quorum: How many of the witnesses must have signed; 0 is all of them.
        pins: Anchors.
        max_age_seconds: How old the newest checkpoint may be.
        as_of: The time the log is judged at, nanoseconds since 1970; None is now.
        own: Whether this program made the export itself, of the stores as they are. Of any other export the manifest
            is the word of whoever is audited: it may raise a finding, and vouches for nothing.
        lines_since: From when on entries must have witness lines, where CloudWatch Logs no longer keeps older ones.
        progress: Told a stage's name and how much of it is done.
        inflate: What inflates the export's large files.
    """

    keys: Sequence[VerifierKey] = ()
    witnesses: Sequence[VerifierKey] = ()
    quorum: int = 0
    pins: Sequence[Pin] = ()
    max_age_seconds: int = 600
    as_of: int | None = None
    own: bool = False
    lines_since: int | None = None
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _all: None
    inflate: Inflate = zlib.decompressobj


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
        trusted = [*options.keys, *(key for pin in options.pins for key in pin.keys)]
        # Among the keys of several logs, another log's must not vouch for this one.
        self._trusted = [key for key in trusted if key.name == folder.origin] or trusted
        self._claimed: list[VerifierKey] = []
        self._rotated: dict[VerifierKey, None] = {}
        self._newest: list[Stored] = []

    def run(self) -> Report:
        try:
            history = self._history()
            if not self._folder.parts("lanes") and not (self._folder.root / "tile").is_dir():
                return self._report_wiped(history)
            self._newest = self._credible(history)
            if not self._newest:
                return self._report
            self._check_head(history)
            newest = self._newest[0].checkpoint
            self._report.size, self._report.root = newest.size, newest.root.hex()
            keys = likely_keys(self._known_keys())
            signed = self._engine.signatures(signature_tasks(history, keys))
            controls = self._controls(newest.size)
            keyring = self._build_keyring(controls)
            self._parts(controls)
            for finding in keyring.findings(history, keys, chain.from_iterable(signed)):
                self._report.add(finding)
            authority = self._tree(newest.size)
            try:
                self._judge(history, controls, authority)
            finally:
                authority.close()
        finally:
            self._leaves.close()
            self._index.close()
        self._report.findings.sort(key=lambda one: (one.gap, list(Attack).index(one.attack), one.lane, one.seq))
        return self._report

    def _history(self) -> History:
        public = self._files.get("checkpoint")
        try:
            history = read_history(self._folder.checkpoints(), public, self._folder.origin, self._report, self._index)
        except UnusableError:
            if not self._options.pins:
                raise
            # A pin proves that there was something: an empty store is then no accident but an attack.
            pin = self._options.pins[0]
            detail = f"the pin {pin.path} saw {pin.stored.checkpoint.size} leaves; now nothing signed is left"
            self._report.add(Finding(Attack.WIPED, detail))
            self._report.size = 0
            history = History(self._index)
            history.add(pin.stored)
            return history
        self._report.counts["checkpoints"] = len(history)
        return history

    def _report_wiped(self, history: History) -> Report:
        largest = history.largest()
        if largest and not any(one.attack is Attack.WIPED for one in self._report.findings):
            detail = f"a checkpoint of {largest} leaves is stored, but not one entry and not one tile"
            self._report.add(Finding(Attack.WIPED, detail))
        return self._report

    def _credible(self, history: History) -> list[Stored]:
        for text in self._folder.verifier_keys():
            try:
                self._claimed.append(VerifierKey.parse(text))
            except NoteError as error:
                self._report.add(Finding(Attack.KEY_REPLACED, f"keys.txt: {error.what}", subject=text[:200]))
        leaves, room = 0, self._folder.entry_room()
        for leaf, data in self._folder.controls():
            self._rotated.update(dict.fromkeys(rotation_keys(data)))
            leaves, room = max(leaves, leaf + 1), room + 1
        if history.largest() > room:
            room += leaf_room(self._folder.root)
        newest, larger = history.newest(self._known_keys(), leaves, room)
        for stored in larger:
            detail = (
                f"{stored.where}: the store has no room for the {stored.checkpoint.size} leaves that it is signed for"
            )
            self._report.add(Finding(Attack.ROOT_MISMATCH, detail, subject=stored.where))
        if newest or larger:
            return newest
        why = "no checkpoint is signed by a key that you trust, that the store names, or that either was rotated to"
        if not self._trusted:
            raise UnusableError(why, "Give the log's key with --vkey, or a pin.")
        self._report.add(Finding(Attack.FOREIGN_SIGNATURE, why))
        return []

    def _known_keys(self) -> list[VerifierKey]:
        return [*self._trusted, *self._claimed, *self._rotated]

    def _check_head(self, history: History) -> None:
        newest, head = self._newest[0].checkpoint.size, self._folder.head
        public = self._files.get("checkpoint")
        largest = max((one.size for one in history if one.where != PUBLISHED), default=0)
        if head and (head[1] > newest or newest > largest):
            committed = max(head[1], newest)
            detail = f"the log had published {committed} leaves, the stored checkpoints end at {min(newest, largest)}"
            self._report.add(Finding(Attack.CHECKPOINTS_DELETED, detail, subject="stored checkpoints"))
        if head and head[0] < newest:
            detail = f"the sealer's head is back at {head[0]} leaves, a checkpoint has {newest}"
            self._report.add(Finding(Attack.ROLLED_BACK, detail))
        if not head:
            self._report.add(Finding(Attack.WIPED, "the sealer's head is gone from the audit table"))
        seen = next((one.size for one in history if one.note == public), -1)
        later = sum(one.where != PUBLISHED and one.size > seen for one in history)
        if later > 1:
            detail = f"the published checkpoint has {max(0, seen)} leaves, {later} later ones are stored"
            self._report.add(Finding(Attack.CHECKPOINTS_DELETED, detail, subject="published checkpoint"))

    def _controls(self, size: int) -> Controls:
        beyond = 0
        for leaf, data in self._folder.controls():
            if leaf < size:
                self._index.add_control(leaf, data)
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

    def _build_keyring(self, controls: Controls) -> Keyring:
        trusted, claimed = self._trusted, self._claimed
        keyring = Keyring(trusted, claimed, controls.rotations)
        if not keyring.linked or (trusted and claimed and not keyring.accepted & {*claimed}):
            detail = "the keys in the store are not the key you trust, nor rotated from or to it"
            self._report.add(Finding(Attack.KEY_REPLACED, detail))
        if not trusted:
            self._report.notes.append(
                "The log's key was taken from the store itself; give --vkey or --pin to trust it."
            )
        return keyring

    def _parts(self, controls: Controls) -> None:
        kinds = ("lanes", "records", "latest", "witness")
        found = {*self._index.parts(), *(part for kind in kinds for part in self._folder.parts(kind))}
        parts = sorted(found, key=lambda part: (-self._folder.size("lanes", part), part))  # the longest work first
        records = bool(self._folder.manifest.get("records")) or bool(self._folder.parts("records"))
        self._note_absences(records=records, pruned=len(controls.pruned), state=controls.state)
        lines = self._lines_window(controls)
        tasks = (
            PartTask(
                root=self._folder.root,
                part=part,
                origin=self._folder.origin,
                runs=controls.bound_runs(self._index.runs(part)),
                closed=part.hour in controls.closed,
                pruned=part.hour in controls.pruned,
                copies=self._report.size if self._bundles else 0,
                now=min(self._folder.created, self._report.as_of),
                young=young_since(controls.sealed_at),
                recent=recent_since(controls.sealed_at),
                leaves=self._leaves_path,
                records=records,
                witness=lines,
                inflate=self._options.inflate,
            )
            for part in parts
        )
        for done, report in enumerate(self._engine.parts(tasks), 1):
            self._index.add_lanes(report.ends, report.citations, report.met)
            self._index.suspect(report.suspects)
            self._loose.extend(report.findings)
            self._waiting.extend(report.waiting)
            self._report.suppressed += report.quota.refused
            for name, count in report.counts.items():
                self._report.counts[name] = self._report.counts.get(name, 0) + count
            self._options.progress("lanes", done, len(parts))

    def _lines_window(self, controls: Controls) -> tuple[int, int] | None:
        """Return the first and last time of which entries must have lines; what the manifest says narrows nothing."""
        if self._folder.witnessed is None:
            return None
        since, until = self._folder.witnessed
        if not self._options.own:
            if since > (self._options.lines_since or 0):
                self._report.notes.append(f"The export says that it has witness lines from {format_time(since)} on.")
            since = self._options.lines_since or 0
        return since, max(until, controls.sealed_at - LINE_GRACE_NS)

    def _note_absences(self, *, records: bool, pruned: int, state: str) -> None:
        absent, notes = self._report.absent, self._report.notes
        if pruned:
            how = "checked in their published copies" if self._bundles else "not compared, nor their records: no copies"
            notes.append(f"The entries of {pruned} pruned hours were {how}.")
        if pruned and not self._bundles:
            absent.append(Absence.PRUNED)
        elif not self._bundles:
            absent.append(Absence.COPIES)
            notes.append("The export has no entry bundles: what the log publishes of its entries was not compared.")
        if not records:
            absent.append(Absence.RECORDS)
            notes.append("The export has no records: what the market table holds was not compared.")
        if self._folder.version == FORMAT and not (self._folder.root / "requests.gz").is_file():
            absent.append(Absence.REQUESTS)
            notes.append("The export has no requests.gz: requests to prune were not compared.")
        if self._folder.version < FORMAT and state:
            absent.append(Absence.YOUNGER)
            notes.append("The export is of an earlier format than its log: newest records were not compared.")
        elif self._folder.version < FORMAT:
            notes.append("The export and its log are of earlier formats, and were held to the rules of their time.")
        if self._folder.witnessed is None:
            if self._folder.parts("witness"):
                raise UnusableError(
                    f"{self._folder.root} has witness lines, but export.json does not say from when", "Export again."
                )
            absent.append(Absence.LINES)
            notes.append("The export has no witness lines: what CloudWatch Logs holds was not compared.")

    def _tree(self, size: int) -> Authority:
        tiles = -(-size // TILE_WIDTH)
        bundled = self._bundles
        tasks = [
            TileTask(self._folder.root, self._leaves_path, size, first, min(_TILES_PER_TASK, tiles - first), bundled)
            for first in range(0, tiles, _TILES_PER_TASK)
        ]

        def checks() -> Iterator[TileCheck]:
            for done, check in enumerate(self._engine.tiles(tasks), 1):
                self._options.progress("tree", done, len(tasks))
                yield check

        return Authority(self._folder.root, self._scratch, size, checks(), bundles=bundled)

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
        judgement.leaves()
        judgement.hours()
        judgement.seals()
        judgement.head()
        judgement.requests()
        judgement.latest(self._waiting)
        judgement.citations()
        judgement.others()
        judgement.lanes(self._options.progress)
        judgement.loose(self._loose)
        judgement.judge_stopped_lanes()
        judgement.freshness(self._options.max_age_seconds)
        if self._folder.created > self._report.as_of + SKEW_NS:
            made = format_time(self._folder.created)
            detail = f"the export says that it was made at {made}, after the time it is judged at"
            self._report.add(Finding(Attack.FUTURE_TIME, detail, subject="export.json"))
        policy = Witnesses(self._options.witnesses, self._options.quorum)
        known = [*self._trusted, *self._claimed, *self._rotated]
        check_cosignatures(newest, policy, known, controls.sealed_at, self._report)
        if self._options.own and self._trusted and self._folder.witnessed:
            anchor_in_lines(self._report, *self._folder.witnessed)
