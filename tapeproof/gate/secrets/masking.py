"""Text with its secrets hidden: everything that leaves the gate goes through here."""

from __future__ import annotations

from itertools import chain

from tapeproof.gate.secrets.assignments import find_assigned
from tapeproof.gate.secrets.entropy import random_tokens
from tapeproof.gate.secrets.formats import known_formats
from tapeproof.gate.secrets.wrapped import find_wrapped

__all__ = ["HIDDEN", "cover_part", "mask_secrets"]

HIDDEN = "(hidden)"
"""What stands where a value would."""
_SHORTEST = 8


def mask_secrets(text: str) -> str:
    """Return a text in which every secret that can be told is covered; it keeps its length, so that columns stay."""
    if len(text) < _SHORTEST:
        return text
    for found in chain(known_formats(text), find_assigned(text), find_wrapped(text), random_tokens(text)):
        text = cover_part(text, found.offset, found.length)
    return text


def cover_part(text: str, offset: int, length: int) -> str:
    """Return a text with a part of it covered."""
    end = min(offset + length, len(text))
    return text[:offset] + "*" * max(end - offset, 0) + text[end:] if offset < len(text) else text
