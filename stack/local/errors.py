"""Errors of the local stack: each says what happened, why, and the way out."""

from __future__ import annotations

__all__ = ["LocalStackError", "PackagingError", "TerraformUnavailableError"]


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
