"""The folder that holds everything the local stack keeps: server record, logs, Terraform state, manifests of runs."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.content import project
from tapeproof.local.errors import LocalStackError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PROJECT", "Workspace", "open_private", "require_private"]

PROJECT = project()
"""The project's root folder."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where one local stack lives; two workspaces are two stacks that know nothing of each other.

    Args:
        root: The folder; made when first needed, readable by its owner only.
    """

    root: Path

    @classmethod
    def locate(cls, named: str | None = None) -> Workspace:
        """Return the workspace: the one named, else `$TAPEPROOF_LOCAL_DIR`, else `.local` of the project."""
        chosen = named or os.environ.get("TAPEPROOF_LOCAL_DIR") or PROJECT / ".local"
        return cls(Path(chosen).expanduser().absolute())

    @property
    def server_record(self) -> Path:
        """The file that says which process serves the embedded AWS, and where."""
        return self.root / "embedded-aws.json"

    @property
    def shell_variables(self) -> Path:
        """What a shell reads to talk to the embedded AWS."""
        return self.root / "aws.env"

    @property
    def server_log(self) -> Path:
        """What the embedded AWS and the functions it runs print."""
        return self.root / "embedded-aws.log"

    @property
    def server_home(self) -> Path:
        """The embedded AWS's own scratch folder: its home, its temporary files, its workers' code."""
        return self.root / "embedded-aws"

    @property
    def configuration(self) -> Path:
        """The stack's configuration, as links, with its state on this machine."""
        return self.root / "configuration"

    @property
    def terraform_data(self) -> Path:
        """Terraform's working data (`TF_DATA_DIR`): providers and modules."""
        return self.root / "terraform"

    @property
    def outputs(self) -> Path:
        """The outputs of the stack that is applied here, as ``--outputs`` takes them."""
        return self.root / "outputs.json"

    def write_outputs(self) -> Path:
        """Write the outputs as ``terraform output -json`` prints them, for whatever takes ``--outputs``."""
        # Terraform's state keeps outputs in that shape.
        state = json.loads(self.terraform_state.read_text(encoding="utf-8"))
        self.outputs.write_text(json.dumps(state["outputs"]), encoding="utf-8")
        return self.outputs

    @property
    def terraform_state(self) -> Path:
        """The state of the stack that is applied here."""
        return self.root / "terraform.tfstate"

    @property
    def terraform_log(self) -> Path:
        """Every line Terraform printed, as it printed it."""
        return self.root / "terraform.log"

    @property
    def plan_document(self) -> Path:
        """The last plan, as `terraform show -json` prints it."""
        return self.root / "plan.json"

    @property
    def state_document(self) -> Path:
        """The state, as `terraform show -json` prints it."""
        return self.root / "state.json"

    @property
    def package(self) -> Path:
        """The Lambda zip that is applied."""
        return self.root / "lambda.zip"

    @property
    def runs(self) -> Path:
        """One manifest for each replay."""
        return self.root / "runs"

    def prepare(self) -> None:
        """Make the folder, for its owner only.

        Raises:
            LocalStackError: The folder cannot be made or written, or others can write to it.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self.root == PROJECT / ".local" and self.root.stat().st_uid == os.geteuid():
                self.root.chmod(0o700)
            _require_own_folder(self.root)
            self.runs.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise LocalStackError(
                f"{self.root}: cannot be used as the local stack's folder",
                why=error.strerror or str(error),
                fix="name another with --dir or TAPEPROOF_LOCAL_DIR",
            ) from error

    @contextlib.contextmanager
    def hold_lock(self, what: str) -> Iterator[None]:
        """Hold the workspace for one command that changes it.

        Args:
            what: What the holder does, for the message that another command gets.

        Raises:
            LocalStackError: Another process holds it.
        """
        self.prepare()
        with os.fdopen(open_private(self.root / "lock", os.O_APPEND), "a+", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                lock.seek(0)
                raise LocalStackError(
                    f"{self.root}: in use by another command ({lock.read().strip() or 'unknown'})",
                    fix="wait for it to end, or name another folder with --dir",
                ) from error
            lock.truncate(0)
            lock.write(f"{what}, process {os.getpid()}\n")
            lock.flush()
            yield


def open_private(path: Path, flags: int = 0) -> int:
    """Return a descriptor to read and write a file that is made for its owner only, whatever the umask.

    Args:
        path: The file.
        flags: What `os.open` takes besides.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | flags, 0o600)
    os.fchmod(descriptor, 0o600)  # one that was there already
    return descriptor


def require_private(path: Path) -> None:
    """Refuse a file that holds a key and is not the user's alone; one that is not there is no fault.

    Raises:
        LocalStackError: It belongs to somebody else, or others can read it.
    """
    try:
        status = path.lstat()
    except OSError:
        return
    if status.st_uid != os.geteuid():
        raise LocalStackError(f"{path} belongs to somebody else", fix="name a folder of your own with --dir")
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise LocalStackError(
            f"{path} is open to others, and holds a key",
            fix="stop the embedded AWS by its process id, remove the file, and start it anew with `tapeproof local up`",
        )


def _require_own_folder(folder: Path) -> None:
    status = folder.stat()
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise LocalStackError(
            f"{folder}: others can write to it, or it is somebody else's",
            why="the local stack keeps its keys there, and runs what it finds there",
            fix="run chmod go-w on it, or name another with --dir",
        )
