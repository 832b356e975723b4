"""Strings in Unicode's composed form, into which Terraform brings every string: an e and an accent are one letter.

Source: Terraform's type system (``cty``), "Primitive types": strings are normalised to NFC.
"""

from __future__ import annotations

import unicodedata

from tapeproof.gate.engine.mapping import Mapping
from tapeproof.gate.engine.model import Known, Value
from tapeproof.gate.engine.record import replace

__all__ = ["compose", "compose_text"]


def compose_text(text: str) -> str:
    """Return a text in its composed form."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def compose(value: Value) -> Value:
    """Return a value whose strings are all composed; where parts of one are written is not kept when it changes."""
    if not isinstance(value, Known):
        return value
    content = value.value
    if isinstance(content, str):
        text = content if content.isascii() else compose_text(content)
        return value if text is content else replace(value, value=text, pieces=())
    if isinstance(content, tuple):
        parts = tuple(compose(part) for part in content)
        return value if all(map(_is, parts, content)) else replace(value, value=parts)
    if isinstance(content, Mapping):
        entries = {compose_text(name): compose(part) for name, part in content.items()}
        same = all(map(_is, entries.values(), content.values())) and all(name in content for name in entries)
        return value if same and len(entries) == len(content) else replace(value, value=entries)
    return value


def _is(one: object, other: object) -> bool:
    return one is other
