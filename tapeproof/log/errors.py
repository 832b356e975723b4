"""What can go wrong in the audit log, told to people."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["AuditError", "MalformedEntryError", "MalformedRecordError", "NotCanonicalError"]


class AuditError(TapeproofError):
    """Base of every error of the audit log.

    Args:
        what: What happened.
        fix: The way out.
    """

    exit_status = 5
    """The input cannot be used."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what, fix=fix)


class NotCanonicalError(AuditError):
    """A value has no canonical form in the log's profile of RFC 8785."""


class MalformedEntryError(AuditError):
    """Bytes that claim to be a log entry do not have an entry's form."""


class MalformedRecordError(AuditError):
    """Items that claim to be a record do not have the form of one."""
