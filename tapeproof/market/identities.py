"""What a venue makes unique, as one text that can stand in a key."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Pairs", "identity_text"]

Pairs = tuple[tuple[str, str], ...]
_LONGEST = 300
_UNESCAPED = "-._~:+/@ "


def identity_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Return (name, text) pairs as ``name=text;name=text`` by name; empty for none.

    What separates the parts of keys is percent-encoded; very long ones are replaced by their SHA-256.
    """
    whole = ";".join(f"{name}={quote(value, safe=_UNESCAPED, errors='replace')}" for name, value in sorted(pairs))
    if len(whole) <= _LONGEST:
        return whole
    return f"sha256={hashlib.sha256(whole.encode()).hexdigest()}"
