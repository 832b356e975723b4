"""Values that text puts beside the names of secrets: in elements, pairs of name and value, calls, lists of logins.

Sources: XML 1.0; Kubernetes API Reference, EnvVar; Dockerfile reference, ENV; the manuals of curl (``.netrc``) and of
PostgreSQL ("The Password File").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.late_pattern import compile_late
from tapeproof.gate.secrets.formats import Clue, Found
from tapeproof.gate.secrets.names import is_placeholder, is_secret_name, may_name_secret, tells_where

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_beside"]

_NAME = r"(?P<name>[A-Za-z_][\w.-]{1,80})"
_VALUE = r"(?P<value>[^\s\"'<>][^\"'<>\n]{2,400}(?<!\\))"
_SETTERS = r"(?:define|putenv|setenv|set_env|setEnv|SetEnvironmentVariable|setProperty|put|set|add|append)"
_FORMS = (
    ("</", compile_late(rf"<(?:\w+:)?{_NAME}>\s*{_VALUE}</(?:\w+:)?(?P=name)>")),
    ("value=", compile_late(rf"\b(?:name|key|id)=\\?[\"']{_NAME}\\?[\"']\s+value=\\?[\"']{_VALUE}\\?[\"']")),
    (
        "alue",
        re.compile(
            rf"[\"'](?:[Nn]ame|[Kk]ey)\\?[\"']\s*:\s*\\?[\"']{_NAME}\\?[\"']\s*,\s*\\?[\"'][Vv]alue\\?[\"']\s*:"
            rf"\s*\\?[\"']{_VALUE}\\?[\"']"
        ),
    ),
    (
        "value:",
        compile_late(
            rf"^[ \t-]*(?:name|key):[ \t]*[\"']?{_NAME}[\"']?[ \t]*\r?\n[ \t]*value:[ \t]*[\"']?"
            r"(?P<value>[^\s\"'#][^\s\"']{2,400})",
            re.MULTILINE,
        ),
    ),
    ("(", re.compile(rf"\b{_SETTERS}\(\s*[\"']{_NAME}[\"']\s*,\s*[\"']{_VALUE}[\"']")),
    ("]", re.compile(rf"\[\s*[\"']{_NAME}[\"']\s*\]\s*=\s*[\"']{_VALUE}[\"']")),
    ("ENV ", compile_late(rf"^ENV[ \t]+{_NAME}[ \t]+{_VALUE}", re.MULTILINE)),
    ("machine ", re.compile(r"\bmachine\s+\S+\s+login\s+\S+\s+(?P<name>password)\s+(?P<value>\S{3,})")),
)
"""What a text of the form contains, and the form."""
_LOGIN = re.compile(
    r"^[\w.*-]+:(?:\d{4,5}|\*):(?:[A-Za-z_][\w-]*|\*):[A-Za-z_][\w.-]*:(?P<value>\S{4,})$", re.MULTILINE
)
_ADDRESS = re.compile(r"[0-9A-Fa-f:]+")
_COLONS = 4
_TYPES = frozenset({"string", "number", "password", "bool", "SecureString", "text"})


def find_beside(text: str) -> Iterator[Found]:
    """Yield the values that stand beside names of secrets; not references, paths, types or placeholders."""
    for mark, form in _FORMS if may_name_secret(text) else ():
        if mark in text:
            for match in form.finditer(text):
                if is_secret_name(match["name"]) and _is_value(match["value"]):
                    yield Found(f"the value of {match['name']}", match.start("value"), len(match["value"]), Clue.NAME)
    if text.count(":") >= _COLONS:
        for match in _LOGIN.finditer(text):
            if _ADDRESS.fullmatch(match[0]) is None and _is_value(match["value"]):
                yield Found("a password of a database", match.start("value"), len(match["value"]), Clue.NAME)


def _is_value(text: str) -> bool:
    return not (tells_where(text) or is_placeholder(text) or text.strip() in _TYPES)
