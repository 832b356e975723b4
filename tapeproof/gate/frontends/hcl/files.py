"""Which files of a folder Terraform reads, and reading them within limits.

Sources: Terraform documentation, "Files and Configuration Structure", "Override Files"; OpenTofu documentation, "Files
and Configuration Structure", on files whose names end in ``.tofu``.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tapeproof.gate.engine.discovery import configuration_names
from tapeproof.gate.engine.errors import RootError, SourceError
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.states import content_state, folder_state, open_waiting_for_nobody, state_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LARGEST_HCL", "LARGEST_JSON", "ModuleFiles", "module_files", "read_text"]

LARGEST_HCL = 1024 * 1024
LARGEST_JSON = 16 * 1024 * 1024
"""Bytes of the largest file that is read; parsing more would take longer than anybody waits for a commit."""


class ModuleFiles(NamedTuple):
    """The files of one module in the order Terraform reads them, primary ones and overrides, and its folder's state."""

    primary: tuple[Path, ...]
    overrides: tuple[Path, ...]
    state: str


def module_files(folder: Path) -> ModuleFiles:
    """Return the Terraform files of a folder.

    Raises:
        RootError: The folder cannot be listed.
    """
    try:
        everything = [entry.name for entry in os.scandir(folder)]
    except OSError as error:
        raise RootError(f"{folder}: cannot be listed: {error.strerror}") from error
    names = configuration_names(everything)
    overrides = tuple(folder / name for name in names if _overrides(name))
    primary = tuple(folder / name for name in names if not _overrides(name))
    return ModuleFiles(primary, overrides, folder_state(everything))


def _overrides(name: str) -> bool:
    stem = name.removesuffix(".json").removesuffix(".tf").removesuffix(".tofu")
    return stem == "override" or stem.endswith("_override")


def read_text(path: Path, shown: str, states: dict[Path, str]) -> str:
    """Return a file's text.

    Args:
        path: The file.
        shown: Its path as messages show it.
        states: Where the state of what was read is noted, also when there is an error.

    Raises:
        SourceError: It is not there, no regular file, too large, or not UTF-8.
    """
    limit = LARGEST_JSON if shown.endswith(".json") else LARGEST_HCL
    try:
        with open(path, "rb", opener=open_waiting_for_nobody) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                states[path] = "special"
                raise SourceError(shown, "the file is not a regular file")
            if status.st_size > limit:
                states[path] = content_state(b"", status)
                reason = f"the file has {status.st_size:,} bytes; the gate reads files of up to {limit:,}. Split it"
                raise SourceError(shown, reason)
            content = stream.read()
            states[path] = content_state(content, status)
    except OSError as error:
        states[path] = state_of(path)
        raise SourceError(shown, f"the file cannot be read: {error.strerror}") from error
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise SourceError(shown, "the file is not UTF-8", line, column) from error
