"""What stops ``tapeproof audit``, told to people. All of it exits with 5: the input cannot be used."""

from __future__ import annotations

from tapeproof.log.errors import AuditError

__all__ = ["ServiceError", "SourceError"]


class SourceError(AuditError):
    """The log that was named cannot be read."""


class ServiceError(AuditError):
    """AWS refused or did not answer."""
