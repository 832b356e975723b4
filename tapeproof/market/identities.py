"""What a venue makes unique, as one text that can stand in a key."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Pairs", "identity_text"]

Pairs = tuple[tuple[str, str], ...]
_LONGEST = 300
_UNESCAPED = "-._~:+/@ "
_PLAIN = re.compile(r"[A-Za-z0-9._~:+/@ -]*")


def identity_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Return (name, text) pairs as ``name=text;name=text`` by name; empty for none.

    What separates the parts of keys is percent-encoded; very long ones are replaced by their SHA-256.
    """
    whole = ";".join([f"{name}={_escape(value)}" for name, value in sorted(pairs)])
    if len(whole) <= _LONGEST:
        return whole
    return f"sha256={hashlib.sha256(whole.encode()).hexdigest()}"


def _escape(value: str) -> str:
    # Nearly all are numbers or plain words.
    return value if _PLAIN.fullmatch(value) else quote(value, safe=_UNESCAPED, errors="replace")
