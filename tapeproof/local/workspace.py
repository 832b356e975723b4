"""The folder that holds everything the local stack keeps: server record, logs, Terraform state, manifests of runs."""

from __future__ import annotations

import contextlib
import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.content import project
from tapeproof.local.errors import LocalStackError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PROJECT", "Workspace"]

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
            LocalStackError: The folder cannot be made or written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.runs.mkdir(exist_ok=True)
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
        with (self.root / "lock").open("a+", encoding="utf-8") as lock:
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
