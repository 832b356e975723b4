"""Which folders hold Terraform, and which of them are root modules."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from tapeproof.gate.engine.errors import RootError
from tapeproof.gate.engine.states import folder_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Found", "found_below", "is_configuration", "roots_of"]

_EXTENSIONS = (".tf", ".tf.json")
_NEVER = frozenset({"node_modules", "__pycache__"})


class Found(NamedTuple):
    """What is on the disk.

    Attributes:
        files: Terraform files by folder, in order.
        states: The state of every folder that was listed, with Terraform in it or not.
    """

    files: dict[Path, tuple[Path, ...]]
    states: dict[Path, str]


def is_configuration(name: str) -> bool:
    """Return whether Terraform reads a file of this name: not hidden, no editor's backup."""
    return name.endswith(_EXTENSIONS) and not name.startswith((".", "#"))


def found_below(start: Path, exclude: Sequence[str] = ()) -> Found:
    """Return the Terraform files in a folder and below it. Hidden folders and links to folders are not entered.

    Args:
        start: Where to begin.
        exclude: Patterns of folders to leave out, relative to the working directory: ``policies/*/examples``.

    Raises:
        RootError: A folder cannot be listed.
    """
    files: dict[Path, tuple[Path, ...]] = {}
    states: dict[Path, str] = {}
    for name, below, names in os.walk(start, onerror=_unlisted):
        folder = Path(name)
        states[folder] = folder_state([*below, *names])
        below[:] = sorted(
            inner
            for inner in below
            if not inner.startswith(".") and inner not in _NEVER and not _excluded(folder / inner, exclude)
        )
        configuration = tuple(folder / file for file in sorted(names) if is_configuration(file))
        if configuration:
            files[folder] = configuration
    return Found(files, states)


def _unlisted(error: OSError) -> NoReturn:
    raise RootError(f"{error.filename}: cannot be listed: {error.strerror}; exclude it, or make it readable") from error


def _excluded(folder: Path, patterns: Sequence[str]) -> bool:
    if not patterns:
        return False
    name = Path(os.path.relpath(folder)).as_posix()
    return any(fnmatchcase(name, pattern.rstrip("/")) for pattern in patterns)


def roots_of(folders: Iterable[Path], calls: Mapping[Path, frozenset[Path]], given: Iterable[Path]) -> list[Path]:
    """Return the root modules among some folders: the given ones, and whatever no other folder calls.

    Folders that only call each other in a circle have no such root; the first becomes one, so that all are read.

    Args:
        folders: Folders with Terraform in them.
        calls: The folders that each folder's modules come from.
        given: Folders the user named.
    """
    ordered = sorted(folders)
    called = {target for folder in ordered for target in calls.get(folder, ()) if target != folder}
    roots = [*dict.fromkeys(given), *(folder for folder in ordered if folder not in called)]
    roots = list(dict.fromkeys(roots))
    reached = _reached(roots, calls)
    for folder in ordered:
        if folder not in reached:
            roots.append(folder)
            reached |= _reached([folder], calls)
    return roots


def _reached(roots: Iterable[Path], calls: Mapping[Path, frozenset[Path]]) -> set[Path]:
    reached: set[Path] = set()
    waiting = list(roots)
    while waiting:
        folder = waiting.pop()
        if folder not in reached:
            reached.add(folder)
            waiting.extend(calls.get(folder, ()))
    return reached
