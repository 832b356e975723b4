"""Applies what is accepted to a report: waivers first, then the baseline."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.gate.acceptance.baseline import FILE_NAME, read_baseline
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.record import replace
from tapeproof.gate.engine.report import GATE_POLICY, Report, Result
from tapeproof.gate.engine.settings import WAIVERS_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from tapeproof.gate.acceptance.baseline import Applied, Baseline
    from tapeproof.gate.acceptance.fingerprint import Fingerprint
    from tapeproof.gate.engine.protected import Protected

__all__ = ["apply_baseline", "apply_waivers"]

_HERE = Path()
_NAMED = 3
"""How many entries that are gone a message names."""


def apply_waivers(
    report: Report,
    files: Mapping[str, Sequence[str]],
    policies: Collection[str],
    protected: Protected | None = None,
    folder: Path = _HERE,
) -> Report:
    """Return a report with today's waivers applied.

    Args:
        report: The answer.
        files: The lines of Terraform files with waivers in them.
        policies: The ids that were judged.
        protected: The revision whose waivers count; those of the working tree when absent.
        folder: Where the project's file of waivers may be.
    """
    if not files and protected is None and not os.path.lexists(folder / WAIVERS_NAME):
        return report
    from tapeproof.gate.acceptance.written import load  # noqa: PLC0415 - reads a file only where there is one

    results, waivers = load(folder, files, protected).apply(report.results, datetime.now(UTC).date(), policies)
    return replace(report, results=results, waivers=waivers)


def apply_baseline(
    report: Report, policies: Collection[str], protected: Protected | None = None, folder: Path = _HERE
) -> Report:
    """Return a report with the project's baseline applied; the same where there is none.

    Args:
        report: The answer.
        policies: The ids that were judged.
        protected: The revision whose baseline counts; that of the working tree when absent.
        folder: Where the baseline may be.

    Raises:
        CannotJudgeError: The baseline cannot be read.
    """
    baseline = read_baseline(folder, protected)
    if baseline is None:
        return report
    today = datetime.now(UTC).date()
    applied = baseline.apply(report.notable, report.roots, policies, today)
    if protected is not None:
        # Whoever mends a finding takes it out of the baseline, and can do no more: the protected one has it still.
        applied = applied._replace(gone=applied.gone & _own_entries(folder))
    listed = [*applied.results, *_complaints(baseline, applied, report.roots, today)]
    return replace(report.with_notable(listed), waivers=(*report.waivers, _describe(baseline, applied)))


def _own_entries(folder: Path) -> Counter[Fingerprint]:
    """Return what the working tree's baseline holds; nothing where it cannot be read, as it does not count."""
    try:
        own = read_baseline(folder)
    except CannotJudgeError:
        own = None
    return Counter(own.entries if own is not None else {})


def _complaints(baseline: Baseline, applied: Applied, roots: Collection[str], today: date) -> list[Result]:
    if baseline.expires is not None and baseline.expires < today:
        message = f"the baseline expired on {baseline.expires}"
        return [_complain(message, "mend what it accepted, or decide anew", roots)]
    if not applied.gone:
        return []
    number = applied.gone.total()
    message = (
        f"{number} of the baseline's entries {'is' if number == 1 else 'are'} no longer found: {_name(applied.gone)}"
    )
    return [_complain(message, "run `tapeproof gate baseline`, which takes out what is mended", roots)]


def _name(gone: Counter[Fingerprint]) -> str:
    named = [f"{one.policy} {one.resource or one.root} ({one.value})" for one in sorted(gone)[:_NAMED]]
    more = len(gone) - len(named)
    return "; ".join(named) + (f"; and {more} more" if more > 0 else "")


def _complain(message: str, fix: str, roots: Collection[str]) -> Result:
    return Result(
        root=min(roots, default=""),
        policy=GATE_POLICY,
        severity="high",
        verdict="fail",
        file=FILE_NAME,
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        message=message,
        fix=fix,
        front_end="gate",
    )


def _describe(baseline: Baseline, applied: Applied) -> dict[str, Any]:
    """Return what outputs list of the baseline: one line, however many findings it accepts."""
    return {
        "policy": "*",
        "resource": "",
        "file": FILE_NAME,
        "line": 1,
        "reason": baseline.reason,
        "owner": baseline.owner,
        "expires": "" if baseline.expires is None else baseline.expires.isoformat(),
        "state": "used" if applied.accepted else "unused",
        "results": applied.accepted.total(),
        "fault": "",
    }
