"""Tells whether a process id that was written down is still the process that was meant.

A process id alone is reused by the system, and a file that outlives its process would then name a stranger. The
start time together with the id names one process for as long as the machine is up.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

__all__ = ["is_same_process", "process_identity"]

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
START_TIME_FIELD = 19
"""Position of `starttime` after the closing parenthesis of the command name in proc_pid_stat(5): field 22 of 52."""
PS_TIMEOUT_S = 10


def process_identity(pid: int) -> str | None:
    """Return what tells this process from every other that had or will have its id; None when it does not run.

    A process that has ended but was not yet collected by its parent does not run.
    """
    if Path("/proc/self/stat").exists():
        return _from_proc(pid)
    return _from_ps(pid)


def is_same_process(pid: int, identity: str) -> bool:
    """Return whether the process that had this identity still runs under this id."""
    return process_identity(pid) == identity


def _from_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    if fields[0] in {"Z", "X"}:
        return None
    boot = BOOT_ID.read_text(encoding="ascii").strip() if BOOT_ID.exists() else ""
    return f"{boot}:{fields[START_TIME_FIELD]}"


def _from_ps(pid: int) -> str | None:
    try:
        listed = subprocess.run(
            ["ps", "-o", "stat=,lstart=", "-p", str(pid)],  # noqa: S607 - POSIX gives it no fixed place
            capture_output=True,
            text=True,
            timeout=PS_TIMEOUT_S,
            check=False,
        ).stdout.split(None, 1)
    except (OSError, subprocess.SubprocessError):
        return None
    if len(listed) < 2 or listed[0].startswith("Z"):  # noqa: PLR2004 - state and start time
        return None
    return listed[1].strip()
