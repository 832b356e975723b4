"""What can go wrong between this machine and a target: an account, or the local stack."""

from __future__ import annotations

from tapeproof.errors import TapeproofError

__all__ = ["CaptureError", "NoStackError", "OperationError", "PublishError"]


class OperationError(TapeproofError):
    """The base of every error this room raises on purpose."""


class NoStackError(OperationError):
    """There is no applied stack to talk to."""

    exit_status = 15


class CaptureError(OperationError):
    """A capture file, or a line of it, cannot be read."""

    exit_status = 16


class PublishError(OperationError):
    """EventBridge does not take events."""

    exit_status = 17
