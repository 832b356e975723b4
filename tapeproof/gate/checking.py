"""One run of the gate: find the root modules, read them, judge them, and say what was read."""

from __future__ import annotations

import gc
import os
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tapeproof.gate.engine.report import Report
from tapeproof.gate.engine.result_cache import ResultCache, cache_folder, code_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.question import Question

__all__ = ["check"]

_Answer = TypeVar("_Answer")
_WAIVER = "tapeproof:waive"
_STACK_BYTES = 512 * 1024 * 1024
"""Address space, not memory: pages are only taken when they are used."""
_MOST_FRAMES = 40_000


def check(question: Question) -> Report:
    """Return the gate's answer, waivers applied.

    Raises:
        GateError: The question cannot be answered at all: a folder without Terraform, an unknown policy.
    """
    cache = ResultCache(cache_folder(), _asked(question)) if question.cached else None
    kept = None if cache is None else cache.get()
    if kept is not None:
        return _waived(Report.from_data(kept["report"]), question, kept["waivers"])
    report, waivers, asked = _on_a_large_stack(lambda: _judged(question))
    if cache is not None and not question.live and not report.problems:
        cache.put({"report": report.as_data(), "waivers": waivers}, asked)
    return _waived(report, question, waivers)


def _judged(question: Question) -> tuple[Report, list[str], set[Path]]:
    """Return the answer, the files with waivers in them, and every path it depends on."""
    from tapeproof.gate.reading import Reading  # noqa: PLC0415 - a kept answer needs neither of these

    reading = Reading(question)
    # The evaluator and the rules are imported while another process parses.
    from tapeproof.gate.judging import Judging  # noqa: PLC0415

    judging = Judging(question, reading)
    report = judging.report()
    waivers = [file for file, lines in judging.sources.lines.items() if any(_WAIVER in line for line in lines)]
    return report, waivers, judging.asked


def _on_a_large_stack(work: Callable[[], _Answer]) -> _Answer:
    """Return what ``work`` returns, with room to walk trees far deeper than Python's careful default allows."""
    answers: list[_Answer] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is expected
            faults.append(error)

    collected = gc.isenabled()
    # Syntax and values are all kept to the end: looking for garbage among them costs a fifth of the time.
    gc.disable()
    before = sys.getrecursionlimit(), threading.stack_size(_STACK_BYTES)
    sys.setrecursionlimit(max(before[0], _MOST_FRAMES))
    try:
        thread = threading.Thread(target=run, name="gate")
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(before[0])
        threading.stack_size(before[1])
        if collected:
            gc.enable()
    if faults:
        raise faults[0]
    return answers[0]


def _asked(question: Question) -> dict[str, Any]:
    """Return what an answer depends on besides the files that are read."""
    environment = {
        name: value for name, value in os.environ.items() if name.startswith("TF_VAR_") or name == "TF_WORKSPACE"
    }
    shown = {name: repr(value) for name, value in question._asdict().items()}
    return {
        "code": code_fingerprint(),
        "environment": environment,
        "folder": str(Path.cwd()),
        "python": sys.version,
        "question": shown,
    }


def _waived(report: Report, question: Question, files: list[str]) -> Report:
    """Return the report with today's waivers applied."""
    from tapeproof.gate.engine.waivers import load  # noqa: PLC0415 - reads a file only where there is one

    sources = {file: tuple(Path(file).read_text(encoding="utf-8").split("\n")) for file in files}
    judged = set(question.policies) or {policy.id for policy in report.policies}
    results, waivers = load(Path(), sources).apply(report.results, datetime.now(UTC).date(), judged)
    return replace(report, results=results, waivers=waivers)
