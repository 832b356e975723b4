"""Secrets that a script, a settings file or JSON inside a string gives a name: ``export DB_PASSWORD=…``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.secrets.formats import Clue, Found
from tapeproof.gate.secrets.names import is_placeholder, is_secret_name, tells_where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_assigned"]

_ASSIGNED = re.compile(
    r"""(?P<name>[A-Za-z_][\w.-]{1,80})\\?["']?[ \t]*(?P<sign>:=|=>|=|:)[ \t]*
    (?:\\?"(?P<double>(?:[^"\\\n]|\\[^"n])*)\\?"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"',;|&<>(){}\[\]\\]++)(?![(\[{]))""",
    re.VERBOSE,
)
_OPTION = re.compile(r"(?<!\w)--?(?P<name>[A-Za-z][\w-]{2,40})[ =]+(?P<bare>[^\s\"'$<>(){}-][^\s\"'$<>(){}]{2,})")
_CODE = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_]\w*)+|[a-z_-]+")
"""A name or an attribute in some language, or a word in YAML; a password made of nothing else is not told apart."""
_TYPES = frozenset(
    ["str", "string", "text", "bytes", "int", "integer", "bool", "number", "float", "any", "object", "array", "list"]
)


def find_assigned(text: str) -> Iterator[Found]:
    """Yield the values that a text gives to names of secrets; not references, paths, types or placeholders."""
    taken: set[int] = set()
    # A text without any of the signs that a pattern needs is told so far faster than by the pattern.
    assigned = "=" in text or ":" in text
    option = "-" in text and ("=" in text or " " in text)
    for pattern in (*[_ASSIGNED] * assigned, *[_OPTION] * option):
        for match in pattern.finditer(text):
            if not is_secret_name(match["name"]) or _is_field(match):
                continue
            group = next(name for name in ("bare", "double", "single") if match.groupdict().get(name) is not None)
            if match.start(group) not in taken and _is_value(match, group):
                taken.add(match.start(group))
                yield Found(f"the value of {match['name']}", match.start(group), len(match[group]), Clue.NAME)


def _is_field(match: re.Match[str]) -> bool:
    """Return whether a name only says which part of a stored secret is meant: ``secret:db-AbCdEf:password::``."""
    before = match.string[: match.start("name")]
    return match.groupdict().get("sign") == ":" and before.endswith(":")


def _is_value(match: re.Match[str], group: str) -> bool:
    value = match[group]
    if tells_where(value) or is_placeholder(value) or (value.lower() if group == "bare" else value) in _TYPES:
        return False
    bare_word = group == "bare" and _CODE.fullmatch(value) is not None
    return not (bare_word and match.groupdict().get("sign") in {":", ":=", "=>"}) and not (bare_word and "." in value)
