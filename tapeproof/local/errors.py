"""What can go wrong with the stack on this machine."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = [
    "AuditingError",
    "EmbeddedAwsError",
    "LeftoversError",
    "LocalStackError",
    "PackagingError",
    "TerraformFailedError",
    "TerraformUnavailableError",
]


class LocalStackError(TapeproofError):
    """The base of every error this room raises on purpose."""


class TerraformUnavailableError(LocalStackError):
    """No usable Terraform: none on PATH, and the pinned release could not be had or did not verify."""

    exit_status = 11


class PackagingError(LocalStackError):
    """The Lambda zip could not be built."""

    exit_status = 12


class EmbeddedAwsError(LocalStackError):
    """The embedded AWS is missing, does not start, or died."""

    exit_status = 13


class TerraformFailedError(LocalStackError):
    """Terraform ran and ended with an error."""

    exit_status = 14


class LeftoversError(LocalStackError):
    """Something of the stack is still there after it was destroyed."""

    exit_status = 18


class AuditingError(LocalStackError):
    """The sealer failed, or a command of the auditor's ended with another verdict than was expected."""

    exit_status = 19
