"""What can go wrong when a report is made."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["PrintingError"]


class PrintingError(TapeproofError):
    """A browser did not print.

    Args:
        what: What happened.
        why: Why, when it is known.
    """

    exit_status = 5

    def __init__(self, what: str, *, why: str = "") -> None:
        super().__init__(
            what, why=why, fix="name another browser in TAPEPROOF_BROWSER, or leave the PDF out with --no-pdf"
        )
