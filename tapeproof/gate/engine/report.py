"""The gate's answer as plain data: what outputs print, caches keep and evidence quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from tapeproof.gate.engine.record import field, list_fields, members, record, replace
from tapeproof.gate.engine.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "EXIT_FINDINGS",
    "EXIT_PASS",
    "EXIT_UNKNOWN",
    "FORMAT_VERSION",
    "GATE_POLICY",
    "Files",
    "PolicySummary",
    "Report",
    "Result",
]

FORMAT_VERSION = 1
"""Version of the JSON form; it changes when a field changes its meaning."""
GATE_POLICY = "TP_GATE"
"""The id under which the gate speaks of itself."""
_Record = TypeVar("_Record")
EXIT_PASS, EXIT_FINDINGS, EXIT_UNKNOWN = 0, 1, 2
_SEVERITIES = ("low", "medium", "high", "critical")


@record(kw_only=True)
class Result:
    """One verdict of one policy on one resource.

    Attributes:
        root: The root module as the user named it.
        policy: ``TP_LOG_1``; ``TP_GATE`` for what the gate says about itself (a module it could not read, a rule that
            raised).
        severity: ``low`` to ``critical``.
        verdict: ``pass``, ``fail``, ``unknown`` or ``waived``.
        resource: Address; empty for the root as a whole.
        file: Path as the user would type it; empty without a place.
        line: From 1; 0 without a place.
        column: From 1; 0 without a place.
        end_line: Line of the first character after the offending value.
        end_column: Column of the first character after it.
        message: What is wrong, or why it cannot be told.
        fix: What to write instead.
        expected: What would pass.
        observed: What was found.
        front_end: ``hcl``, ``plan``, ``live`` or ``checkov``.
        warning: Whether a PASS must be shown all the same.
        source_line: The line, for the caret under it; of a long line what is around the value.
        source_column: The column at which that begins.
        waiver: Reason, owner and expiry when the verdict is ``waived``.
    """

    root: str
    policy: str
    severity: str
    verdict: str
    resource: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    message: str = ""
    fix: str = ""
    expected: str = ""
    observed: str = ""
    front_end: str = "hcl"
    warning: bool = False
    source_line: str = ""
    source_column: int = 1
    waiver: Mapping[str, str] | None = None


_RESULT_FIELDS = list_fields(Result)


@record(kw_only=True)
class PolicySummary:
    """What outputs say of a policy, so that they need not load it."""

    id: str
    title: str
    severity: str
    rationale: str
    remediation: str
    snippet: str
    controls: tuple[Mapping[str, str], ...] = ()
    decidable_at: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)


@record(kw_only=True)
class Files:
    """How many Terraform files were found, and how many were read; the gate does not pass when they differ."""

    on_disk: int = 0
    read: int = 0


@record(kw_only=True)
class Report:
    """Everything one run of the gate has to say.

    Attributes:
        roots: What was judged.
        results: Every verdict, passes included: a tuple, or a population in which most passes are still packed.
        policies: What it was judged by.
        files: What was read.
        waivers: Every waiver met, as the waivers module describes them.
        problems: What kept the gate from judging, as messages; any of them makes the exit status 2.
        not_asked: Policies that the project left out or switched off: where, why, and how many verdicts that hides.
        overrides: Parameters that were other than usual for some paths: where, why, and what they usually are.
        fail_on: The least severity that the exit status counts.
        strict: Whether a pass that carries a warning counts as a finding.
        passed_over: What is of Terraform and was not read, as ``path`` and ``reason``.
        scope: What was judged by which policies, and what is outside of them, as the scope module describes it.
        environments: For each root module from source, the variable files of each environment it was judged in.
        version: Version of the form.
    """

    roots: tuple[str, ...]
    results: Sequence[Result]
    policies: tuple[PolicySummary, ...]
    files: Files = field(default_factory=Files)
    waivers: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[str, ...] = ()
    not_asked: tuple[Mapping[str, Any], ...] = ()
    overrides: tuple[Mapping[str, Any], ...] = ()
    fail_on: str = "low"
    strict: bool = False
    passed_over: tuple[Mapping[str, str], ...] = ()
    scope: tuple[Mapping[str, Any], ...] = ()
    environments: tuple[Mapping[str, Any], ...] = ()
    version: int = FORMAT_VERSION

    @property
    def counts(self) -> dict[str, int]:
        """How many results have each verdict, and how many passes carry a warning."""
        counts = {verdict.value: 0 for verdict in Verdict}
        notable = self.notable
        counts[Verdict.PASS.value] = len(self.results) - len(notable)
        for result in notable:
            counts[result.verdict] += 1
        counts["warning"] = sum(result.warning for result in notable)
        return counts

    @property
    def notable(self) -> tuple[Result, ...]:
        """All results but the passes that nobody needs to be shown."""
        apart: tuple[Result, ...] | None = getattr(self.results, "notable", None)
        if apart is not None:
            return apart
        return tuple(result for result in self.results if result.verdict != Verdict.PASS or result.warning)

    def with_notable(self, notable: Sequence[Result]) -> Report:
        """Return the report with other results beside the passes that nobody needs to be shown."""
        apart = getattr(self.results, "with_notable", None)
        if apart is not None:
            return replace(self, results=apart(notable))
        quiet = (result for result in self.results if result.verdict == Verdict.PASS and not result.warning)
        return replace(self, results=(*notable, *quiet))

    @property
    def exit_status(self) -> int:
        """0 when all pass, 2 when something could not be judged, 1 when all could be judged and something failed."""
        least = _SEVERITIES.index(self.fail_on)
        counting = [
            result
            for result in self.notable
            if result.policy == GATE_POLICY or _SEVERITIES.index(result.severity) >= least
        ]
        verdicts = {result.verdict for result in counting}
        if Verdict.UNKNOWN in verdicts or self.problems or self.files.on_disk != self.files.read:
            return EXIT_UNKNOWN
        warned = self.strict and any(result.warning for result in counting)
        return EXIT_FINDINGS if warned or Verdict.FAIL in verdicts else EXIT_PASS

    def as_data(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "version": self.version,
            "roots": list(self.roots),
            "counts": self.counts,
            "files": members(self.files),
            "policies": [members(policy) for policy in self.policies],
            "waivers": [dict(waiver) for waiver in self.waivers],
            "problems": list(self.problems),
            "not_asked": [dict(row) for row in self.not_asked],
            "overrides": [dict(row) for row in self.overrides],
            "fail_on": self.fail_on,
            "strict": self.strict,
            "passed_over": [dict(one) for one in self.passed_over],
            "scope": [dict(row) for row in self.scope],
            "environments": [dict(one) for one in self.environments],
            "results": [{name: getattr(result, name) for name in _RESULT_FIELDS} for result in self.results],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Report:
        """Return the report of its JSON form."""
        return cls(
            roots=tuple(data["roots"]),
            results=_each(Result, data["results"]),
            policies=_each(PolicySummary, data["policies"]),
            files=Files(**data["files"]),
            waivers=tuple(data["waivers"]),
            problems=tuple(data["problems"]),
            not_asked=tuple(data["not_asked"]),
            overrides=tuple(data["overrides"]),
            fail_on=data["fail_on"],
            strict=data["strict"],
            passed_over=tuple(data["passed_over"]),
            scope=tuple(data["scope"]),
            environments=tuple(data["environments"]),
            version=data["version"],
        )


def _each(record: type[_Record], rows: Iterable[Mapping[str, Any]]) -> tuple[_Record, ...]:
    return tuple(
        record(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
        for row in rows
    )
