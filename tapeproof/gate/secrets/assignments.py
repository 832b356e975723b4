"""Secrets that a script, a settings file or JSON inside a string gives a name: ``export DB_PASSWORD=…``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.late_pattern import compile_late
from tapeproof.gate.secrets.beside import find_beside
from tapeproof.gate.secrets.commands import find_commanded
from tapeproof.gate.secrets.formats import Clue, Found
from tapeproof.gate.secrets.names import is_placeholder, is_secret_name, may_name_secret, tells_where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_assigned"]

_NAMED = re.compile(
    r"""(?P<name>[A-Za-z_][\w.-]{1,80}+)\\?["']?[ \t]*+(?P<sign>:=|=>|=|:)[ \t]*(?:\{\s*\\?"S\\?"\s*:\s*)?"""
)
"""A text in an item of DynamoDB has its type between (DynamoDB Developer Guide, "Data type descriptors")."""
_VALUE = compile_late(
    r"""\\?"(?P<double>(?:[^"\\\n]|\\[^"n])*)\\?"|'(?P<single>[^'\n]*)'
    |(?P<bare>[^\s"',;|&<>(){}\[\]\\]{1,4096}+)(?![(\[{])""",
    re.VERBOSE,
)
_OPTION = re.compile(r"(?<!\w)--?(?P<name>[A-Za-z][\w-]{2,40})[ =]+(?P<bare>[^\s\"'$<>(){}-][^\s\"'$<>(){}]{2,})")
_CODE = compile_late(r"[a-z_][a-z0-9_]*(?:\.[a-z_]\w*)+|[a-z_-]+")
"""A name or an attribute in some language, or a word in YAML; a password made of nothing else is not told apart."""
_SHORTEST = 3
"""One or two letters are compared with, or stand for something; nobody is let in by them."""
_TYPES = frozenset(
    ["str", "string", "text", "bytes", "int", "integer", "bool", "number", "float", "any", "object", "array", "list"]
)


def find_assigned(text: str) -> Iterator[Found]:
    """Yield the values that a text gives to names of secrets; not references, paths, types or placeholders."""
    taken: set[int] = set()
    for name, sign, match in _named_values(text) if may_name_secret(text) else ():
        group = next(name for name in ("bare", "double", "single") if match.groupdict().get(name) is not None)
        if match.start(group) not in taken and _is_value(match, group, sign):
            taken.add(match.start(group))
            yield Found(f"the value of {name}", match.start(group), len(match[group]), Clue.NAME)
    for search in (find_beside, find_commanded):
        yield from (found for found in search(text) if found.offset not in taken)


def _named_values(text: str) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Yield the values that follow names of secrets: the name, the sign between them, and where the value stands."""
    # A text without any of the signs that a pattern needs is told so far faster than by the pattern.
    position = 0 if "=" in text or ":" in text else len(text)
    while named := _NAMED.search(text, position):
        position = named.end()
        if is_secret_name(named["name"]) and not _is_field(named):
            value = _VALUE.match(text, position)
            if value is not None:
                position = value.end()
                yield named["name"], named["sign"], value
    if "-" in text and ("=" in text or " " in text):
        for match in _OPTION.finditer(text):
            if is_secret_name(match["name"]):
                yield match["name"], "", match


def _is_field(named: re.Match[str]) -> bool:
    """Return whether a name only says which part of a stored secret is meant: ``secret:db-AbCdEf:password::``."""
    return named["sign"] == ":" and named.string[: named.start("name")].endswith(":")


def _is_value(match: re.Match[str], group: str, sign: str) -> bool:
    value = match[group]
    if (
        len(value.strip()) < _SHORTEST
        or tells_where(value)
        or is_placeholder(value)
        or (value.lower() if group == "bare" else value) in _TYPES
    ):
        return False
    bare_word = group == "bare" and _CODE.fullmatch(value) is not None
    return not (bare_word and sign in {":", ":=", "=>"}) and not (bare_word and "." in value)
