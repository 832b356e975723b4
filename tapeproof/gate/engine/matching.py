"""Whether the paths that a project's settings name are there: a misspelt one would switch off or change nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.by_path import is_like
from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.terminal import find_nearest

if TYPE_CHECKING:
    from tapeproof.gate.engine.settings import Settings

__all__ = ["require_matches"]

_WILD = re.compile(r"[*?\[]")
_ACCOUNT = "aws:"
_NEVER = {".git", ".terraform", ".venv", "node_modules"}


def require_matches(settings: Settings) -> None:
    """Refuse settings with a path for which there is neither a folder nor a file.

    What is excluded may be missing: it is often made by a build, and leaving it out changes no verdict.

    Raises:
        CannotJudgeError: There is such a path.
    """
    for pattern in settings.exclude:
        if os.path.isfile(pattern):  # noqa: PTH113 - patterns are texts
            raise CannotJudgeError(
                f"{settings.file}: exclude: {pattern} is a file, and Terraform reads folders whole",
                fix="exclude its folder, or name the file under paths of off",
            )
    listed = [("off", one.policy, one.paths) for one in settings.off]
    listed += [("overrides", one.policy, one.paths) for one in settings.overrides]
    for key, policy, paths in listed:
        for pattern in paths:
            if not pattern.startswith(_ACCOUNT) and not _is_there(pattern):
                raise CannotJudgeError(
                    f"{settings.file}: {key} {policy}: nothing is called {pattern}", fix=_suggest_path(pattern)
                )


def _is_there(pattern: str) -> bool:
    if not _WILD.search(pattern) or os.path.lexists(pattern):
        return os.path.lexists(pattern)
    for folder, below, files in os.walk(_beginning(pattern)):
        below[:] = sorted(name for name in below if name not in _NEVER)
        if any(is_like(os.path.normpath(os.path.join(folder, name)), pattern) for name in (*below, *files)):  # noqa: PTH118 - thousands of names
            return True
    return False


def _beginning(pattern: str) -> str:
    """Return the folder below which everything lies that a pattern can name."""
    before = pattern[: match.start()] if (match := _WILD.search(pattern)) else pattern
    return before.rpartition("/")[0] or ("/" if before.startswith("/") else ".")


def _suggest_path(pattern: str) -> str:
    folder = Path(_beginning(pattern))
    while not folder.is_dir():
        folder = folder.parent
    rest = os.path.relpath(pattern, folder).split("/")[0]
    near = find_nearest(rest, sorted(os.listdir(folder)))  # noqa: PTH208 - names are all that is needed
    if near:
        return f"did you mean {(folder / near).as_posix()}?"
    return "name folders and files as they are called from where the settings lie"
