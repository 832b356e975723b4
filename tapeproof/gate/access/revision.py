"""A root module as it was at a revision, taken out of git into a folder of its own."""

from __future__ import annotations

import io
import subprocess
import tarfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import AccessError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["checked_out"]

_LARGEST = 16 * 2**20
"""Larger files are nothing that a configuration reads."""
_TIMEOUT = 120


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """Yield the folder of a root module as it was; it is gone afterwards.

    Args:
        root: The root module in the working tree.
        revision: Anything that git takes for a commit.

    Raises:
        AccessError: It is in no repository, or the revision or the folder is not there.
    """
    top = Path(_git(root, "rev-parse", "--show-toplevel").decode().strip())
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    inside = root.resolve().relative_to(top.resolve())
    archive = _git(top, "archive", "--format=tar", commit)
    with TemporaryDirectory(prefix="tapeproof-base-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            members = [one for one in tar.getmembers() if one.isdir() or (one.isreg() and one.size <= _LARGEST)]
            tar.extractall(folder, members=members, filter="data")
        base = Path(folder) / inside
        if not base.is_dir():
            raise AccessError(f"{root}: there is no such folder at {revision}; name another --base")
        yield base


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_TIMEOUT)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AccessError(f"{folder}: git could not be asked: {error}") from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise AccessError(f"{folder}: {told[-1] if told else 'git failed'}")
    return done.stdout
