"""Finding and reading Terraform, and telling root modules from modules that are called."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.boundary import boundary_of
from tapeproof.gate.engine.discovery import PassedOver, collect_reachable, found_below, roots_of
from tapeproof.gate.engine.environment import Environment
from tapeproof.gate.engine.errors import CannotJudgeError, RootError, SourceError
from tapeproof.gate.engine.protected import Protected
from tapeproof.gate.engine.settings import BASELINE_NAME, FILE_NAME, WAIVERS_NAME, load_settings
from tapeproof.gate.engine.states import state_of
from tapeproof.gate.frontends.hcl.sources import Sources
from tapeproof.gate.progress import progress

if TYPE_CHECKING:
    from tapeproof.gate.engine.documents import Documents
    from tapeproof.gate.kept import Kept
    from tapeproof.gate.question import Question

__all__ = ["Reading"]

_WAIVER = "tapeproof:waive"
_LARGEST_BYTES = 64 * 1024 * 1024
_DEADLINE, _SECONDS = "TAPEPROOF_DEADLINE", 300
"""The environment variable that says how many seconds a run may take, and how many it may without it."""


class Reading:
    """The files of one run.

    Args:
        question: What is asked.
        documents: Reads YAML.

    Attributes:
        settings: The project's own.
        sources: The files.
        files: Terraform files by folder, in and below the folders that were named; none when source is not judged.
        passed_over: What is of Terraform there and was not read.
        deadline: When judging it must be done, by ``time.monotonic()``.
        protected: The revision whose settings, waivers and baseline count, if one is named.

    Raises:
        GateError: The settings cannot be read, a folder is not there or has no Terraform in it, or the time of the run
            is over before all is read.
    """

    def __init__(self, question: Question, documents: Documents) -> None:
        self.question = question
        self.deadline = time.monotonic() + _seconds()
        self.documents = documents
        self.protected = Protected(question.trusted) if question.trusted else None
        self.settings = load_settings(question.folder, documents, self.protected)
        self.sources = Sources(boundary_of(question.roots or (Path(),), question.var_files), question.drafts)
        self.files: dict[Path, tuple[Path, ...]] = {}
        self.passed_over: tuple[PassedOver, ...] = ()
        self._states: dict[str, str] = {}
        if question.source:
            for start in question.roots or (Path(),):
                self._find(start)
            self._read()
        self._name_untrusted()
        self._name_elsewhere()

    @property
    def list_files(self) -> set[Path]:
        """All Terraform files that were found."""
        return {path for group in self.files.values() for path in group}

    def state(self, name: str) -> str:
        """Return the state of a path: as it was read or listed in this run, where it was."""
        known = self._states.get(name)
        if known is None:
            path = Path(name)
            held = None if self.question.drafts is None else self.question.drafts.find_state(path)
            known = self._states[name] = self.sources.states.get(path) or held or state_of(path)
        return known

    def roots(self, kept: Kept) -> list[Path]:
        """Return the root modules.

        Args:
            kept: Knows which modules a file calls that was seen before.
        """
        return roots_of(
            self.files, self._all_calls(kept), [start for start in self.question.roots if start in self.files]
        )

    def folders_of(self, root: Path, kept: Kept) -> set[Path]:
        """Return the folder of a root module, and those of all modules on the same disk that it calls."""
        return collect_reachable([root], self._all_calls(kept))

    def environments(self, root: Path) -> tuple[Environment, ...]:
        """Return the environments in which a root module is judged."""
        files = self.question.var_files
        return (Environment(files),) if files else self.settings.environments_of(root)

    def is_waiving(self, path: Path) -> bool:
        """Return whether a file that can be read has a waiver in it."""
        try:
            return _WAIVER in self.sources.text(path)
        except SourceError:
            return False

    def _name_untrusted(self) -> None:
        """Say which files of the working tree are not read, because those of the protected revision count."""
        if self.protected is None:
            return
        for name in (FILE_NAME, WAIVERS_NAME, BASELINE_NAME):
            path = Path(name)
            if os.path.lexists(path) and _content(path) != self.protected.read(path):
                reason = f"another than at {self.protected.revision}, whose settings count"
                self.passed_over += (PassedOver(name, reason),)

    def _name_elsewhere(self) -> None:
        """Say which files of the project's own do not count here, because they lie in other folders."""
        above = Path(self.settings.file).parent
        for name in (WAIVERS_NAME, BASELINE_NAME):
            if self.settings.file and above != Path() and os.path.lexists(above / name):
                self.passed_over += (PassedOver(str(above / name), "counts where the gate runs in its folder"),)
        below = [Path(folder) / FILE_NAME for folder in sorted(self._states)]
        for path in below:
            if os.path.normpath(path) != os.path.normpath(self.settings.file) and os.path.lexists(path):
                reason = f"settings are those of {self.settings.file or 'the folder where the gate runs'}"
                self.passed_over += (PassedOver(str(path), reason),)

    def _find(self, start: Path) -> None:
        if not start.is_dir():
            raise RootError(f"{start}: there is no such folder; name the folder of a root module")
        found = found_below(start, self.settings.exclude)
        if not found.files:
            left = "".join(f"; not read: {one.path} ({one.reason})" for one in found.passed_over[:1])
            fix = "name a folder with Terraform: tapeproof gate check FOLDER"
            raise RootError(f"{start}: there is no Terraform in this folder or below it{left}", fix=fix)
        self.files |= found.files
        self.passed_over += found.passed_over
        self._states |= {str(folder): state for folder, state in found.states.items()}

    def _read(self) -> None:
        listed = sorted(self.list_files, key=str)
        with progress("reading", len(listed)) as done:
            for path in listed:
                self._require_time()
                self.is_waiving(path)
                self._states[str(path)] = self.sources.states[path]
                done(1)

    def _require_time(self) -> None:
        """Hold what comes before the workers, which end by themselves, to the run's deadline as well.

        Raises:
            CannotJudgeError: The time is over.
        """
        if self.question.drafts is None and time.monotonic() > self.deadline:
            told = f"the {_seconds():g} seconds of a run were over while its files were read"
            raise CannotJudgeError(f"{told}; name fewer folders, or allow more seconds in {_DEADLINE}")

    def _all_calls(self, kept: Kept) -> dict[Path, frozenset[Path]]:
        return {folder: self._calls(folder, group, kept) for folder, group in self.files.items()}

    def _calls(self, folder: Path, files: tuple[Path, ...], kept: Kept) -> frozenset[Path]:
        written = (source for path in files for source in self._sources_called(path, kept))
        return frozenset(Path(os.path.normpath(folder / source)) for source in written)

    def _sources_called(self, path: Path, kept: Kept) -> tuple[str, ...]:
        try:
            text = self.sources.text(path)
        except SourceError:
            return ()
        if "module" not in text and path.suffix in {".tf", ".tofu"}:
            return ()
        state = f"{self.sources.states[path]} {path.suffix}"
        known = kept.calls.get(state)
        if known is None:
            from tapeproof.gate.frontends.hcl.calls import local_calls  # noqa: PLC0415 - parses

            self._require_time()
            known = kept.calls[state] = local_calls(path, self.sources)
        return known


def _content(path: Path) -> bytes | None:
    """Return what a file of ordinary size holds; None for anything else, which no revision holds."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= _LARGEST_BYTES else None
    except OSError:
        return None


def _seconds() -> float:
    """Return how long a run may take.

    Raises:
        CannotJudgeError: The environment says something else than a number of seconds.
    """
    written = os.environ.get(_DEADLINE, "")
    try:
        seconds = float(written or _SECONDS)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise CannotJudgeError(f"{_DEADLINE}: expected a number of seconds above 0, got {written!r}")
    return seconds
