"""Items that an export holds word for word, since they are not what a writer makes."""

from __future__ import annotations

import json
import re

__all__ = ["added_attributes", "salvage_entry", "stored_item"]

_HEAD = re.compile(rb'\{"_lane":"([^"\\]*)","_prev":"([0-9a-f]{64})","_seq":(\d{1,10}),')
_PLACE = re.compile(r"\d{10}", re.ASCII)


def added_attributes(line: bytes) -> tuple[str, ...]:
    """Return the names of the attributes that an item of a verbatim line has and no writer gives it."""
    try:
        return tuple(map(str, json.loads(line[1:]).get("more", ())))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ()


def stored_item(line: bytes) -> tuple[str, str, bytes, bytes] | None:
    """Return keys, bytes and stored hash of a verbatim line, or None when it is damaged."""
    try:
        item = json.loads(line[1:])
        return str(item["pk"]), str(item["sk"]), bytes.fromhex(item["b"]), bytes.fromhex(item["h"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def salvage_entry(line: bytes) -> tuple[bytes, int | None]:
    """Return the bytes of an entry in any form, and the sequence its item is stored at."""
    if line.startswith(b"!"):
        item = stored_item(line)
        return (item[2], int(item[1])) if item and _PLACE.fullmatch(item[1]) else (line, None)
    match = _HEAD.match(line)
    return line, int(match[3]) if match else None
