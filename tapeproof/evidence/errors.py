"""What can go wrong when evidence is collected, said to people."""

from __future__ import annotations

from tapeproof.log.errors import printable_lines

__all__ = [
    "EXIT_FINDINGS",
    "EXIT_INCOMPLETE",
    "EXIT_UNUSABLE",
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


class EvidenceError(Exception):
    """An error made for people.

    Args:
        what: What happened.
        why: Why, when it is known.
        fix: The way out.
    """

    exit_status = EXIT_UNUSABLE

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.fix = what, why, fix

    def diagnostics(self) -> str:
        """Return the message, one line each for what, why and the way out."""
        lines = [self.what, self.why and f"  why: {self.why}", self.fix and f"  fix: {self.fix}"]
        return printable_lines("\n".join(line for line in lines if line))


class CollectionError(EvidenceError):
    """Evidence could not be collected."""


class NotGivenError(CollectionError):
    """Nobody named what would be collected; what was named and is lacking is another matter.

    Args:
        what: The evidence.
        fix: The way out.
    """

    END = "was given"

    def __init__(self, what: str, *, fix: str) -> None:
        super().__init__(f"no {what} {self.END}", fix=fix)

    @classmethod
    def is_told_by(cls, failure: str) -> bool:
        """Return whether an item's failure is of this kind."""
        return failure.split("\n", maxsplit=1)[0].endswith(cls.END)


class RiskError(EvidenceError):
    """A risk acceptance is not complete."""
