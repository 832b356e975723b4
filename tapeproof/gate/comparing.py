"""What is new since a revision: findings that were not there, and those on lines that changed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.acceptance.baseline import count_entries
from tapeproof.gate.acceptance.fingerprint import fingerprint_of
from tapeproof.gate.access.revision import changed_lines, checked_out
from tapeproof.gate.checking import check
from tapeproof.gate.engine.discovery import found_below
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.record import replace
from tapeproof.gate.engine.report import Report
from tapeproof.gate.engine.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tapeproof.gate.acceptance.fingerprint import Fingerprint
    from tapeproof.gate.engine.report import Result
    from tapeproof.gate.question import Question

__all__ = ["check_since"]

_BAD = {"fail", "unknown"}
_MOST_SECONDS = 3600
"""Longer than any run may take by itself."""


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
    with checked_out(Path(), revision) as base:
        exclude = load_settings(base, Documents()).exclude
        there = [root for root in question.roots or (Path(),) if (base / root).is_dir()]
        roots = [root for root in there if found_below(base / root, exclude).files]
        if not roots:  # there was no Terraform yet
            return Counter()
        return count_entries(_judge_in(base, question, roots if question.roots else [], revision).notable)


def _judge_in(folder: Path, question: Question, roots: Sequence[Path], revision: str) -> Report:
    """Return the answer to a question that is asked in another folder, by a process that works there.

    Raises:
        CannotJudgeError: There is none; the process has said why.
    """
    # -P: what lies in the folder is judged, and nothing of it is run.
    command = [sys.executable, "-P", "-m", "tapeproof", "gate", "check", "--no-cache", "--format", "json"]
    arguments = [*_arguments(question), "--", *map(str, roots)]
    done = subprocess.run(
        [*command, *arguments], cwd=folder, capture_output=True, timeout=_MOST_SECONDS, check=False, text=True
    )
    if not done.stdout:
        why = done.stderr.strip().removeprefix("error: ")
        raise CannotJudgeError(
            f"--diff {revision}: that revision cannot be judged", why=why, fix="name another one to compare with"
        )
    return Report.from_data(json.loads(done.stdout))


def _arguments(question: Question) -> Iterator[str]:
    for policy in question.policies:
        yield from ("--policy", policy)
    for file in question.var_files:
        yield from ("--var-file", str(file))
    for name, value in question.variables:
        yield from ("--var", f"{name}={value}")


def _is_on(result: Result, changed: Mapping[str, Sequence[range]]) -> bool:
    last = max(result.line, result.end_line) + 1
    return any(lines.start < last and result.line < lines.stop for lines in changed.get(result.file, ()))
