"""What can go wrong when a bundle is written."""

from __future__ import annotations

from tapeproof.log.errors import printable_lines

__all__ = ["COLLECT_ANEW", "BundleError", "FolderHeldError", "KeyFileError", "SigningRefusedError"]

COLLECT_ANEW = "collect anew; evidence that was changed by hand or damaged proves nothing"


class BundleError(Exception):
    """A bundle could not be written.

    Args:
        what: What happened.
        why: Why, when it is known.
        fix: The way out.
    """

    exit_status = 5

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.fix = what, why, fix

    def diagnostics(self) -> str:
        """Return the message, one line each for what, why and the way out."""
        lines = [self.what, self.why and f"  why: {self.why}", self.fix and f"  fix: {self.fix}"]
        return printable_lines("\n".join(line for line in lines if line))


class FolderHeldError(BundleError):
    """Another process is writing into the folder."""

    exit_status = 75
    """``EX_TEMPFAIL`` of sysexits.h: the same command works later."""


class KeyFileError(BundleError):
    """A key file cannot be used."""


class SigningRefusedError(BundleError):
    """No valid signature was made."""
