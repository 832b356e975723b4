"""The files a configuration reads, within limits, and a record of them for the cache."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.boundary import OUTSIDE
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.globs import matches
from tapeproof.gate.engine.states import content_state, folder_state, open_waiting_for_nobody, state_of

if TYPE_CHECKING:
    from tapeproof.gate.engine.boundary import Boundary

__all__ = ["LARGEST", "Files"]

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest file a function may read."""


class Files:
    """Reads files for functions.

    Args:
        root: The folder that relative paths start from: the root module's.
        shown: That folder as the user would type it.
        boundary: What may be read; everything without one.

    Attributes:
        states: What was read, tested or listed, as it was then; an answer is kept only for as long as all of it is so.
        made: What functions made of files, by function and path.
        lines: The lines of every template, by its path as the user would type it.
    """

    def __init__(self, root: Path, shown: str = "", boundary: Boundary | None = None) -> None:
        self.root = root
        self.boundary = boundary
        self.prefix = shown
        self.states: dict[Path, str] = {}
        self.made: dict[tuple[str, str], str] = {}
        self.lines: dict[str, tuple[str, ...]] = {}

    def content(self, path: str) -> bytes:
        """Return a file's bytes.

        Raises:
            Fault: It is not there, no regular file, or too large.
        """
        full = self._full(path)
        try:
            with open(full, "rb", opener=open_waiting_for_nobody) as stream:
                status = os.fstat(stream.fileno())
                if not stat.S_ISREG(status.st_mode):
                    self.states[full] = "special"
                    raise Fault(f"{path} is no regular file")
                if status.st_size > LARGEST:
                    self.states[full] = content_state(b"", status)
                    raise Fault(f"{path} has {status.st_size} bytes; functions read up to {LARGEST}")
                content = stream.read()
                self.states[full] = content_state(content, status)
                return content
        except OSError as error:
            self.states[full] = state_of(full)
            raise Fault(f"{path} cannot be read: {error.strerror}") from None

    def exists(self, path: str) -> bool:
        """Return whether there is a regular file at a path.

        Raises:
            Fault: There is something else, such as a folder.
        """
        full = self._full(path)
        self.states.setdefault(full, state_of(full))
        if full.exists() and not full.is_file():
            raise Fault(f"{path} is no regular file")
        return full.is_file()

    def match_files(self, path: str, pattern: str) -> list[str]:
        """Return the files below a folder whose relative paths match a glob pattern with ``**`` and ``{a,b}``."""
        base = self._full(path)
        self.states.setdefault(base, state_of(base))
        found: list[str] = []
        for folder, folders, names in os.walk(base):
            self.states[Path(folder)] = folder_state([*folders, *names])
            folders.sort()
            relative = os.path.relpath(folder, base)
            prefix = "" if relative == "." else f"{relative}/"
            found.extend(f"{prefix}{name}" for name in names if (Path(folder) / name).is_file())
        return sorted(name for name in found if matches(name, pattern))

    def absolute(self, path: str) -> str:
        """Return a path made absolute, without following links."""
        return os.path.abspath(self.root / path)  # noqa: PTH100 - Path.resolve would follow links

    def display_path(self, path: str) -> str:
        """Return a path as the user would type it."""
        return os.path.normpath(str(Path(self.prefix) / path))

    def _full(self, path: str) -> Path:
        if "\0" in path:
            raise Fault(f"{path!r} is no path")
        try:
            full = self.root / Path(path).expanduser()
            full.is_file()
        except (ValueError, RuntimeError, OSError):
            raise Fault(f"{path!r} is no path") from None
        if self.boundary is not None and not self.boundary.holds(full):
            raise Fault(f"{path!r} {OUTSIDE}")
        return full
