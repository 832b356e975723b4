"""What can go wrong when an account is asked, said to people."""

from __future__ import annotations

from typing import Final

__all__ = ["AccountError"]

EXIT_UNUSABLE: Final = 5
"""The account cannot be used, as other input that cannot."""


class AccountError(Exception):
    """An account could not be asked, or did not answer.

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
        return "\n".join(line for line in lines if line)
