"""Regular expressions as Terraform has them (RE2), on Python's engine.

Source: RE2 documentation, "Syntax". Python's engines backtrack, so a pattern from a repository runs with a time limit,
unless it is of a form that cannot take long.
"""

from __future__ import annotations

import re
import time
from functools import cached_property
from typing import Any

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.functions.brief_patterns import find_brief
from tapeproof.gate.engine.evaluator.functions.re2 import translate

__all__ = ["compile_pattern", "replace_text"]

_SECONDS = 2.0
_MOST_MATCHES = 100_000
_BACKREFERENCE = re.compile(r"\\[1-9]|\(\?[=!]|\(\?<[=!]|\(\?P[=>]|\(\?[(>|&]")
_REFERENCE = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})")


class _Limited:
    """A pattern whose searches end in time.

    Args:
        pattern: The pattern as RE2 has it.

    Raises:
        Fault: It is none.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.translated = translate(pattern)
        self.brief = find_brief(self.translated)
        if self.brief is None:
            self.limited  # noqa: B018 - says at once what is wrong with it

    @cached_property
    def limited(self) -> Any:  # noqa: ANN401 - a pattern of the regex package, which has no types
        """The pattern for an engine that takes a time limit.

        Raises:
            Fault: It is none.
        """
        import regex  # noqa: PLC0415 - slow to import; only configurations that use such patterns pay for it

        try:
            return regex.compile(self.translated, regex.VERSION0)
        except regex.error as error:
            raise Fault(f"{self.pattern!r} is no regular expression: {error}") from None

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match.

        Raises:
            Fault: It takes too long.
        """
        return self._search_from(text, 0, _SECONDS)

    def finditer(self, text: str) -> list[re.Match[str]]:
        """Return all matches; an empty one right behind another counts for nothing (Go, package ``regexp``).

        Raises:
            Fault: It takes too long, or there are too many.
        """
        kept: list[re.Match[str]] = []
        here, end = 0, -1
        until = time.monotonic() + _SECONDS
        while here <= len(text):
            found = self._search_from(text, here, until - time.monotonic())
            if found is None:
                break
            if found[0] or found.start() != end:
                kept.append(found)
            if len(kept) > _MOST_MATCHES:
                raise Fault(f"the pattern matches more than {_MOST_MATCHES:,} times")
            end = found.end()
            here = end if end > here else here + 1  # Python would look for a longer match where an empty one was
        return kept

    def _search_from(self, text: str, here: int, seconds: float) -> re.Match[str] | None:
        if seconds > 0 and self.brief is not None and self.brief.suits(text):
            return self.brief.compiled.search(text, here)
        try:
            if seconds > 0:
                return self.limited.search(text, here, timeout=seconds)  # type: ignore[no-any-return]
        except TimeoutError:
            pass
        raise Fault("the pattern takes too long to match")


def compile_pattern(pattern: str) -> _Limited:
    """Return a pattern, ready to search with.

    Raises:
        Fault: It is no RE2 pattern.
    """
    if _BACKREFERENCE.search(pattern):
        raise Fault(f"{pattern!r} uses what RE2 does not have: backreferences or looking around")
    return _Limited(pattern)


def replace_text(text: str, old: str, new: str) -> str:
    """Return a text with every ``old`` replaced; ``/…/`` makes ``old`` a pattern and ``$1`` in ``new`` a group.

    Raises:
        Fault: The pattern is none.
    """
    if not (len(old) > 1 and old.startswith("/") and old.endswith("/")):
        return text.replace(old, new)
    result: list[str] = []
    last = 0
    for found in compile_pattern(old[1:-1]).finditer(text):
        result.extend((text[last : found.start()], _expand_groups(found, new)))
        last = found.end()
    return "".join((*result, text[last:]))


def _expand_groups(found: re.Match[str], template: str) -> str:
    def group(reference: re.Match[str]) -> str:
        name = reference[1] or reference[2]
        if name is None:
            return "$"
        if name.isdigit():
            return (found[int(name)] or "") if int(name) <= found.re.groups else ""
        return (found[name] or "") if name in found.re.groupindex else ""

    return _REFERENCE.sub(group, template)
