"""What is new since a revision: findings that were not there, and those on lines that changed."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.acceptance.baseline import count_entries
from tapeproof.gate.acceptance.fingerprint import fingerprint_of
from tapeproof.gate.access.revision import changed_lines, checked_out
from tapeproof.gate.checking import check
from tapeproof.gate.engine.errors import CannotJudgeError, RootError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapeproof.gate.acceptance.fingerprint import Fingerprint
    from tapeproof.gate.engine.report import Report, Result
    from tapeproof.gate.question import Question

__all__ = ["check_since"]

_BAD = {"fail", "unknown"}


def check_since(question: Question, revision: str) -> Report:
    """Return the gate's answer with what is new since a revision, and how much is left out.

    A finding is new where the revision does not have it for the same policy, resource and value, or where its line
    changed: whoever touches a line answers for it.

    Args:
        question: What is asked.
        revision: Anything that git takes for a commit.

    Raises:
        GateError: The revision is not there, or could not be judged.
    """
    if question.plan is not None or question.live:
        raise CannotJudgeError("--diff compares source with source", fix="leave out --plan and --live")
    changed = changed_lines(Path(), revision)
    report = check(question)
    bad = [result for result in report.notable if result.verdict in _BAD]
    if not bad:
        return report
    before = _found_at(question, revision)
    left_out: list[Result] = []
    for result in bad:
        known = fingerprint_of(result)
        if before[known] > 0:
            before[known] -= 1
            if not _is_on(result, changed):
                left_out.append(result)
    dropped = set(map(id, left_out))
    row = {"policy": "*", "paths": [], "reason": f"found at {revision} already", "results": len(left_out)}
    kept = report.with_notable([result for result in report.notable if id(result) not in dropped])
    return replace(kept, not_asked=(*report.not_asked, row)) if left_out else kept


def _found_at(question: Question, revision: str) -> Counter[Fingerprint]:
    """Return what the same question finds at a revision, by fingerprint."""
    with checked_out(Path(), revision) as base, _working_in(base):
        roots = tuple(root for root in question.roots if root.is_dir())
        if question.roots and not roots:
            return Counter()
        try:
            report = check(question._replace(roots=roots, cached=False))
        except RootError:  # there was no Terraform yet
            return Counter()
    return count_entries(report.notable)


@contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _is_on(result: Result, changed: Mapping[str, Sequence[range]]) -> bool:
    last = max(result.line, result.end_line) + 1
    return any(lines.start < last and result.line < lines.stop for lines in changed.get(result.file, ()))
