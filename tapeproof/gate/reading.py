"""Finding and beginning to parse Terraform, before the evaluator and the rules are imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tapeproof.gate.engine.discovery import found_below
from tapeproof.gate.engine.errors import RootError
from tapeproof.gate.engine.result_cache import cache_folder
from tapeproof.gate.engine.settings import FILE_NAME, load_settings
from tapeproof.gate.frontends.hcl.sources import Sources
from tapeproof.gate.frontends.hcl.syntax_cache import SyntaxCache
from tapeproof.gate.progress import progress

if TYPE_CHECKING:
    from tapeproof.gate.question import Question

__all__ = ["Reading"]


class Reading:
    """The files of one run; they may still be parsed by another process when this returns.

    Args:
        question: What is asked.

    Attributes:
        settings: The project's own.
        sources: The files.
        files: Terraform files by folder, in and below the folders that were named; none when source is not judged.
        asked: Every path the answer depends on so far.

    Raises:
        GateError: The settings cannot be read, or a folder is not there or has no Terraform in it.
    """

    def __init__(self, question: Question) -> None:
        self.settings = load_settings(Path())
        self.sources = Sources(SyntaxCache(cache_folder() / "syntax") if question.cached else None)
        self.asked: set[Path] = {Path(FILE_NAME)}
        self.files: dict[Path, tuple[Path, ...]] = {}
        if question.source:
            for start in question.roots or (Path(),):
                self._find(start)
            with progress("reading", len(self.listed)) as done:
                self.sources.load(sorted(self.listed), done)

    @property
    def listed(self) -> set[Path]:
        """All Terraform files that were found."""
        return {path for group in self.files.values() for path in group}

    def _find(self, start: Path) -> None:
        if not start.is_dir():
            raise RootError(f"{start}: there is no such folder; name the folder of a root module")
        found = found_below(start, self.settings.exclude)
        if not found.files:
            raise RootError(f"{start}: there is no Terraform in this folder or below it")
        self.files |= found.files
        self.asked |= set(found.folders)
