"""What can go wrong when a bundle is written."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["COLLECT_ANEW", "BundleError", "FolderHeldError", "KeyFileError", "SigningRefusedError"]

COLLECT_ANEW = "collect anew; evidence that was changed by hand or damaged proves nothing"


class BundleError(TapeproofError):
    """A bundle could not be written."""

    exit_status = 5


class FolderHeldError(BundleError):
    """Another process is writing into the folder."""

    exit_status = 75
    """``EX_TEMPFAIL`` of sysexits.h: the same command works later."""


class KeyFileError(BundleError):
    """A key file cannot be used."""


class SigningRefusedError(BundleError):
    """No valid signature was made."""
