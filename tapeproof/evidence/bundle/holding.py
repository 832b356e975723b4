"""Holds a run's folder while something is written into it, so that two processes do not write one bundle together."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tapeproof.evidence.bundle.errors import FolderHeldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["hold_folder"]


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Hold a folder; the system lets go of it when the process ends, however it ends.

    The lock (flock(2)) is on the folder itself: a file in it would be one more file of the bundle, and one beside it
    would be left over. It is not inherited by programs that are started meanwhile.

    Args:
        folder: The run's folder; it is there.

    Raises:
        FolderHeldError: Another process holds it.
        OSError: It cannot be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            fix = "wait until it ends, then give the command again; or collect anew, which takes a folder of its own"
            raise FolderHeldError(f"{folder} is being written by another process", fix=fix) from error
        yield
    finally:
        os.close(descriptor)
