"""Ends a group of processes: politely first, then for good, and never one that a stranger leads by now."""

from __future__ import annotations

import os
import signal
import time

from tapeproof.local.process_identity import is_same_process

__all__ = ["STOPPED_WITHIN_S", "end_group", "signal_group"]

STOPPED_WITHIN_S = 3.0
"""The embedded AWS keeps nothing, so being killed after that costs nothing."""
POLL_S = 0.05


def end_group(pid: int, identity: str) -> bool:
    """End a process and the group that it leads; return whether it is gone.

    Args:
        pid: The process.
        identity: What tells it from a later one with the same id.
    """
    for how in (signal.SIGTERM, signal.SIGKILL):
        signal_group(pid, how)
        give_up = time.monotonic() + STOPPED_WITHIN_S
        while time.monotonic() < give_up:
            _collect(pid)
            if not is_same_process(pid, identity):
                # Functions' workers end with their server; what is left of the group is told once more.
                signal_group(pid, signal.SIGKILL)
                return True
            time.sleep(POLL_S)
    return False


def signal_group(pid: int, how: signal.Signals) -> None:
    """Send a signal to a process group; one that is gone or another user's is left alone."""
    try:
        os.killpg(pid, how)
    except (ProcessLookupError, PermissionError):
        return


def _collect(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
