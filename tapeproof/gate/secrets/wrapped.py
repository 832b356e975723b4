"""Text in Base64, which hides nothing: what it says is judged like any other text.

Sources: RFC 4648, section 4; RFC 2045, section 6.8 (lines).
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from tapeproof.gate.secrets.assignments import find_assigned
from tapeproof.gate.secrets.formats import Found, known_formats

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_wrapped", "unwrap"]

_LINE_END = r"[ \t]*(?:\r?\n|\\r?\\n|\\n)[ \t]*"
_WRAPPED = re.compile(
    rf"(?<![A-Za-z0-9+/=_-])(?:(?:[A-Za-z0-9+/]{{4}}){{10,}}{_LINE_END}(?=[A-Za-z0-9+/]))*+[A-Za-z0-9+/]{{24,}}={{0,2}}"
    r"(?![A-Za-z0-9+/=_-])"
)
"""One word, or lines of one length or another (RFC 2045, section 6.8) and the last."""
_BREAK = re.compile(_LINE_END)
_LOGIN = re.compile(
    r"(?:\bBasic |\bauth\\?[\"'][ \t]*[:=][ \t]*\\?[\"']|\b_auth[ \t]*=[ \t]*)"
    r"(?P<word>[A-Za-z0-9+/]{8,}={0,2})(?![\w+/=-])"
)
"""A header of HTTP, and the settings of Docker (RFC 7617; Docker documentation, "docker login"), and npm."""
_USER_AND_PASSWORD = re.compile(r"[^:\s]*:\S{3,}")
_SHORTEST = 24
_WHITE = "\n\r\t"


def find_wrapped(text: str) -> Iterator[Found]:
    """Yield the words of a text that are credentials in Base64, or hold some."""
    for login in _LOGIN.finditer(text):
        if _USER_AND_PASSWORD.fullmatch(unwrap(login["word"])):
            yield Found("a user's password in Base64", login.start("word"), len(login["word"]))
    for match in _WRAPPED.finditer(text) if len(text) >= _SHORTEST else ():
        lines = _BREAK.split(match[0])
        words = ["".join(lines), *lines] if len(lines) > 1 else lines  # together, or one value in each line
        found = next(filter(None, (_first(unwrap(word)) for word in words)), None)
        if found is not None:
            yield Found(f"{found.kind} in Base64", match.start(), len(match[0]), found.clue)


def _first(text: str) -> Found | None:
    """Return what gives a decoded text away; it may be encoded again, each time by a third longer."""
    while (again := _WRAPPED.fullmatch(text.strip())) is not None and (inner := unwrap(_BREAK.sub("", again[0]))):
        text = inner
    return next((found for search in (known_formats, find_assigned) for found in search(text)), None) if text else None


def unwrap(word: str) -> str:
    """Return the text behind Base64; empty when there is none that people could read."""
    try:
        text = base64.b64decode(word, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
    return text if all(character.isprintable() or character in _WHITE for character in text) else ""
