"""The log's own items in the audit table (partition C), believed in nothing: what has not their form is a stranger's.

An export copies a stranger's item word by word among what belongs nowhere, where the verifier names it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.request import PruneRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PARTITION", "HeadItem", "checkpoint_of", "control_of", "head_of", "is_log_item"]

PARTITION = "C"
_CONTROL = re.compile(r"LEAF#(\d{16})", re.ASCII)
_CHECKPOINT = re.compile(r"0\d{15}", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class HeadItem(NamedTuple):
    """The sealer's head: its numbers by name, and the verifier keys it names, newest first."""

    numbers: dict[str, str]
    keys: list[str]


def control_of(item: Mapping[str, Any]) -> tuple[int, bytes] | None:
    """Return index and bytes of a control leaf, or None when the item is none."""
    match, data = _CONTROL.fullmatch(_sort_key(item)), item.get("b", {}).get("B")
    if not match or data is None or b"\n" in bytes(data):
        return None
    return int(match[1]), bytes(data)


def checkpoint_of(item: Mapping[str, Any]) -> tuple[int, str] | None:
    """Return size and note of a stored checkpoint, or None when the item is none."""
    match, note = _CHECKPOINT.fullmatch(_sort_key(item)), item.get("note", {}).get("S")
    return (int(match[0]), note) if match and note is not None else None


def head_of(item: Mapping[str, Any]) -> HeadItem | None:
    """Return what the sealer's head says, or None when the item is none."""
    if _sort_key(item) != "HEAD":
        return None
    try:
        numbers = {name: str(item[name]["N"]) for name in ("size", "published", "ver")}
        keys = [str(key[1]) for key in reversed(json.loads(item["keys"]["S"])) if key]
    except (LookupError, TypeError, ValueError, RecursionError):
        return None
    return HeadItem(numbers, keys) if all(map(_NUMBER.fullmatch, numbers.values())) else None


def is_log_item(item: Mapping[str, Any]) -> bool:
    """Return whether an item of partition C is one that the log writes, or a request to prune."""
    return any(read(item) is not None for read in (control_of, checkpoint_of, head_of, PruneRequest.read))


def _sort_key(item: Mapping[str, Any]) -> str:
    return str(item["sk"]["S"])
