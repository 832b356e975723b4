"""Errors of the local stack: each says what happened, why, and the way out."""

from __future__ import annotations

__all__ = [
    "AuditingError",
    "CaptureError",
    "EmbeddedAwsError",
    "LeftoversError",
    "LocalStackError",
    "NoStackError",
    "PackagingError",
    "PublishError",
    "TerraformFailedError",
    "TerraformUnavailableError",
]


class LocalStackError(Exception):
    """The base of every error this room raises on purpose.

    Args:
        what: What happened, naming the file, process or event.
        why: The reason, in words.
        fix: What the reader can do about it.
    """

    exit_status = 1

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.fix = fix

    def diagnostics(self) -> str:
        """Return the message for people: what happened, then the reason and the way out, a line each."""
        lines = [self.what]
        if self.why:
            lines.append(f"  why: {self.why}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


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


class NoStackError(LocalStackError):
    """There is no applied stack to talk to."""

    exit_status = 15


class CaptureError(LocalStackError):
    """A capture file, or a line of it, cannot be read."""

    exit_status = 16


class PublishError(LocalStackError):
    """EventBridge does not take events."""

    exit_status = 17


class LeftoversError(LocalStackError):
    """Something of the stack is still there after it was destroyed."""

    exit_status = 18


class AuditingError(LocalStackError):
    """The sealer failed, or a command of the auditor's ended with another verdict than was expected."""

    exit_status = 19
