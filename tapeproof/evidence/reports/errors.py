"""What can go wrong when a report is made."""

from __future__ import annotations

__all__ = ["PrintingError"]


class PrintingError(Exception):
    """A browser did not print.

    Args:
        what: What happened.
        why: Why, when it is known.
    """

    exit_status = 5

    def __init__(self, what: str, *, why: str = "") -> None:
        super().__init__(what)
        self.what, self.why = what, why

    def diagnostics(self) -> str:
        """Return the message and the way out."""
        why = f"\n  why: {self.why}" if self.why else ""
        return f"{self.what}{why}\n  fix: name another browser in TAPEPROOF_BROWSER, or leave the PDF out with --no-pdf"
