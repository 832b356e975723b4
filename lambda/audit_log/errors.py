"""What can go wrong in the audit log, told to people."""

from __future__ import annotations

__all__ = ["AuditError", "MalformedEntryError", "MalformedRecordError", "NotCanonicalError", "printable"]


def printable(content: object) -> str:
    """Return a text that a terminal shows as it is: what moves, colours, hides or turns letters around is escaped."""
    text = str(content)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


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
        """Return the message and, on the next line, the way out. What others wrote cannot steer the terminal."""
        lines = [*self.message.split("\n"), self.remedy] if self.remedy else self.message.split("\n")
        return "\n".join(map(printable, lines))


class NotCanonicalError(AuditError):
    """A value has no canonical form in the log's profile of RFC 8785."""


class MalformedEntryError(AuditError):
    """Bytes that claim to be a log entry do not have an entry's form."""


class MalformedRecordError(AuditError):
    """Items that claim to be a record do not have the form of one."""
