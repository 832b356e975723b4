"""What a rule says about a resource, before the engine adds the policy and the root to it."""

from __future__ import annotations

from tapeproof.gate.engine.model.span import NOWHERE, Span
from tapeproof.gate.engine.record import record
from tapeproof.gate.engine.verdict import Verdict

__all__ = ["Finding", "Verdict"]


@record(frozen=True)
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
        hides: Whether what stands at the place is a secret, so that no output may show it.
    """

    verdict: Verdict
    message: str = ""
    resource: str = ""
    span: Span = NOWHERE
    fix: str = ""
    expected: str = ""
    observed: str = ""
    warning: bool = False
    hides: bool = False
