"""Verifying a log that any program wrote as C2SP tlog-tiles: signature, tree, tiles and entries, not their content."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.log.checkpoint import open_checkpoint, parse_checkpoint
from tapeproof.log.control import SEAL, is_control, parse_control
from tapeproof.log.errors import AuditError
from tapeproof.log.note import MAX_NOTE_BYTES, NoteError, parse_note
from tapeproof.log.objects import Folder, read_regular
from tapeproof.log.tiles import TILE_WIDTH, Tree
from tapeproof.verifier.authority import Authority
from tapeproof.verifier.findings import Absence, Attack, Finding, Report, UnusableError
from tapeproof.verifier.history import Stored, check_pins, refuse_other_pins
from tapeproof.verifier.leaves import TileTask, check_tiles, leaf_room
from tapeproof.verifier.trust import select_keys
from tapeproof.verifier.witnesses import Witnesses, check_cosignatures

if TYPE_CHECKING:
    from tapeproof.log.checkpoint import Checkpoint
    from tapeproof.verifier.options import Options

__all__ = ["is_tlog", "verify_tlog"]

_TILES_PER_TASK = 64
_OF_AN_EXPORT = (
    "export.json",
    "checkpoints.gz",
    "controls.gz",
    "keys.txt",
    "events.idx",
    "lanes",
    "records",
    "latest",
    "requests.gz",
    "witness",
)
"""One of these without ``export.json`` is an export that was not finished, or that somebody took a part of."""


def is_tlog(root: Path) -> bool:
    """Return whether a folder is a bare tlog-tiles log rather than an export, or what is left of one."""
    return (root / "checkpoint").is_file() and not any((root / name).exists() for name in _OF_AN_EXPORT)


def verify_tlog(root: Path, options: Options) -> Report:
    """Verify a folder with ``checkpoint`` and ``tile``.

    Raises:
        UnusableError: No key is given, or the checkpoint is not readable.
    """
    keys = [*options.keys, *(key for pin in options.pins for key in pin.keys)]
    if not keys:
        raise UnusableError("a log of another program names no key of its own", "Give its verifier key with --vkey.")
    data = read_regular(root / "checkpoint", MAX_NOTE_BYTES) or b""
    report = Report(as_of=time.time_ns() if options.as_of is None else options.as_of)
    try:
        keys = select_keys(keys, parse_checkpoint(parse_note(data).text).origin)
    except NoteError as error:
        report.add(Finding(Attack.CHECKPOINT_DAMAGED, f"checkpoint: {error.what}"))
        return report
    try:
        checkpoint, _, _ = open_checkpoint(data, keys)
    except NoteError as error:
        report.add(Finding(Attack.FOREIGN_SIGNATURE, error.what))
        return report
    refuse_other_pins(options.pins, checkpoint.origin)
    report.origin, report.size, report.root = checkpoint.origin, checkpoint.size, checkpoint.root.hex()
    if checkpoint.size > leaf_room(root):
        detail = f"the folder has no room for the {checkpoint.size} leaves that are signed"
        report.add(Finding(Attack.ROOT_MISMATCH, detail))
        return report
    bundles = (root / "tile" / "entries").is_dir()
    _check_tree(root, checkpoint, options, report, bundles=bundles)
    stored = Stored("the published checkpoint", checkpoint, data)
    check_cosignatures(stored, Witnesses(options.witnesses, options.quorum), keys, report.checkpoint_time, report)
    report.counts = {"leaves": checkpoint.size}
    if not bundles and checkpoint.size:  # and so nothing says of when it is: whoever left them out may have cut it back
        report.absent.append(Absence.COPIES)
        report.notes.append("The log has no entry bundles: only its hashes were verified.")
    _freshness(root, report, options)
    return report


def _check_tree(root: Path, checkpoint: Checkpoint, options: Options, report: Report, *, bundles: bool) -> None:
    """Build the tree from tiles and entries, and hold the checkpoint and the pins against it."""
    size, tiles = checkpoint.size, -(-checkpoint.size // TILE_WIDTH)
    tasks = (
        TileTask(root, None, size, first, min(_TILES_PER_TASK, tiles - first), bundles)
        for first in range(0, tiles, _TILES_PER_TASK)
    )
    with tempfile.TemporaryDirectory(prefix="tapeproof-verify-") as scratch:
        authority = Authority(root, Path(scratch), size, map(check_tiles, tasks), bundles=bundles)
        try:
            if not authority.settle(checkpoint.root):
                detail = f"no leaves in the store lead to the root signed for {size} leaves"
                report.add(Finding(Attack.ROOT_MISMATCH, detail))
            authority.report_tiles(report)
            check_pins(options.pins, authority, report)
        finally:
            authority.close()


def _freshness(root: Path, report: Report, options: Options) -> None:
    """Judge freshness when the last leaf says when the checkpoint was made, as this project's logs do.

    Of these only the tree is here; and in a log of another program anybody may have entered what looks like a SEAL.
    """
    try:
        last = Tree(Folder(root).get, report.size).entry(report.size - 1)
        members = parse_control(last) if is_control(last) else {"act": ""}
    except (AuditError, IndexError):
        members = {"act": ""}
    if (members["act"], members.get("_log"), members.get("_n")) != (SEAL, report.origin, report.size - 1):
        report.notes.append("The log does not say when it was signed: freshness was not judged.")
        return
    report.absent += [Absence.RECORDS, Absence.LINES]
    report.notes.append("Of this log only the tree was compared: give an export for tables and lines.")
    report.checkpoint_time = int(members["ts"])
    age = (report.as_of - report.checkpoint_time) / 10**9
    if age > options.max_age_seconds:
        report.add(Finding(Attack.STALE, f"the checkpoint is {age:.0f} s old; {options.max_age_seconds} s are allowed"))
