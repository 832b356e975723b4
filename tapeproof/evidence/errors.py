"""What can go wrong when evidence is collected, said to people."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = [
    "EXIT_FINDINGS",
    "EXIT_INCOMPLETE",
    "EXIT_UNUSABLE",
    "FAILED",
    "NOT_GIVEN",
    "CollectionError",
    "EvidenceError",
    "NotGivenError",
    "RiskError",
]

EXIT_FINDINGS = 1
"""The evidence shows something that is not as it must be."""
EXIT_INCOMPLETE = 2
"""Something that was named could not be collected; the report says what is missing."""
EXIT_UNUSABLE = 5
"""The input cannot be used."""
FAILED = "failed"
"""Code of a failure of what was named."""
NOT_GIVEN = "not-given"
"""Code of a failure for want of a source: nobody named one."""


class EvidenceError(TapeproofError):
    """Evidence cannot be collected, reported or verified."""

    exit_status = EXIT_UNUSABLE
    code = FAILED


class CollectionError(EvidenceError):
    """Evidence could not be collected."""


class NotGivenError(CollectionError):
    """Nobody named what would be collected; what was named and is lacking is another matter.

    Args:
        what: The evidence.
        fix: The way out.
    """

    code = NOT_GIVEN

    def __init__(self, what: str, *, fix: str) -> None:
        super().__init__(f"no {what} was given", fix=fix)


class RiskError(EvidenceError):
    """A risk acceptance is not complete."""
