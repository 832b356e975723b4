"""Files to syntax: parsed once each, from the cache where the same content was parsed before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from policies.frontends.hcl.files import read_text
from policies.frontends.hcl.json_syntax import parse_json, parse_json_values
from policies.frontends.hcl.parser import parse_hcl

if TYPE_CHECKING:
    from pathlib import Path

    from policies.engine.evaluator.syntax import Source
    from policies.frontends.hcl.syntax_cache import SyntaxCache

__all__ = ["Sources", "parse"]


class Sources:
    """Parses files.

    Args:
        cache: Keeps syntax by the content it came from; None keeps nothing.

    Attributes:
        lines: The lines of every file that was read, by the name it is shown under.
        digests: SHA-256 of every file that was read.
    """

    def __init__(self, cache: SyntaxCache | None = None) -> None:
        self.cache = cache
        self.lines: dict[str, tuple[str, ...]] = {}
        self.digests: dict[str, str] = {}
        self._parsed: dict[Path, Source] = {}

    def parsed(self, path: Path) -> Source:
        """Return a file's syntax.

        Raises:
            SourceError: It cannot be read, or is no Terraform.
        """
        if path not in self._parsed:
            shown = str(path)
            text = read_text(path, shown)
            self.lines[shown] = tuple(text.split("\n"))
            self.digests[shown] = hashlib.sha256(text.encode()).hexdigest()
            self._parsed[path] = self._syntax(text, shown)
        return self._parsed[path]

    def _syntax(self, text: str, shown: str) -> Source:
        if self.cache is None:
            return parse(text, shown)
        known = self.cache.get(self.digests[shown], shown)
        if known is None:
            known = parse(text, shown)
            self.cache.put(self.digests[shown], shown, known)
        return known


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
