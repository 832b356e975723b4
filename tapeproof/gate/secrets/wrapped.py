"""Text in Base64, which hides nothing: what it says is judged like any other text.

Source: RFC 4648, section 4.
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

_WRAPPED = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{24,}={0,2}(?![A-Za-z0-9+/=_-])")
_LOGIN = re.compile(r"(?:\bBasic |\bauth\\?[\"'][ \t]*[:=][ \t]*\\?[\"'])(?P<word>[A-Za-z0-9+/]{8,}={0,2})(?![\w+/=-])")
"""A header of HTTP, and the settings of Docker (RFC 7617; Docker documentation, "docker login")."""
_USER_AND_PASSWORD = re.compile(r"[^:\s]*:\S{3,}")
_SHORTEST = 24
_WHITE = "\n\r\t"


def find_wrapped(text: str) -> Iterator[Found]:
    """Yield the words of a text that are credentials in Base64, or hold some."""
    for login in _LOGIN.finditer(text):
        if _USER_AND_PASSWORD.fullmatch(unwrap(login["word"])):
            yield Found("a user's password in Base64", login.start("word"), len(login["word"]))
    for match in _WRAPPED.finditer(text) if len(text) >= _SHORTEST else ():
        inside = unwrap(match[0])
        for found in known_formats(inside) if inside else ():
            yield Found(f"{found.kind} in Base64", match.start(), len(match[0]), found.clue)
            break
        else:
            for found in find_assigned(inside):
                yield Found(f"{found.kind} in Base64", match.start(), len(match[0]), found.clue)
                break


def unwrap(word: str) -> str:
    """Return the text behind Base64; empty when there is none that people could read."""
    try:
        text = base64.b64decode(word, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
    return text if all(character.isprintable() or character in _WHITE for character in text) else ""
