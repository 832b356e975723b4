"""What the verifier says: findings with a code, a place and a sentence, and the error that stops it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "EXIT_TAMPERED",
    "EXIT_UNANCHORED",
    "EXIT_UNMET",
    "EXIT_UNPRINTED",
    "EXIT_UNUSABLE",
    "EXIT_VERIFIED",
    "NO_BUNDLE",
    "UNEXPECTED",
    "Finding",
    "Unusable",
    "refuse_shape",
]

EXIT_VERIFIED = 0
"""Everything was checked and the signer is the one that was named."""
EXIT_TAMPERED = 1
"""At least one check failed; each failure is named."""
EXIT_UNANCHORED = 3
"""The bundle agrees with itself, but nothing from outside it says who made it."""
EXIT_UNMET = 4
"""The bundle agrees with itself, but is not what the reader or the release expects."""
EXIT_UNUSABLE = 5
"""The input is not a bundle that can be read safely."""
EXIT_UNPRINTED = 74
"""The result could not be printed (``EX_IOERR`` of sysexits.h)."""
NO_BUNDLE = {"NOT_A_BUNDLE", "UNREADABLE", "OTHER_VERSION"}
"""Codes of findings after which nothing can be said about a bundle."""
UNEXPECTED = (KeyError, TypeError, AttributeError, IndexError, ValueError, OverflowError, RecursionError)
"""What evidence of another shape than this program writes can lead to."""


class Finding(NamedTuple):
    """One thing that is wrong."""

    code: str
    where: str
    message: str


class Unusable(Exception):  # noqa: N818 - the name is the verdict it leads to
    """The input cannot be read safely; holds the finding that says why."""

    def __init__(self, code: str, where: str, message: str) -> None:
        super().__init__(f"{code}: {where}: {message}")
        self.finding = Finding(code, where, message)


def refuse_shape(where: str, error: Exception) -> Unusable:
    """Return the error for evidence of another shape, once one of `UNEXPECTED` came of it."""
    return Unusable("BAD_EVIDENCE", where, f"a field is missing or of another type: {error!r}")
