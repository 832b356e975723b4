"""Patterns that are compiled when they are asked first, for what most configurations have no text to ask about.

Compiling takes longer than all that most patterns are ever asked, and a check begins at every commit. What each check
asks is compiled at once, by ``re``, before there are workers that would each compile it for themselves.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["compile_late"]

_OF_A_PATTERN = frozenset(
    {"findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "search", "split"}
    | {"sub", "subn"}
)


class _LatePattern:
    """A pattern that becomes what ``re.compile`` returns when it is asked anything."""

    def __init__(self, written: str, flags: int) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - asked once: what is found is kept where it is looked for first
        if name not in _OF_A_PATTERN:
            raise AttributeError(name)
        compiled = re.compile(self._written, self._flags)
        self.__dict__ |= {each: getattr(compiled, each) for each in _OF_A_PATTERN}
        return self.__dict__[name]


def compile_late(written: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is asked first.

    Args:
        written: The pattern.
        flags: As ``re.compile`` takes them.
    """
    return cast("re.Pattern[str]", _LatePattern(written, flags))
