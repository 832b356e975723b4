"""The drill: every attack on a copy of an export, alone and with others, and whether it is found and named."""

from __future__ import annotations

import random
import shutil
import tempfile
from itertools import chain
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
    from collections.abc import Callable, Iterator

    from tapeproof.auditing.attacks import Done, Row
    from tapeproof.verifier.findings import Finding, Report

    Judge = Callable[[Path, Options], Report]

__all__ = ["COMBINED", "Outcome", "drill"]

COMBINED, MOST_AT_ONCE = 8, 4
"""How often several attacks are made at once, and how many."""


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
    folder: Path,
    *,
    seed: int = 0,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda _a, _b: None,
    judge: Judge | None = None,
) -> list[Outcome]:
    """Attack copies of an export in every way, one after the other and then some at once.

    The export as it is now serves as the anchor: its checkpoint is pinned and its key trusted before the first attack.
    One that is tampered with already is not attacked.

    Args:
        folder: The export; it is not changed.
        seed: Chooses the victims.
        jobs: Processes for each verification.
        progress: Told how many attacks are done, and of how many.
        judge: Verifies an export that was attacked, or what it is an export of; by default the folder.
    """
    judge = judge or (lambda attacked, options: verify_folder(attacked, options, jobs=jobs))
    export_folder = ExportFolder(folder)
    keys = [VerifierKey.parse(one) for one in export_folder.verifier_keys()]
    # Beside the export, so that copies can be hard links.
    with tempfile.TemporaryDirectory(prefix=".drill-", dir=folder.resolve().parent) as place:
        pin_path = Path(place) / "pin.json"
        write_json(pin_path, make_pin(folder, keys, export_folder.created))
        outcomes = [_sound(judge(folder, Options(pins=[read_pin(pin_path)], as_of=export_folder.created)))]
        if outcomes[0].verdict == Verdict.TAMPERED.name:  # what is found could not be told from what was there
            return outcomes
        total = len(ATTACKS) + COMBINED
        tried: list[Row] = []
        rounds = chain(([row] for row in ATTACKS), _combine(tried, random.Random(seed)))  # noqa: S311 - as below
        for number, rows in enumerate(rounds, 1):
            outcomes.append(_attack(rows, folder, Path(place), pin_path, seed=seed + number, judge=judge))
            tried += rows if len(rows) == 1 and outcomes[-1].detected is not None else []
            progress(number, total)
    return outcomes


def _combine(tried: list[Row], rng: random.Random) -> Iterator[list[Row]]:
    """Yield attacks that had a target alone; what takes away the ground of others comes last, to cover tracks."""
    for _ in range(COMBINED if len(tried) >= MOST_AT_ONCE else 0):
        yield sorted(rng.sample(tried, rng.randint(2, MOST_AT_ONCE)), key=lambda row: row.masks)


def _sound(report: Report) -> Outcome:
    wrong = report.findings[0].detail if report.findings else ""
    return Outcome("no attack", report.verdict.name, wrong, "", -1, report.verdict is Verdict.VERIFIED)


def _attack(rows: list[Row], folder: Path, place: Path, pin: Path, *, seed: int, judge: Judge) -> Outcome:
    copy, title = place / "attacked", " + ".join(row.title for row in rows)
    clone(folder, copy)
    try:
        done = _perform(rows, copy, random.Random(seed))  # noqa: S311 - victims need not be unpredictable
        options = Options(pins=[read_pin(pin)], as_of=_created(folder) + max(one.later_ns for _, one in done))
        report = judge(copy, options)
    except NoTargetError as error:
        return Outcome(title, "", error.what, "", -1, None)
    except AuditError as error:
        return Outcome(title, "UNUSABLE", error.what, "", -1, detected=False)
    finally:
        shutil.rmtree(copy)
    if len(done) == 1:
        return _read_outcome(title, report, done[0][1])
    return _read_combined(title, report, done)


def _created(folder: Path) -> int:
    return ExportFolder(folder).created


def _perform(rows: list[Row], folder: Path, rng: random.Random) -> list[tuple[Row, Done]]:
    """Make attacks on one export, each on lanes of its own; one of several that finds no target is left out."""
    done: list[tuple[Row, Done]] = []
    touched: set[str] = set()
    for row in rows:
        editor = Editor(folder, rng)
        editor.touched = touched
        try:
            done.append((row, row.run(editor)))
        except NoTargetError:
            if len(rows) == 1 or (row is rows[-1] and not done):
                raise
    return done


def _read_outcome(title: str, report: Report, done: Done) -> Outcome:
    named = _find_named_attack(report, done)
    right = report.verdict is done.verdict and (named is not None or not done.names)
    if not done.names:
        return Outcome(title, report.verdict.name, report.verdict.name, "", -1, right)
    if named is None:
        return Outcome(title, report.verdict.name, "not named", "", -1, right)
    return Outcome(title, report.verdict.name, named.attack.value, named.lane, named.seq, right)


def _read_combined(title: str, report: Report, done: list[tuple[Row, Done]]) -> Outcome:
    """Return whether the worst of several attacks gave the verdict, and all are named that no other one hides."""
    expected = {min((one.verdict for _, one in done), key=lambda verdict: verdict.value)}
    if any(row.leaves_out for row, _ in done):  # it takes the traces of the others along
        expected.add(Verdict.INCOMPLETE)
    names = {finding.attack for finding in report.findings}
    missed = [row.title for row, one in done if one.names and not names & one.names]
    masked = any(row.masks for row, _ in done)
    right = report.verdict in expected and (len(missed) < len(done) if masked else not missed)
    named = ", ".join(sorted({one.value for one in names})) or report.verdict.name
    return Outcome(title, report.verdict.name, named, "", -1, right)


def _find_named_attack(report: Report, done: Done) -> Finding | None:
    for one in report.findings:
        here = not done.lane or (one.lane == done.lane and done.seq in {-1, one.seq})
        if one.attack in done.names and here:
            return one
    return None
