"""What a rule says about a resource, before the engine adds the policy and the root to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policies.engine.model.span import NOWHERE, Span

__all__ = ["Finding", "Verdict"]


class Verdict(StrEnum):
    """The answers of the gate. Only PASS and WAIVED let a change through."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer about one resource.

    Attributes:
        verdict: PASS, FAIL or UNKNOWN; rules never say WAIVED.
        message: What is wrong, as a sentence without a full stop; for UNKNOWN, why it cannot be told.
        resource: Address of the resource, or of the block when it is none (``provider.aws``); empty for the root.
        span: The offending value, or the header of what it is missing from.
        fix: What to write instead, short; the policy's remediation says the rest.
        expected: What would pass, for evidence.
        observed: What was found, for evidence; ``(sensitive)`` hides it.
        warning: Whether a PASS carries a message that people must see.
    """

    verdict: Verdict
    message: str = ""
    resource: str = ""
    span: Span = NOWHERE
    fix: str = ""
    expected: str = ""
    observed: str = ""
    warning: bool = False
