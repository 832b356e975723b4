"""Rules that come from another catalogue: each answers in a process of its own, which is ended where it takes too much.

What such a rule changes in the gate's own memory is gone with its process, so the verdicts of others stand whatever
it does; where it does not answer, that is UNKNOWN and names it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tapeproof.gate.engine.errors import CatalogError
from tapeproof.gate.engine.model import Finding, Span, Verdict
from tapeproof.gate.engine.parallel import Limits, spread
from tapeproof.gate.engine.record import list_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tapeproof.gate.engine.policy import Policy

__all__ = ["MEMORY", "SECONDS", "find_apart"]

SECONDS = 30.0
"""How long the rules of other catalogues may take on one root module."""
MEMORY = 512 * 1024**2
"""Bytes that each of them may take."""
_TYPES = {"verdict": Verdict, "span": Span, "warning": bool, "hides": bool}


def find_apart(
    policies: Sequence[Policy], find: Callable[[Policy], Iterable[Finding]], seconds: float | None = None
) -> dict[str, list[Finding]]:
    """Return what some policies find, by their ids.

    Args:
        policies: Policies of other catalogues.
        find: Asks one of them; it catches what a rule raises.
        seconds: How long all of them may take, when it is not the usual time.
    """

    def ask(policy: Policy) -> list[Finding]:
        try:
            findings = list(find(policy))
        except CatalogError as error:  # raised here, it would be asked again outside of this process
            return [Finding(Verdict.UNKNOWN, str(error))]
        if not all(map(_is_whole, findings)):
            return [Finding(Verdict.UNKNOWN, f"the rule of {policy.id} answers with something else than findings")]
        return findings

    def report_unanswered(policy: Policy, why: str) -> list[Finding]:
        return [Finding(Verdict.UNKNOWN, f"the rule of {policy.id} did not answer: it {why}")]

    limits = Limits(time.monotonic() + (seconds or SECONDS), MEMORY)
    answers = spread(policies, ask, lambda _policy: 1, limits, report_unanswered) if policies else []
    return {policy.id: found for policy, found in zip(policies, answers, strict=True)}


def _is_whole(finding: object) -> bool:
    """Return whether something is a finding with members of the right types, which reports rely on."""
    return type(finding) is Finding and all(
        isinstance(getattr(finding, name), _TYPES.get(name, str)) for name in list_fields(Finding)
    )
