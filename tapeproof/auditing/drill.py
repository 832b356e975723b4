"""The drill: every attack on a copy of an export, and whether the verifier finds and names it."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.auditing.attacks import ATTACKS
from tapeproof.auditing.editor import Editor, NoTargetError, clone
from tapeproof.auditing.operations import make_pin, verify_folder, write_json
from tapeproof.log.errors import AuditError
from tapeproof.log.note import VerifierKey
from tapeproof.verifier.findings import Verdict
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.history import read_pin
from tapeproof.verifier.verify import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.auditing.attacks import Done, Row
    from tapeproof.verifier.findings import Finding, Report

__all__ = ["Outcome", "drill"]


class Outcome(NamedTuple):
    """How one attack went.

    Attributes:
        title: The attack.
        verdict: The verifier's verdict in words; empty when the export gave no target.
        named: The name it was found under, or why it was not.
        lane: The lane named.
        seq: The sequence named, or -1.
        detected: Whether the verdict and a name are right; None when it could not be tried.
    """

    title: str
    verdict: str
    named: str
    lane: str
    seq: int
    detected: bool | None


def drill(
    folder: Path, *, seed: int = 0, jobs: int | None = None, progress: Callable[[int, int], None] = lambda _a, _b: None
) -> list[Outcome]:
    """Attack copies of an export in every way, one after the other.

    The export as it is now serves as the anchor: its checkpoint is pinned and its key trusted before the first attack.
    One that is tampered with already is not attacked.

    Args:
        folder: The export; it is not changed.
        seed: Chooses the victims.
        jobs: Processes for each verification.
        progress: Told how many attacks are done, and of how many.
    """
    export_folder = ExportFolder(folder)
    keys = [VerifierKey.parse(one) for one in export_folder.verifier_keys()]
    # Beside the export, so that copies can be hard links.
    with tempfile.TemporaryDirectory(prefix=".drill-", dir=folder.resolve().parent) as place:
        pin_path = Path(place) / "pin.json"
        write_json(pin_path, make_pin(folder, keys))
        outcomes = [_sound(folder, Options(pins=[read_pin(pin_path)], as_of=export_folder.created), jobs)]
        if outcomes[0].verdict == Verdict.TAMPERED.name:  # what is found could not be told from what was there
            return outcomes
        for number, row in enumerate(ATTACKS, 1):
            outcomes.append(_attack(row, folder, Path(place), pin_path, seed=seed + number, jobs=jobs))
            progress(number, len(ATTACKS))
    return outcomes


def _sound(folder: Path, options: Options, jobs: int | None) -> Outcome:
    report = verify_folder(folder, options, jobs=jobs)
    wrong = report.findings[0].detail if report.findings else ""
    return Outcome("no attack", report.verdict.name, wrong, "", -1, report.verdict is Verdict.VERIFIED)


def _attack(row: Row, folder: Path, place: Path, pin: Path, *, seed: int, jobs: int | None) -> Outcome:
    copy = place / "attacked"
    clone(folder, copy)
    try:
        editor = Editor(copy, random.Random(seed))  # noqa: S311 - victims need not be unpredictable
        done = row.run(editor)
        options = Options(pins=[read_pin(pin)], as_of=editor.created + done.later_ns)
        report = verify_folder(copy, options, jobs=jobs)
    except NoTargetError as error:
        return Outcome(row.title, "", error.what, "", -1, None)
    except AuditError as error:
        return Outcome(row.title, "UNUSABLE", error.what, "", -1, detected=False)
    finally:
        shutil.rmtree(copy)
    named = _find_named_attack(report, done)
    right = report.verdict is done.verdict and (named is not None or not done.names)
    if not done.names:
        return Outcome(row.title, report.verdict.name, report.verdict.name, "", -1, right)
    if named is None:
        return Outcome(row.title, report.verdict.name, "not named", "", -1, right)
    return Outcome(row.title, report.verdict.name, named.attack.value, named.lane, named.seq, right)


def _find_named_attack(report: Report, done: Done) -> Finding | None:
    for one in report.findings:
        here = not done.lane or (one.lane == done.lane and done.seq in {-1, one.seq})
        if one.attack in done.names and here:
            return one
    return None
