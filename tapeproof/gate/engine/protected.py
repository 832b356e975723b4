"""Files as they are at a revision that is trusted, such as the branch that a pull request is to be merged into.

Who may change what is judged must not also decide what is left out or accepted: settings, waivers and baselines are
taken from there, and those of the working tree are not read.
"""

from __future__ import annotations

import os
from pathlib import Path

from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.git import GitError, ask_git

__all__ = ["Protected"]

_TIMEOUT_S = 60
_LARGEST_BYTES = 64 * 1024 * 1024


class Protected:
    """A revision of the repository that the working directory is in.

    Args:
        revision: Anything that git takes for a commit.

    Raises:
        CannotJudgeError: There is no repository, or no such commit in it.
    """

    def __init__(self, revision: str) -> None:
        self.revision = revision
        self._folder = Path.cwd()
        self._top = Path(self._ask("rev-parse", "--show-toplevel").decode().rstrip("\n"))
        commit = self._ask("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        self._commit = commit.decode().strip()
        self._known: dict[str, bytes | None] = {}

    def read(self, path: Path) -> bytes | None:
        """Return what a file held; None where there was none.

        Args:
            path: Its path, as it is named from the working directory.

        Raises:
            CannotJudgeError: It is larger than anything that is read, or git could not be asked.
        """
        # Links are not followed: where one leads is the working tree's to say.
        inside = os.path.relpath(os.path.join(self._folder.resolve(), path), self._top.resolve())  # noqa: PTH118
        if inside.startswith(".."):
            return None
        if inside not in self._known:
            self._known[inside] = self._read(inside)
        return self._known[inside]

    def _read(self, inside: str) -> bytes | None:
        listed = self._ask("ls-tree", "-l", "-z", "--full-tree", self._commit, "--", inside, top=True)
        if not listed:
            return None
        mode, kind, blob, size = listed.split(b"\t", 1)[0].split()
        if kind != b"blob" or mode == b"120000":
            raise CannotJudgeError(f"{inside}: is no file at {self.revision}", fix="put the file itself there")
        if int(size) > _LARGEST_BYTES:
            raise CannotJudgeError(f"{inside}: is larger than {_LARGEST_BYTES:,} bytes at {self.revision}")
        return self._ask("cat-file", "blob", blob.decode())

    def _ask(self, *arguments: str, top: bool = False) -> bytes:
        try:
            return ask_git(self._top if top else self._folder, *arguments, timeout=_TIMEOUT_S)
        except GitError as error:
            fix = "name a commit that is in this clone; CI often fetches only one: fetch the protected branch too"
            raise CannotJudgeError(
                f"--trust-settings-from {self.revision}: {error}", fix=fix if error.asked else ""
            ) from error
