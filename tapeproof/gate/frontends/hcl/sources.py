"""Files to syntax: each is read once and parsed at most once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.boundary import OUTSIDE
from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.frontends.hcl.files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.boundary import Boundary
    from tapeproof.gate.engine.drafts import Drafts
    from tapeproof.gate.engine.evaluator.expressions import Constants
    from tapeproof.gate.engine.evaluator.literals import Written
    from tapeproof.gate.engine.evaluator.syntax import Source

__all__ = ["Sources", "parse"]


class Sources:
    """Reads and parses files.

    Args:
        boundary: What may be read; everything without one.
        drafts: What an editor holds, over the files; None outside of one.

    Attributes:
        states: The state of every file that was asked for, as it was read.
        lines: The lines of every file that was parsed, by the name it is shown under.
        read: Every file that could be parsed.
        constants: The values of constants in their syntax that were evaluated for the root judged last.
        written: The literal text that was found before anything was judged.
    """

    def __init__(self, boundary: Boundary | None = None, drafts: Drafts | None = None) -> None:
        self.boundary = boundary
        self.drafts = drafts
        self.states: dict[Path, str] = {}
        self.lines: dict[str, tuple[str, ...]] = {}
        self.read: set[Path] = set()
        self.constants: Constants = {}
        self.written: dict[int, Written] = {}
        self._texts: dict[Path, str | SourceError] = {}
        self._outcomes: dict[Path, Source | SourceError] = {}

    def text(self, path: Path) -> str:
        """Return a file's text.

        Raises:
            SourceError: It cannot be read.
        """
        if path not in self._texts:
            try:
                self._texts[path] = self._read(path)
            except SourceError as error:
                self._texts[path] = error
        text = self._texts[path]
        if isinstance(text, SourceError):
            raise text
        return text

    def may_read(self, path: Path) -> bool:
        """Return whether a path lies within what may be read."""
        return self.boundary is None or self.boundary.holds(path)

    def _read(self, path: Path) -> str:
        if not self.may_read(path):
            self.states[path] = OUTSIDE
            raise SourceError(str(path), f"the file {OUTSIDE}")
        held = None if self.drafts is None else self.drafts.find_text(path)
        if self.drafts is None or held is None:
            return read_text(path, str(path), self.states)
        self.states[path] = self.drafts.find_state(path) or ""
        return held

    def parse_file(self, path: Path) -> Source:
        """Return a file's syntax.

        Raises:
            SourceError: It cannot be read, or is no Terraform.
        """
        if path not in self._outcomes:
            self._outcomes[path] = self._read_and_parse(path)
        outcome = self._outcomes[path]
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    def forget(self, path: Path) -> None:
        """Read a file anew when it is next asked for, because it was changed."""
        self._texts.pop(path, None)
        self._outcomes.pop(path, None)
        self.read.discard(path)

    def _read_and_parse(self, path: Path) -> Source | SourceError:
        shown = str(path)
        try:
            text = self.text(path)
            self.lines[shown] = tuple(text.split("\n"))
            source = parse(text, shown) if self.drafts is None else _parse_once(text, shown, self.drafts)
        except SourceError as error:
            return error
        self.read.add(path)
        return source


def _parse_once(text: str, shown: str, drafts: Drafts) -> Source:
    """Return a file's syntax; an editor asks about the same files with every keystroke."""
    known = drafts.parsed.get(shown)
    if known is None or known[0] != text:
        try:
            known = text, parse(text, shown)
        except SourceError as error:
            known = text, error
        drafts.parsed[shown] = known
    if isinstance(known[1], SourceError):
        raise known[1]
    return known[1]


def parse(text: str, shown: str) -> Source:
    """Return the syntax of a file's text, in the syntax its name says.

    Raises:
        SourceError: It is no Terraform.
    """
    if shown.endswith(".json"):
        from tapeproof.gate.frontends.hcl.json_syntax import parse_json, parse_json_values  # noqa: PLC0415 - few have any

        return parse_json_values(text, shown) if shown.endswith(".tfvars.json") else parse_json(text, shown)
    from tapeproof.gate.frontends.hcl.parser import parse_hcl  # noqa: PLC0415 - a run that repeats an answer parses nothing

    return parse_hcl(text, shown)
