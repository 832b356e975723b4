"""Asking git about a repository that may be a stranger's: nothing that lies in it names a program that git starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["GitError", "ask_git"]

_GIT = (
    "git",
    "--no-replace-objects",
    "--literal-pathspecs",
    # A pull request may hold a folder that git takes for a repository with settings of its own, which name programs.
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "core.fsmonitor=false"),
)


class GitError(Exception):
    """Git did not answer; the message says why.

    Attributes:
        asked: Whether git could be asked at all.
    """

    def __init__(self, why: str, *, asked: bool) -> None:
        super().__init__(why)
        self.asked = asked


def ask_git(folder: Path, *arguments: str, timeout: float) -> bytes:
    """Return what git prints.

    Args:
        folder: Where it is asked.
        arguments: What follows ``git``.
        timeout: Seconds that it may take.

    Raises:
        GitError: It could not be asked, or refused.
    """
    import subprocess  # noqa: PLC0415 - slow to import, and most runs ask nothing

    command = [*_GIT, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git could not be asked: {error}", asked=False) from error
    if done.returncode:
        told = [line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        faults = [line for line in told if line.startswith(("fatal:", "error:"))]
        raise GitError((faults or told or ["git failed"])[-1], asked=True)
    return done.stdout
