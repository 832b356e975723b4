"""Judging root modules, a plan and an account, when no kept answer holds."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tapeproof.gate.ahead import length_of, read_ahead
from tapeproof.gate.engine.errors import CannotJudgeError, CatalogError, GateError, SourceError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.parallel import Limits, spread
from tapeproof.gate.engine.placing import place
from tapeproof.gate.engine.policy import CATALOG, catalog
from tapeproof.gate.engine.population import handed_over, pack, taken_over
from tapeproof.gate.engine.runner import judge, judge_unreadable, settle_plan, summaries
from tapeproof.gate.engine.scope import list_scope, merge_scopes
from tapeproof.gate.frontends.hcl.inputs import Variables
from tapeproof.gate.frontends.hcl.reader import Reader
from tapeproof.gate.kept import Answer
from tapeproof.gate.merging import merge_environments
from tapeproof.gate.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tapeproof.gate.engine.documents import Documents
    from tapeproof.gate.engine.environment import Environment
    from tapeproof.gate.engine.model import Stack
    from tapeproof.gate.engine.placing import Placed
    from tapeproof.gate.engine.policy import Policy
    from tapeproof.gate.engine.report import PolicySummary, Result
    from tapeproof.gate.engine.scope import Scope
    from tapeproof.gate.engine.settings import Settings
    from tapeproof.gate.question import Question
    from tapeproof.gate.reading import Reading

__all__ = ["Judging"]

MEMORY = 2 * 1024**3
"""Bytes that judging may take in each process."""
_BATCH = 200
"""How many roots are judged between two steps of the progress bar."""


class _Job(NamedTuple):
    """A root module, and one of its environments."""

    root: Path
    environment: Environment


class Judging:
    """Judges by some policies.

    Args:
        question: What is asked.
        reading: The files it is asked about.

    Attributes:
        scopes: What was judged elsewhere by which policies, for each plan and account.

    Raises:
        GateError: There is no such policy, or one cannot be loaded.
    """

    def __init__(self, question: Question, reading: Reading) -> None:
        self.question = question
        self.reading = reading
        self.parameters = reading.settings.parameters
        self.overrides = reading.settings.overrides
        self.policies = _select_policies(question, reading.documents)
        _check_parameters(self.policies, reading.settings)
        self.sources = reading.sources
        self.scopes: list[Scope] = []
        self._judged_last: Path | None = None

    def summaries(self) -> tuple[PolicySummary, ...]:
        """Return what outputs say of the policies."""
        return summaries(self.policies, self.parameters)

    def answers(self, roots: Sequence[Path]) -> list[Answer]:
        """Return what judging each root in each of its environments gives."""
        jobs = [_Job(root, one) for root in roots for one in self.reading.environments(root)]
        if len(jobs) > len(roots):
            read_ahead(self.sources, self.reading.list_files, self.reading.deadline)
        given: list[Answer] = []
        limits = Limits(self.reading.deadline, MEMORY)
        with progress("judging", len(jobs)) as done:
            for start in range(0, len(jobs), _BATCH):
                batch = jobs[start : start + _BATCH]
                given += self._judge_batch(batch, limits)
                done(len(batch))
        by_root: dict[Path, dict[str, Answer]] = {}
        for job, answer in zip(jobs, given, strict=True):
            by_root.setdefault(job.root, {})[job.environment.name] = answer
        return [_merge_answers(str(root), by_root[root]) for root in roots]

    def _judge_batch(self, batch: list[_Job], limits: Limits) -> list[Answer]:
        if self.question.drafts is not None:  # an editor's server has threads, and must not be forked
            return [self._judge_root(job) for job in batch]
        return spread(batch, self._judge_root, lambda job: self._weight(job.root), limits, _answer_unjudged)

    def elsewhere(self, source: Sequence[Result], roots: Sequence[Path]) -> list[Result]:
        """Return the results of a plan and of the account; what a plan cannot know, its source may have settled.

        Args:
            source: The results of the root modules that are judged beside them.
            roots: Those root modules.

        Raises:
            GateError: A plan or account cannot be read.
        """
        results: list[Result] = []
        if self.question.plan is not None:
            from tapeproof.gate.frontends.plan.reader import read as read_plan  # noqa: PLC0415 - only where one is named

            stack = read_plan(self.question.plan)
            placed = self._place_planned(stack, roots)
            results.extend(settle_plan(self._judge_elsewhere(stack, placed), source))
        if self.question.live:
            from tapeproof.gate.frontends.live.reader import read as read_account  # noqa: PLC0415 - imports the AWS SDK

            asked = self.question
            stack = read_account(region=asked.region, suffix=asked.suffix, account=asked.account)
            results.extend(self._judge_elsewhere(stack, place(stack, self.overrides)))
        return results

    def _judge_elsewhere(self, stack: Stack, placed: Placed) -> list[Result]:
        results = judge(stack, self.policies, self.parameters, placed)
        self.scopes.append(list_scope(stack, results))
        return results

    def _place_planned(self, plan: Stack, roots: Sequence[Path]) -> Placed:
        """Return the overrides for a plan: where one root module is judged beside it, that is whose plan it is."""
        placed = place(plan, self.overrides)
        if not self.overrides or len(roots) != 1:
            return placed
        (root,) = roots
        files = dict(placed.files)
        for environment in self.reading.environments(root):
            with suppress(GateError, RecursionError):
                files |= place(self._read(Reader(self.sources), root, environment), self.overrides).files
        return placed._replace(roots=(*placed.roots, str(root)), files=files)

    def _weight(self, root: Path) -> int:
        return sum(length_of(self.sources, path) for path in self.reading.files.get(root, ()))

    def _judge_root(self, job: _Job) -> Answer:
        if job.root != self._judged_last:  # its other environments have the same constants
            self.sources.constants.clear()
            self._judged_last = job.root
        reader = Reader(self.sources)
        merged = len(self.reading.environments(job.root)) > 1
        results, scope = self._in_environment(reader, job.root, job.environment)
        notable, quiet = pack(str(job.root), results, handed_over if merged else None)
        return Answer(
            notable,
            quiet,
            {str(path): state for path, state in reader.states.items()},
            frozenset(map(str, reader.files)),
            frozenset(map(str, reader.files & self.sources.read)),
            frozenset(str(path) for path in self._list_terraform_files(reader) if self.reading.is_waiving(path)),
            scope,
        )

    def _list_terraform_files(self, reader: Reader) -> set[Path]:
        """Return the files of Terraform's that a reader read: its modules' and those with values for variables."""
        return self.sources.states.keys() & reader.states.keys()

    def _in_environment(self, reader: Reader, root: Path, environment: Environment) -> tuple[list[Result], Scope]:
        try:
            stack = self._read(reader, root, environment)
        except SourceError as error:
            return [judge_unreadable(str(root), error, self._line(error))], ()
        except GateError as error:
            return [judge_unreadable(str(root), SourceError(str(root), error.diagnostics()))], ()
        except RecursionError:
            return [judge_unreadable(str(root), SourceError(str(root), "something in it is nested too deeply"))], ()
        results = judge(stack, self.policies, self.parameters, place(stack, self.overrides))
        return results, list_scope(stack, results)

    def _read(self, reader: Reader, root: Path, environment: Environment) -> Stack:
        variables = Variables(environment.files, dict(self.question.variables))
        return reader.read(root, variables, environment.workspace, environment.data)

    def _line(self, error: SourceError) -> str:
        lines = self.sources.lines.get(error.file, ())
        return lines[error.line - 1] if 0 < error.line <= len(lines) else ""


def _answer_unjudged(job: _Job, why: str) -> Answer:
    """Return the answer about a root that could not be judged within the limits; it is not kept."""
    result = judge_unreadable(str(job.root), SourceError(str(job.root), f"the root was not judged: it {why}"))
    notable, quiet = pack(str(job.root), [result])
    return Answer(notable, quiet, {str(job.root): "not judged"}, frozenset(), frozenset(), frozenset())


def _merge_answers(root: str, environments: dict[str, Answer]) -> Answer:
    """Return one answer about a root module in all its environments."""
    first, *others = environments.values()
    if not others:
        return first
    results = {name: [*answer.notable, *taken_over(answer.quiet)] for name, answer in environments.items()}
    notable, quiet = pack(root, merge_environments(results))
    return Answer(
        notable,
        quiet,
        {path: state for answer in environments.values() for path, state in answer.states.items()},
        first.files.union(*(answer.files for answer in others)),
        first.read.union(*(answer.read for answer in others)),
        first.waiving.union(*(answer.waiving for answer in others)),
        merge_scopes((answer.scope for answer in environments.values()), same=True),
    )


def _check_parameters(policies: Sequence[Policy], settings: Settings) -> None:
    """Refuse parameters that a policy does not have, whether or not anything is judged with them now."""
    own = settings.parameters
    for policy in policies:
        listed = [one.parameters for one in settings.overrides if one.policy == policy.id]
        try:
            for given in ({}, *listed):
                policy.settings({**own.get(policy.id, {}), **given})
        except CatalogError as error:
            raise CannotJudgeError(f"{settings.file}: {error}") from error


def _select_policies(question: Question, documents: Documents) -> tuple[Policy, ...]:
    ids, folders = question.policies, [folder for folder, _ in question.catalogs]
    policies = catalog((CATALOG, *folders), documents)
    known = {policy.id for policy in policies}
    unknown = [identifier for identifier in ids if identifier not in known]
    if unknown:
        raise CannotJudgeError(f"there is no policy {unknown[0]}; `tapeproof gate list` names all of them")
    chosen = tuple(policy for policy in policies if not ids or policy.id in ids)
    for policy in chosen:
        if not policy.foreign:
            policy.judge  # noqa: B018 - loads the rule once, before processes are forked
    return chosen
