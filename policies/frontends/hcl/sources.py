"""Files to syntax: parsed once each, from the cache where the same content was parsed before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from policies.engine.errors import SourceError
from policies.engine.parallel import spread
from policies.frontends.hcl.files import read_text
from policies.frontends.hcl.json_syntax import parse_json, parse_json_values
from policies.frontends.hcl.parser import import_parser, parse_hcl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from policies.engine.evaluator.syntax import Source
    from policies.frontends.hcl.syntax_cache import SyntaxCache

__all__ = ["Sources", "parse"]

_WORTH_FORKING = 20_000
"""Characters of source from which on a second process is started; it costs about as much as parsing 5,000."""
_BATCH = 200
"""How many files are parsed between two steps of a progress bar."""


def _nothing(_count: int) -> None:
    """Tell nobody."""


class Sources:
    """Parses files.

    Args:
        cache: Keeps syntax by the content it came from; None keeps nothing.

    Attributes:
        lines: The lines of every file that was read, by the name it is shown under.
        asked: Every file that was asked for.
        read: Every file that could be parsed.
    """

    def __init__(self, cache: SyntaxCache | None = None) -> None:
        self.cache = cache
        self.lines: dict[str, tuple[str, ...]] = {}
        self.asked: set[Path] = set()
        self.read: set[Path] = set()
        self._outcomes: dict[Path, Source | SourceError] = {}

    def parsed(self, path: Path) -> Source:
        """Return a file's syntax.

        Raises:
            SourceError: It cannot be read, or is no Terraform.
        """
        if path not in self._outcomes:
            self.load([path])
        outcome = self._outcomes[path]
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    def load(self, paths: Iterable[Path], done: Callable[[int], None] = _nothing) -> None:
        """Parse many files at once, on all processors where that pays; faults wait until a file is asked for.

        Args:
            paths: The files.
            done: Told how many more files are done.
        """
        texts: list[tuple[Path, str, str]] = []
        for path in paths:
            if path in self._outcomes:
                continue
            self.asked.add(path)
            shown = str(path)
            try:
                text = read_text(path, shown)
            except SourceError as error:
                self._outcomes[path] = error
                continue
            self.lines[shown] = tuple(text.split("\n"))
            digest = hashlib.sha256(text.encode()).hexdigest()
            known = None if self.cache is None else self.cache.get(digest, shown)
            if known is None:
                texts.append((path, text, digest))
            else:
                self._keep(path, known)
                done(1)
        self._parse(texts, done)

    def forget(self, path: Path) -> None:
        """Read a file anew when it is asked for again, because it has changed."""
        self._outcomes.pop(path, None)

    def _parse(self, texts: list[tuple[Path, str, str]], done: Callable[[int], None]) -> None:
        if not texts:
            return
        import_parser()
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            outcomes = spread(batch, _outcome, lambda item: len(item[1]), _WORTH_FORKING)
            for (path, _, digest), outcome in zip(batch, outcomes, strict=True):
                self._keep(path, outcome)
                if self.cache is not None and not isinstance(outcome, SourceError):
                    self.cache.put(digest, str(path), outcome)
            done(len(batch))

    def _keep(self, path: Path, outcome: Source | SourceError) -> None:
        self._outcomes[path] = outcome
        if not isinstance(outcome, SourceError):
            self.read.add(path)


def _outcome(item: tuple[Path, str, str]) -> Source | SourceError:
    try:
        return parse(item[1], str(item[0]))
    except SourceError as error:
        return error


def parse(text: str, shown: str) -> Source:
    """Return the syntax of a file's text, in the syntax its name says.

    Raises:
        SourceError: It is no Terraform.
    """
    if shown.endswith(".tfvars.json"):
        return parse_json_values(text, shown)
    if shown.endswith(".json"):
        return parse_json(text, shown)
    return parse_hcl(text, shown)
