"""What can go wrong when an account is asked, said to people."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["AccountError", "RefusalError"]


class AccountError(TapeproofError):
    """An account could not be asked, or did not answer."""

    exit_status = 5


class RefusalError(AccountError):
    """AWS refused one call, or did not answer it.

    Attributes:
        code: AWS's own word for why, such as ``AccessDenied``; what went wrong on the way when AWS said nothing.
    """

    def __init__(self, message: str, *, code: str, why: str = "", fix: str = "") -> None:
        """Say which call was refused, and by which code."""
        super().__init__(message, why=why, fix=fix)
        self.code = code
