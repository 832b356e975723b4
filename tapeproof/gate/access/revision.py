"""A root module as it was at a revision, taken out of git into a folder of its own, and what changed since."""

from __future__ import annotations

import io
import re
import tarfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tapeproof.gate.access.faults import AccessError
from tapeproof.gate.engine.git import GitError, ask_git

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["changed_lines", "checked_out"]

_LARGEST = 16 * 2**20
"""Larger files are nothing that a configuration reads."""
_TIMEOUT = 120
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_MOST_LINES = 10_000_000
"""More than any file has; all lines of a file that is new are new."""


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """Yield the folder of a root module as it was, empty where it was not there yet; it is gone afterwards.

    Args:
        root: The root module in the working tree.
        revision: Anything that git takes for a commit.

    Raises:
        AccessError: It is in no repository, or the revision is not there.
    """
    top = Path(_git(root, "rev-parse", "--show-toplevel").decode().strip())
    commit = _find_commit(root, revision)
    inside = root.resolve().relative_to(top.resolve())
    archive = _git(top, "archive", "--format=tar", commit)
    with TemporaryDirectory(prefix="tapeproof-base-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            members = [one for one in tar.getmembers() if one.isdir() or (one.isreg() and one.size <= _LARGEST)]
            tar.extractall(folder, members=members, filter="data")
        (Path(folder) / ".git").mkdir()  # where a repository ends, nothing above it is looked for
        base = Path(folder) / inside
        if not base.is_dir():
            base.mkdir(parents=True)
        yield base


def _find_commit(folder: Path, revision: str) -> str:
    _git(folder, "rev-parse", "--git-dir")
    try:
        return _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except AccessError as error:
        fix = "CI often fetches only one commit: fetch the one to compare with too"
        raise AccessError(f"{folder}: there is no commit {revision!r} in its repository", fix=fix) from error


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        return ask_git(folder, *arguments, timeout=_TIMEOUT)
    except GitError as error:
        fix = "compare within a git repository that you own; `gate check` without --diff and `gate who-can` need none"
        raise AccessError(f"{folder}: {error}", fix=fix) from error


def changed_lines(folder: Path, revision: str) -> dict[str, list[range]]:
    """Return the lines of the working tree that a revision does not have, by file, whose paths are from the folder.

    Args:
        folder: A folder of the working tree; what lies below it counts.
        revision: Anything that git takes for a commit.

    Raises:
        AccessError: The folder is in no repository, or the revision is not there.
    """
    commit = _find_commit(folder, revision)
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--relative")
    found: dict[str, list[range]] = {}
    name = ""
    for line in (
        _git(folder, "-c", "core.quotePath=false", "diff", *options, commit).decode(errors="replace").split("\n")
    ):
        if line.startswith("+++ "):
            name = line.removeprefix("+++ ").removeprefix("b/").rstrip("\t")
        elif hunk := _HUNK.match(line):
            start, length = int(hunk[1]), int(hunk[2] or 1)
            found.setdefault(name, []).append(range(start, start + length))
    new = _git(folder, "ls-files", "-z", "--others", "--exclude-standard").decode(errors="replace").split("\0")
    return found | {one: [range(1, _MOST_LINES)] for one in new if one}
