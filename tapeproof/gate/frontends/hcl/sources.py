"""Files to syntax: parsed once each, from the cache where the same content was parsed before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.parallel import ahead, processors, spread
from tapeproof.gate.frontends.hcl.files import read_text
from tapeproof.gate.frontends.hcl.json_syntax import parse_json, parse_json_values
from tapeproof.gate.frontends.hcl.parser import parse_hcl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.syntax import Source
    from tapeproof.gate.frontends.hcl.syntax_cache import SyntaxCache

__all__ = ["Sources", "parse"]

_WORTH_FORKING = 20_000
"""Characters of source from which on a second process is started; it costs about as much as parsing 5,000."""
_WORTH_SHARING = 300_000
"""Characters of source from which on this process, once it has imported all the rest, parses too."""
_BATCH = 200
"""How many files are parsed between two steps of a progress bar."""

_Text: TypeAlias = "tuple[Path, str, str]"
"""A file, its text, and the text's digest."""


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
        self._begun: Callable[[], dict[Path, Source | SourceError]] | None = None

    def parsed(self, path: Path) -> Source:
        """Return a file's syntax.

        Raises:
            SourceError: It cannot be read, or is no Terraform.
        """
        self._finish()
        if path not in self._outcomes:
            self.load([path])
            self._finish()
        outcome = self._outcomes[path]
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    def load(self, paths: Iterable[Path], done: Callable[[int], None] = _nothing) -> None:
        """Parse many files at once, in other processes where that pays; faults wait until a file is asked for.

        This may return before they are parsed: whoever calls it early has time to do something else.

        Args:
            paths: The files.
            done: Told how many more files are done.
        """
        self._finish()
        texts: list[_Text] = []
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
        if _WORTH_FORKING <= sum(len(text) for _, text, _ in texts) < _WORTH_SHARING and processors() > 1:
            self._begun = ahead(texts, lambda items: {item[0]: self._made(item) for item in items})
            done(len(texts))
        else:
            self._parse(texts, done)

    def forget(self, path: Path) -> None:
        """Read a file anew when it is asked for again, because it has changed."""
        self._outcomes.pop(path, None)

    def _finish(self) -> None:
        """Wait for the files that another process parses."""
        if self._begun is not None:
            begun, self._begun = self._begun, None
            for path, outcome in begun().items():
                self._keep(path, outcome)

    def _parse(self, texts: list[_Text], done: Callable[[int], None]) -> None:
        if not texts:
            return
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            outcomes = spread(batch, self._made, lambda item: len(item[1]), _WORTH_FORKING)
            for (path, _, _), outcome in zip(batch, outcomes, strict=True):
                self._keep(path, outcome)
            done(len(batch))

    def _made(self, item: _Text) -> Source | SourceError:
        """Return what a text holds, kept in the cache by whichever process has parsed it."""
        path, text, digest = item
        try:
            source = parse(text, str(path))
        except SourceError as error:
            return error
        if self.cache is not None:
            self.cache.put(digest, str(path), source)
        return source

    def _keep(self, path: Path, outcome: Source | SourceError) -> None:
        self._outcomes[path] = outcome
        if not isinstance(outcome, SourceError):
            self.read.add(path)


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
