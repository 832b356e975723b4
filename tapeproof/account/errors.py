"""What can go wrong when an account is asked, said to people."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["AccountError"]


class AccountError(TapeproofError):
    """An account could not be asked, or did not answer."""

    exit_status = 5
