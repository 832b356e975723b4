"""What can go wrong in the audit log, told to people."""

from __future__ import annotations

__all__ = ["AuditError", "MalformedEntryError", "MalformedRecordError", "NotCanonicalError"]


class AuditError(Exception):
    """Base of every error of the audit log.

    Attributes:
        exit_status: What a command that stops on this error exits with (5: the input cannot be used).
    """

    exit_status = 5

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def diagnostics(self) -> str:
        """Return the message and, on the next line, the way out."""
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


class NotCanonicalError(AuditError):
    """A value has no canonical form in the log's profile of RFC 8785."""


class MalformedEntryError(AuditError):
    """Bytes that claim to be a log entry do not have an entry's form."""


class MalformedRecordError(AuditError):
    """Items that claim to be a record do not have the form of one."""
