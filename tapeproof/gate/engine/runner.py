"""Judges a model by policies. A rule that fails to answer is a verdict of its own, never a pass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.errors import CatalogError, GateError
from tapeproof.gate.engine.excerpt import cut_line
from tapeproof.gate.engine.foreign import find_apart
from tapeproof.gate.engine.hiding import without_secrets
from tapeproof.gate.engine.model import Finding, Stack, Undecided, Verdict
from tapeproof.gate.engine.placing import Placed, find_placed
from tapeproof.gate.engine.record import replace
from tapeproof.gate.engine.report import GATE_POLICY, PolicySummary, Result
from tapeproof.gate.engine.unclassified import find_unclassified
from tapeproof.gate.secrets.masking import mask_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tapeproof.gate.engine.errors import SourceError
    from tapeproof.gate.engine.model import Span
    from tapeproof.gate.engine.policy import Policy

__all__ = ["find", "judge", "judge_unreadable", "settle_plan", "summaries"]

_STAGES = {"hcl": "source", "checkov": "source", "plan": "plan", "live": "live"}
_SEVERITY = "high"
_NOWHERE = Placed()


def judge(
    stack: Stack,
    policies: Iterable[Policy],
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    placed: Placed = _NOWHERE,
) -> list[Result]:
    """Return every verdict of some policies on a model, passes included.

    Args:
        stack: The model.
        policies: What to judge by; those that cannot decide at this front end's stage are left out.
        parameters: A project's own parameters, by policy.
        placed: Its parameters for some paths only.

    Raises:
        CatalogError: A rule does not load, or a parameter does not exist.
    """
    results = [_unread(stack, unknown.why, unknown.span) for unknown in (*stack.unread, *find_unclassified(stack))]
    secrets: list[Span] = []
    stage = _STAGES[stack.front_end]
    asked = [policy for policy in policies if stage in policy.decidable_at]

    def find_all(policy: Policy) -> Iterator[Finding]:
        own = (parameters or {}).get(policy.id)
        return find_placed(policy, own, placed, lambda settings: find(stack, policy, settings))

    apart = find_apart([policy for policy in asked if policy.foreign], find_all)
    for policy in asked:
        findings = apart[policy.id] if policy.foreign else list(find_all(policy))
        secrets.extend(finding.span for finding in findings if finding.hides)
        severity = str(policy.severity)
        results.extend(_result(stack, policy.id, severity, finding) for finding in _drop_repeated(findings))
    return without_secrets(results, secrets, stack)


def _drop_repeated(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings without those that say of one place what another has said: a rule may get there in two ways."""
    told: set[tuple[Verdict, str, Span, str]] = set()
    for finding in findings:
        key = (finding.verdict, finding.resource, finding.span, finding.message)
        if finding.verdict is Verdict.PASS or key not in told:
            told.add(key)
            yield finding


def find(stack: Stack, policy: Policy, settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what a policy finds on a model; whatever its rule raises is an answer too.

    Args:
        stack: The model.
        policy: The policy.
        settings: Its parameters.

    Raises:
        CatalogError: Its rule does not load.
    """
    try:
        yield from policy.judge(stack, settings)
    except CatalogError:
        raise
    except Undecided as undecided:
        yield Finding(Verdict.UNKNOWN, undecided.why, span=undecided.value.span)
    except GateError as error:  # it says itself what is wrong
        yield Finding(Verdict.UNKNOWN, str(error))
    except Exception as error:  # noqa: BLE001 - whatever a rule raises, it has not answered, and that must be seen
        yield Finding(
            Verdict.UNKNOWN, f"the rule of {policy.id} raised {type(error).__name__}: {error} ({_where(error)})"
        )


def _where(error: Exception) -> str:
    import traceback  # noqa: PLC0415 - hardly a run needs it

    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"


def _result(stack: Stack, policy: str, severity: str, finding: Finding) -> Result:
    quiet = finding.verdict is Verdict.PASS and not finding.warning
    span = finding.span
    return Result(
        root=stack.root,
        policy=policy,
        severity=severity,
        verdict=finding.verdict.value,
        resource=finding.resource,
        file=span.file,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        message=finding.message,
        fix=finding.fix,
        expected=finding.expected,
        observed=finding.observed,
        front_end=stack.front_end,
        warning=finding.warning,
        source_line="" if quiet else stack.line(span),
    )


def _unread(stack: Stack, why: str, span: Span) -> Result:
    return Result(
        root=stack.root,
        policy=GATE_POLICY,
        severity=_SEVERITY,
        verdict=Verdict.UNKNOWN.value,
        file=span.file,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        message=why,
        front_end=stack.front_end,
        source_line=stack.line(span),
    )


def settle_plan(plan: Iterable[Result], source: Iterable[Result]) -> list[Result]:
    """Return a plan's verdicts with what only exists after apply settled by the same root's source.

    A plan does not know a policy that names a resource which is yet to be created. Where the source of the same run
    has decided about the same resource, its verdict stands; a FAIL of the plan is never taken back.
    """
    decided: dict[tuple[str, str], set[str]] = {}
    for result in source:
        decided.setdefault((result.policy, result.resource), set()).add(result.verdict)
    listed = []
    for result in plan:
        verdicts = decided.get((result.policy, result.resource), set())
        if result.verdict == Verdict.UNKNOWN and verdicts and verdicts <= {Verdict.PASS, Verdict.FAIL}:
            verdict = Verdict.FAIL if Verdict.FAIL in verdicts else Verdict.PASS
            listed.append(replace(result, verdict=verdict.value, message=f"decided at source: {result.message}"))
        else:
            listed.append(result)
    return listed


def judge_unreadable(root: str, error: SourceError, source_line: str = "", front_end: str = "hcl") -> Result:
    """Return the verdict on a root module of which a file cannot be read."""
    shown, begins = cut_line(mask_secrets(source_line), error.column)
    return Result(
        root=root,
        policy=GATE_POLICY,
        severity=_SEVERITY,
        verdict=Verdict.UNKNOWN.value,
        file=error.file,
        line=error.line,
        column=error.column,
        end_line=error.line,
        end_column=error.column + 1 if error.column else 0,
        message=error.reason,
        front_end=front_end,
        source_line=shown,
        source_column=begins,
    )


def summaries(policies: Sequence[Policy], parameters: Mapping[str, Mapping[str, Any]]) -> tuple[PolicySummary, ...]:
    """Return what outputs say of the policies."""
    return tuple(
        PolicySummary(
            id=policy.id,
            title=policy.title,
            severity=str(policy.severity),
            rationale=policy.rationale,
            remediation=policy.remediation.text,
            snippet=policy.remediation.snippet,
            controls=tuple(
                {
                    "framework": control.framework,
                    "id": control.id,
                    "relation": control.relation,
                    "rationale": control.rationale,
                }
                for control in policy.controls
            ),
            decidable_at=policy.decidable_at,
            supersedes=policy.supersedes,
            parameters=policy.settings(parameters.get(policy.id)),
        )
        for policy in policies
    )
