"""What identifies the state of a path, so that what was made of it holds only while that is the same.

The state of a file that was read is that of the bytes which were read, not of the file as it is some time later.
"""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["content_state", "folder_state", "open_waiting_for_nobody", "state_of"]

_LARGE = 1024 * 1024


def open_waiting_for_nobody(path: str, flags: int) -> int:
    """Open a file as ``open`` does with this as its opener, but wait for no writer, should it be a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def content_state(content: bytes, status: os.stat_result) -> str:
    """Return the state of a file.

    Args:
        content: What was read from it; not looked at when the file is large.
        status: What the system said of the file before that.
    """
    if status.st_size > _LARGE:
        # A deployment package: reading it would take longer than all the rest; its change time is not set back.
        return f"large {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    return hashlib.sha256(content).hexdigest()


def folder_state(names: Iterable[str]) -> str:
    """Return the state of a folder in which there are files and folders of some names."""
    return f"folder {hashlib.sha256(chr(0).join(sorted(names)).encode(errors='surrogateescape')).hexdigest()}"


def state_of(path: Path) -> str:
    """Return the state of a path as it is now: a file, a folder, something else, or nothing."""
    try:
        with open(path, "rb", opener=open_waiting_for_nobody) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                return "special"
            return content_state(b"" if status.st_size > _LARGE else stream.read(), status)
    except IsADirectoryError:
        return _describe_folder(path)
    except (OSError, ValueError) as error:
        return f"absent {getattr(error, 'errno', None)}"


def _describe_folder(path: Path) -> str:
    try:
        return folder_state(os.listdir(path))  # noqa: PTH208 - names, not paths
    except OSError as error:
        return f"absent {error.errno}"
