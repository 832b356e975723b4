"""What can go wrong in the audit log, told to people."""

from __future__ import annotations

__all__ = [
    "AuditError",
    "MalformedEntryError",
    "MalformedRecordError",
    "NotCanonicalError",
    "printable",
    "printable_lines",
]


def printable(content: object) -> str:
    """Return a text that a terminal shows as it is: what moves, colours, hides or turns letters around is escaped."""
    text = str(content)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def printable_lines(text: str) -> str:
    """Return a text of several lines, each as a terminal shows it."""
    return "\n".join(map(printable, text.split("\n")))


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
        message = printable_lines(self.message)
        return f"{message}\n{printable(self.remedy)}" if self.remedy else message


class NotCanonicalError(AuditError):
    """A value has no canonical form in the log's profile of RFC 8785."""


class MalformedEntryError(AuditError):
    """Bytes that claim to be a log entry do not have an entry's form."""


class MalformedRecordError(AuditError):
    """Items that claim to be a record do not have the form of one."""
