"""Reading and judging, when no kept answer holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.engine.discovery import is_configuration, roots_of
from tapeproof.gate.engine.errors import CannotJudgeError, GateError, SourceError
from tapeproof.gate.engine.parallel import spread
from tapeproof.gate.engine.policy import catalog
from tapeproof.gate.engine.report import Report, Result
from tapeproof.gate.engine.runner import judge, refused, settled, summaries
from tapeproof.gate.frontends.hcl.calls import local_calls
from tapeproof.gate.frontends.hcl.inputs import Variables
from tapeproof.gate.frontends.hcl.reader import Reader
from tapeproof.gate.merging import count_files, merge_environments
from tapeproof.gate.progress import progress

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.policy import Policy
    from tapeproof.gate.question import Question
    from tapeproof.gate.reading import Reading

__all__ = ["Judging"]

_WORTH_FORKING = 100_000
"""Characters of source, in all environments, from which on judging several at once pays."""

_BATCH = 200
"""How many roots are judged between two steps of the progress bar."""


class _Job(NamedTuple):
    """A root module, and the variable files of one environment."""

    root: Path
    files: tuple[Path, ...]


class _Judged(NamedTuple):
    """What one job gave: results, paths it looked at, files it asked for, files it could read, and their lines."""

    results: list[Result]
    asked: set[Path]
    asked_files: set[Path]
    read: set[Path]
    lines: dict[str, tuple[str, ...]]


class Judging:
    """One run.

    Args:
        question: What is asked.
        reading: The files it is asked about.

    Attributes:
        asked: Every path the answer depends on.

    Raises:
        GateError: There is no such policy, or one cannot be loaded.
    """

    def __init__(self, question: Question, reading: Reading) -> None:
        self.question = question
        self.settings = reading.settings
        self.policies = _chosen(question.policies)
        self.sources = reading.sources
        self.files = reading.files
        self.listed = reading.listed
        self.asked = reading.asked

    def report(self) -> Report:
        """Return the whole answer, before waivers.

        Raises:
            GateError: A plan or account cannot be read.
        """
        results: list[Result] = []
        roots: list[str] = []
        on_disk: set[Path] = set()
        if self.question.source:
            folders = self._roots()
            on_disk |= self.listed
            roots.extend(map(str, folders))
            results.extend(self._of_source(folders))
        results.extend(self._elsewhere(roots, results))
        on_disk |= {path for path in self.sources.asked if is_configuration(path.name)}
        self.asked |= self.sources.asked
        return Report(
            roots=tuple(roots),
            results=tuple(results),
            policies=summaries(self.policies, self.settings.parameters),
            files=count_files(on_disk, self.sources.read),
        )

    def _roots(self) -> list[Path]:
        """Return the root modules."""
        calls = {folder: local_calls(folder, group, self.sources) for folder, group in self.files.items()}
        return roots_of(self.files, calls, [start for start in self.question.roots if start in self.files])

    def _weight(self, root: Path) -> int:
        prefix = f"{root}{os.sep}"
        return sum(len(line) for file, lines in self.sources.lines.items() if file.startswith(prefix) for line in lines)

    def _of_source(self, folders: list[Path]) -> list[Result]:
        """Return the results of every root in every environment."""
        jobs = [_Job(folder, files) for folder in folders for files in self._environments(folder)]
        answers: list[_Judged] = []
        with progress("judging", len(jobs)) as done:
            for start in range(0, len(jobs), _BATCH):
                batch = jobs[start : start + _BATCH]
                answers += spread(batch, self._judged, lambda job: self._weight(job.root), _WORTH_FORKING)
                done(len(batch))
        by_root: dict[Path, dict[str, list[Result]]] = {}
        for job, answer in zip(jobs, answers, strict=True):
            by_root.setdefault(job.root, {})[", ".join(map(str, job.files))] = answer.results
            self.asked |= answer.asked
            self.sources.read |= answer.read
            self.sources.asked |= answer.asked_files
            self.sources.lines.update(answer.lines)
        return [result for environments in by_root.values() for result in merge_environments(environments)]

    def _judged(self, job: _Job) -> _Judged:
        before = set(self.sources.lines)
        reader = Reader(self.sources)
        results = self._in_environment(reader, job.root, job.files)
        lines = {file: self.sources.lines[file] for file in self.sources.lines.keys() - before}
        return _Judged(results, reader.asked, self.sources.asked, self.sources.read, lines)

    def _environments(self, root: Path) -> tuple[tuple[Path, ...], ...]:
        return (self.question.var_files,) if self.question.var_files else self.settings.environments_of(root)

    def _in_environment(self, reader: Reader, root: Path, files: tuple[Path, ...]) -> list[Result]:
        try:
            stack = reader.read(root, Variables(files, dict(self.question.variables)))
        except SourceError as error:
            return [refused(str(root), error, self._line(error))]
        except GateError as error:
            return [refused(str(root), SourceError(str(root), error.diagnostics()))]
        except RecursionError:
            return [refused(str(root), SourceError(str(root), "holds something that is nested too deeply"))]
        return judge(stack, self.policies, self.settings.parameters)

    def _line(self, error: SourceError) -> str:
        lines = self.sources.lines.get(error.file, ())
        return lines[error.line - 1] if 0 < error.line <= len(lines) else ""

    def _elsewhere(self, roots: list[str], source: list[Result]) -> list[Result]:
        """Return the results of a plan and of the account; what a plan cannot know, its source may have settled."""
        results: list[Result] = []
        if self.question.plan is not None:
            from tapeproof.gate.frontends.plan.reader import read as read_plan  # noqa: PLC0415 - only where one is named

            self.asked.add(self.question.plan)
            stack = read_plan(self.question.plan)
            roots.append(stack.root)
            results.extend(settled(judge(stack, self.policies, self.settings.parameters), source))
        if self.question.live:
            from tapeproof.gate.frontends.live.reader import read as read_account  # noqa: PLC0415 - imports the AWS SDK

            stack = read_account(region=self.question.region, suffix=self.question.suffix)
            roots.append(stack.root)
            results.extend(judge(stack, self.policies, self.settings.parameters))
        return results


def _chosen(ids: tuple[str, ...]) -> tuple[Policy, ...]:
    policies = catalog()
    known = {policy.id for policy in policies}
    unknown = [identifier for identifier in ids if identifier not in known]
    if unknown:
        raise CannotJudgeError(f"there is no policy {unknown[0]}; `tapeproof gate list` names all of them")
    chosen = tuple(policy for policy in policies if not ids or policy.id in ids)
    for policy in chosen:
        policy.judge  # noqa: B018 - loads the rule once, before processes are forked
    return chosen
