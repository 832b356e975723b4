"""What a run may read: the repository it is about, after links are resolved.

A configuration may come from somebody who is not trusted with the machine, such as a stranger's pull request; what a
file outside the repository holds, or whether there is one, would reach them by the gate's answers.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OUTSIDE", "Boundary", "boundary_of"]

_NEVER = ("/dev/", "/proc/", "/sys/")
"""Not files of anybody: they tell of the machine, or never end."""
OUTSIDE = "lies outside the repository, so it is not read"
"""What is said of such a path, as the end of a sentence."""


class Boundary:
    """What may be read.

    Args:
        folders: Folders in which everything may be.
        files: Further files, which the user named on the command line.
    """

    def __init__(self, folders: Iterable[Path], files: Iterable[Path] = ()) -> None:
        self.folders = tuple(_below(str(folder.resolve())) for folder in folders)
        self.files = frozenset(str(file.resolve()) for file in files)
        self._resolved: dict[str, str] = {}

    def holds(self, path: Path) -> bool:
        """Return whether a path may be read, wherever links on it lead."""
        try:
            real = self._real(path)
        except (OSError, RuntimeError, ValueError):
            return False
        whole = f"{real}/"
        if whole.startswith(_NEVER):
            return False
        return real in self.files or whole.startswith(self.folders)

    def _real(self, path: Path) -> str:
        """Return a path with its links resolved; those of a folder once for all files in it."""
        folder, name = os.path.split(path)
        if name in {"", ".", ".."} or os.path.islink(path):  # noqa: PTH114 - each file of a run comes through here
            return str(path.resolve())
        if folder not in self._resolved:
            self._resolved[folder] = str(Path(folder).resolve())
        return os.path.join(self._resolved[folder], name)  # noqa: PTH118 - as above


def _below(folder: str) -> str:
    """Return how every path in a folder begins, and the folder's own with a slash at its end."""
    return folder if folder.endswith("/") else f"{folder}/"


def boundary_of(roots: Iterable[Path], files: Iterable[Path] = ()) -> Boundary:
    """Return what a run about some folders may read: the repositories they are in.

    A folder that is in no repository may read what is in the working directory when it is in there, and what is beside
    it otherwise.

    Args:
        roots: The folders that the user named.
        files: Files that the user named.
    """
    here = Path.cwd()
    return Boundary({_repository(root.resolve(), here) for root in roots}, files)


def _repository(folder: Path, here: Path) -> Path:
    inside = folder == here or here in folder.parents
    start = here if inside else folder
    for place in (start, *start.parents):
        if (place / ".git").exists():
            return place
    return here if inside else folder.parent
