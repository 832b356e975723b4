"""What a log has committed to: its signed checkpoints, the published one among them, and its sealer's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.history import PUBLISHED, History, NothingSignedError, read_history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder
    from tapeproof.verifier.history import Pin
    from tapeproof.verifier.index import Index

__all__ = ["check_head", "read_commitments", "report_wiped"]


def read_commitments(
    folder: ExportFolder, public: bytes | None, pins: Sequence[Pin], index: Index, report: Report
) -> History:
    """Return the checkpoints of an export.

    Args:
        folder: The export.
        public: The published checkpoint.
        pins: Anchors; of an empty store the first is its history.
        index: Takes the checkpoints.
        report: Takes findings.

    Raises:
        UnusableError: Nothing is signed, and no pin says that anything was.
    """
    try:
        history = read_history(folder.checkpoints(), public, folder.origin, report, index)
    except NothingSignedError:
        if not pins:
            raise
        # A pin proves that there was something: an empty store is then no accident but an attack.
        pin = pins[0]
        detail = f"the pin {pin.path} saw {pin.stored.checkpoint.size} leaves; now nothing signed is left"
        report.add(Finding(Attack.WIPED, detail))
        report.size = 0
        history = History(index)
        history.add(pin.stored)
        return history
    report.counts["checkpoints"] = len(history)
    return history


def report_wiped(history: History, report: Report) -> None:
    """Report that a log was signed of which neither entries nor tiles are left."""
    largest = history.largest()
    if largest and not any(one.attack is Attack.WIPED for one in report.findings):
        detail = f"a checkpoint of {largest} leaves is stored, but not one entry and not one tile"
        report.add(Finding(Attack.WIPED, detail))


def check_head(
    head: tuple[int, int] | None, newest: int, public: bytes | None, history: History, report: Report
) -> None:
    """Hold the sealer's head and the published checkpoint against the stored checkpoints.

    Args:
        head: How many leaves the sealer has sealed, and published.
        newest: Leaves of the newest credible checkpoint.
        public: The published checkpoint.
        history: All checkpoints.
        report: Takes findings.
    """
    largest = max((one.size for one in history if one.where != PUBLISHED), default=0)
    if head and (head[1] > newest or newest > largest):
        committed = max(head[1], newest)
        detail = f"the log had published {committed} leaves, the stored checkpoints end at {min(newest, largest)}"
        report.add(Finding(Attack.CHECKPOINTS_DELETED, detail, subject="stored checkpoints"))
    if head and head[0] < newest:
        detail = f"the sealer's head is back at {head[0]} leaves, a checkpoint has {newest}"
        report.add(Finding(Attack.ROLLED_BACK, detail))
    if not head:
        report.add(Finding(Attack.WIPED, "the sealer's head is gone from the audit table"))
    seen = next((one.size for one in history if one.note == public), -1)
    later = sum(one.where != PUBLISHED and one.size > seen for one in history)
    if later > 1:
        detail = f"the published checkpoint has {max(0, seen)} leaves, {later} later ones are stored"
        report.add(Finding(Attack.CHECKPOINTS_DELETED, detail, subject="published checkpoint"))
