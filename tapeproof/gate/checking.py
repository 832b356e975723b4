"""One run of the gate: find the root modules, read them, judge them, and say what was read."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tapeproof.gate.choosing import choose_policies, leave_out
from tapeproof.gate.engine.documents import Documents
from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.fingerprint import code_fingerprint
from tapeproof.gate.engine.matching import require_matches
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.population import Population, unpacked_rows
from tapeproof.gate.engine.report import Report
from tapeproof.gate.engine.scope import merge_scopes
from tapeproof.gate.engine.settings import BASELINE_NAME, WAIVERS_NAME
from tapeproof.gate.engine.store import open_store
from tapeproof.gate.kept import Kept
from tapeproof.gate.merging import count_files
from tapeproof.gate.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tapeproof.gate.engine.report import Files, PolicySummary, Result
    from tapeproof.gate.engine.scope import Scope
    from tapeproof.gate.kept import Answer
    from tapeproof.gate.question import Question

__all__ = ["check"]

_Answer = TypeVar("_Answer")
_STACK_BYTES = 512 * 1024 * 1024
"""Address space, not memory: pages are only taken when they are used."""
_MOST_FRAMES = 40_000
_ROOM = 1 << 17
"""Words that the first frame asks for. Python keeps frames in pieces of memory as large as the frame that begins one,
and gives a piece back as soon as it is empty: a loop that calls at the edge of a small one asks for more each time."""


def check(question: Question) -> Report:
    """Return the gate's answer, waivers applied.

    Raises:
        GateError: The question cannot be answered at all: a folder without Terraform, an unknown policy.
    """
    store = open_store() if question.cached else None
    code = code_fingerprint() if store is not None else ""
    reading = Reading(question, Documents(store, code))
    if reading.protected is None:  # what a pull request removes is still named on the branch that it goes to
        require_matches(reading.settings)
    question = choose_policies(question, reading.settings, reading.documents)
    kept = Kept(store, question, reading.settings, code)
    roots = reading.roots(kept)
    judged = _judge_new(question, reading, kept, roots)
    kept.finish()
    waiving = sorted({file for answer in judged.answers for file in answer.waiving})
    return _accept(_tell(reading, roots, judged), question, reading, waiving)


class _Judged(NamedTuple):
    """What a run is about.

    Attributes:
        policies: What is said of the policies.
        answers: Those about the root modules, kept ones and new ones.
        results: Those of a plan and an account.
        scopes: Theirs.
    """

    policies: tuple[PolicySummary, ...]
    answers: list[Answer]
    results: list[Result]
    scopes: list[Scope]


def _judge_new(question: Question, reading: Reading, kept: Kept, roots: Sequence[Path]) -> _Judged:
    """Judge what no kept answer is about, and keep the answers."""
    policies = kept.policies()
    answers = {root: kept.answer(_name(reading, root), reading.state) for root in roots}
    new = [root for root, answer in answers.items() if answer is None]
    results: list[Result] = []
    scopes: list[Scope] = []
    if new or policies is None or question.plan is not None or question.live:
        policies, judged, results, scopes = _on_a_large_stack(lambda: _judge_roots(question, reading, new, answers))
        for root, answer in judged.items():
            kept.keep(_name(reading, root), answer)
        kept.keep_policies(policies)
        answers |= judged
    return _Judged(policies, [answer for answer in answers.values() if answer is not None], results, scopes)


def _tell(reading: Reading, roots: Sequence[Path], judged: _Judged) -> Report:
    """Return the report of a run, nothing accepted yet."""
    given = judged.answers
    population = Population(
        [*(result for answer in given for result in answer.notable), *_report_unjudged(reading), *judged.results],
        [answer.quiet for answer in given],
    )
    named = [*map(str, roots), *dict.fromkeys(result.root for result in judged.results)]
    return Report(
        roots=tuple(named),
        results=population,
        policies=judged.policies,
        files=_files(reading, given),
        problems=_nothing_left(reading, population),
        passed_over=tuple({"path": one.path, "reason": one.reason} for one in reading.passed_over),
        environments=tuple(_describe_environments(reading, root) for root in roots),
        scope=merge_scopes((*(answer.scope for answer in given), *judged.scopes)),
    )


def _name(reading: Reading, root: Path) -> str:
    """Return what a root's answer is kept under: the root, and its environments."""
    return repr((str(root), [(list(map(str, one.files)), *one[1:]) for one in reading.environments(root)]))


def _describe_environments(reading: Reading, root: Path) -> dict[str, Any]:
    """Return the environments of a root as reports list them: the variable files of each, and their names if any."""
    listed = reading.environments(root)
    titles = [one.title for one in listed if one.title]
    files = [list(map(str, one.files)) for one in listed]
    return {"root": str(root), "var_files": files, **({"names": titles} if titles else {})}


def _judge_roots(
    question: Question, reading: Reading, roots: Sequence[Path], answers: Mapping[Path, Answer | None]
) -> tuple[tuple[PolicySummary, ...], dict[Path, Answer], list[Result], list[Scope]]:
    """Return what is said of the policies, answers about roots, and results and scopes of a plan and an account."""
    from tapeproof.gate.judging import Judging  # noqa: PLC0415 - an answer that is given again needs no evaluator

    judging = Judging(question, reading)
    judged = dict(zip(roots, judging.answers(roots), strict=True))
    source: list[Result] = []
    if question.plan is not None:
        given = [answer for answer in {**answers, **judged}.values() if answer is not None]
        source = [result for answer in given for result in answer.notable]
        source += [result for answer in given for result in unpacked_rows(answer.quiet.content)]
    results = judging.elsewhere(source, tuple(answers))
    return judging.summaries(), judged, results, judging.scopes


def _report_unjudged(reading: Reading) -> list[Result]:
    """Return what is said of files of Terraform that the gate cannot judge."""
    left = [one for one in reading.passed_over if one.unjudged]
    if not left:
        return []
    from tapeproof.gate.engine.runner import judge_unreadable  # noqa: PLC0415 - imports the model, which few of these runs need

    return [
        judge_unreadable(str(Path(one.path).parent), SourceError(one.path, f"the file is {one.reason}")) for one in left
    ]


def _nothing_left(reading: Reading, results: Sequence[Result]) -> tuple[str, ...]:
    """Return the problem that the project's settings leave out everything that could be judged, if they do."""
    excluded = [one.path for one in reading.passed_over if one.excluded]
    if not excluded or any(result.resource for result in results):
        return ()
    shown = ", ".join(excluded[:3]) + (f" and {len(excluded) - 3} more" if len(excluded) > 3 else "")  # noqa: PLR2004
    return (f"nothing is left to judge: the project's settings exclude {shown}; remove them from `exclude`",)


def _files(reading: Reading, answers: Sequence[Answer]) -> Files:
    """Return how many Terraform files there are, and how many could be read."""
    met: set[str] = set().union(*(answer.files for answer in answers))
    read: set[str] = set().union(*(answer.read for answer in answers))
    on_disk = met.union(map(str, reading.list_files))
    for name in on_disk - met:  # of a module that only a root calls which could not be read
        with suppress(SourceError):
            reading.sources.parse_file(Path(name))
            read.add(name)
    return count_files(on_disk, read)


def _on_a_large_stack(work: Callable[[], _Answer]) -> _Answer:
    """Return what ``work`` returns, with room to walk trees far deeper than Python's careful default allows."""
    import threading  # noqa: PLC0415 - an answer that is given again needs no thread

    answers: list[_Answer] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is expected
            faults.append(error)

    run.__code__ = run.__code__.replace(co_stacksize=_ROOM)
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


def _accept(report: Report, question: Question, reading: Reading, files: list[str]) -> Report:
    """Return the report without what was not asked, and with what somebody answers for marked so."""
    asked = leave_out(report, reading.settings)
    protected = reading.protected
    accepted = [question.folder / name for name in (WAIVERS_NAME, BASELINE_NAME)]
    if protected is None and not files and not any(map(os.path.lexists, accepted)):
        return asked
    from tapeproof.gate.acceptance.applying import apply_baseline, apply_waivers  # noqa: PLC0415 - few accept anything

    judged = set(question.policies) or {policy.id for policy in report.policies}
    lines = {file: tuple(reading.sources.text(Path(file)).split("\n")) for file in files}
    waived = apply_waivers(asked, lines, judged, protected, question.folder)
    return apply_baseline(waived, judged, protected, question.folder) if question.accepting else waived
