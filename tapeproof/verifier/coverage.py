"""What of an export can be compared, and with what; what it has not is said, so that nobody takes it for compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.verifier.controls import LINE_GRACE_NS
from tapeproof.verifier.findings import Absence, UnusableError
from tapeproof.verifier.folder import FORMAT
from tapeproof.verifier.judgement import format_time
from tapeproof.verifier.lane_times import recent_since, young_since
from tapeproof.verifier.parts import PartTask

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.verifier.controls import Controls
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.folder import ExportFolder, Part
    from tapeproof.verifier.index import PlacedRun
    from tapeproof.verifier.options import Options

__all__ = ["Coverage"]

_LEAST_KEPT_NS = 30 * 86_400 * 10**9
"""For how long every log of the stack must be kept; that the account keeps lines for less excuses nothing younger."""


class Coverage:
    """What every part of an export is compared with.

    Args:
        folder: The export.
        options: What the reader brings.
        controls: What the control leaves say.
        report: Takes a note on each thing that the export has not.
        bundles: Whether the export has entry bundles.

    Raises:
        UnusableError: It has witness lines and does not say from when.
    """

    def __init__(
        self, folder: ExportFolder, options: Options, controls: Controls, report: Report, *, bundles: bool
    ) -> None:
        self._folder, self._controls, self._inflate = folder, controls, options.inflate
        self._records = bool(folder.manifest.get("records")) or bool(folder.parts("records"))
        self._copies = report.size if bundles else 0
        self._now = min(folder.created, report.as_of)
        _note_copies(report, bundles=bundles, pruned=len(controls.pruned))
        if not self._records:
            report.absent.append(Absence.RECORDS)
            report.notes.append("The export has no records: what the market table holds was not compared.")
        _note_format(folder, report, controls.state)
        _note_lines(folder, report)
        self._lines = _find_lines_window(folder, options, controls.sealed_at, report)

    def plan_part(self, part: Part, runs: list[PlacedRun], leaves: Path) -> PartTask:
        """Return the task of checking a part.

        Args:
            part: The part.
            runs: Where the log holds its lanes.
            leaves: The file that takes leaf hashes.
        """
        controls = self._controls
        return PartTask(
            root=self._folder.root,
            part=part,
            origin=self._folder.origin,
            runs=controls.bound_runs(runs),
            closed=part.hour in controls.closed,
            pruned=part.hour in controls.pruned,
            copies=self._copies,
            now=self._now,
            young=young_since(controls.sealed_at),
            recent=recent_since(controls.sealed_at),
            leaves=leaves,
            records=self._records,
            witness=self._lines,
            inflate=self._inflate,
        )


def _note_copies(report: Report, *, bundles: bool, pruned: int) -> None:
    absent, notes = report.absent, report.notes
    if pruned:
        how = "checked in their published copies" if bundles else "not compared, nor their records: no copies"
        notes.append(f"The entries of {pruned} pruned hours were {how}.")
    if pruned and not bundles:
        absent.append(Absence.PRUNED)
    elif not bundles:
        absent.append(Absence.COPIES)
        notes.append("The export has no entry bundles: what the log publishes of its entries was not compared.")


def _note_format(folder: ExportFolder, report: Report, state: str) -> None:
    absent, notes = report.absent, report.notes
    if folder.version == FORMAT and not (folder.root / "requests.gz").is_file():
        absent.append(Absence.REQUESTS)
        notes.append("The export has no requests.gz: requests to prune were not compared.")
    if folder.version < FORMAT and state:
        absent.append(Absence.YOUNGER)
        notes.append("The export is of an earlier format than its log: newest records were not compared.")
    elif folder.version < FORMAT:
        notes.append("The export and its log are of earlier formats, and were held to the rules of their time.")


def _note_lines(folder: ExportFolder, report: Report) -> None:
    if folder.witnessed is None:
        if folder.parts("witness"):
            raise UnusableError(
                f"{folder.root} has witness lines, but export.json does not say from when", "Export again."
            )
        report.absent.append(Absence.LINES)
        report.notes.append("The export has no witness lines: what CloudWatch Logs holds was not compared.")


def _find_lines_window(
    folder: ExportFolder, options: Options, sealed_at: int, report: Report
) -> tuple[int, int] | None:
    """Return the first and last time of which entries must have lines; what the auditee says narrows nothing.

    That is the manifest of an export, and how long the account of a live log says that it keeps lines.
    """
    if folder.witnessed is None:
        return None
    since, until = folder.witnessed
    needed = options.lines_since or 0
    if since > needed:
        who = "account" if options.own else "export"
        report.notes.append(f"The {who} says that it has witness lines from {format_time(since)} on.")
    if options.own and options.lines_since is None:
        needed = min(since, folder.created - _LEAST_KEPT_NS)
    return needed, max(until, sealed_at - LINE_GRACE_NS)
