"""The log's own items in the audit table (partition C), believed in nothing: what has not their form is a stranger's.

An export copies a stranger's item word by word among what belongs nowhere, where the verifier names it.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.errors import AuditError
from tapeproof.log.head import Head
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import parse_note
from tapeproof.log.request import PruneRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PARTITION", "UNREADABLE", "HeadItem", "checkpoint_of", "control_of", "head_of", "is_log_item", "request_of"]

PARTITION = "C"
UNREADABLE = "unreadable"
_CONTROL = re.compile(r"LEAF#(\d{16})", re.ASCII)
_CHECKPOINT = re.compile(r"0\d{15}", re.ASCII)
_NUMBER, _LEAF_NUMBER = re.compile(r"\d{1,18}", re.ASCII), re.compile(r"-1|\d{1,18}", re.ASCII)
_KEYS = {"pk", "sk"}
_CONTROL_NAMES, _CHECKPOINT_NAMES, _REQUEST_NAMES = (
    _KEYS | {"b", "h"}, _KEYS | {"note", "key_id"}, _KEYS | {"entries", "export", "by"},
)  # fmt: skip
_PAGE = re.compile(r"LANES#([0-9a-f]{64})", re.ASCII)
_HEAD_NAMES = _KEYS | {"ver", "size", "root", "frontier", "published", "closed", "keys", "cursors"}


class HeadItem(NamedTuple):
    """The sealer's head: numbers by name, the verifier keys it names, newest first, and where it says that each is.

    Root, state and commit are in hex.

    Of a head that is damaged, root and state are ``UNREADABLE``, which no log's are.
    """

    numbers: dict[str, str]
    keys: list[str]
    root: str = ""
    state: str = ""
    commit: str = ""
    arns: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return what an export says of it beside the numbers."""
        told = {"root": self.root, "state": self.state, "keys": self.keys, "commit": self.commit}
        return {**told, "arns": list(self.arns)}


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
        named = [key for key in reversed(json.loads(item["keys"]["S"])) if key]
        keys, arns = [str(key[1]) for key in named], tuple(str(key[0]) for key in named)
    except (LookupError, TypeError, ValueError, RecursionError):
        return None
    if not all(map(_NUMBER.fullmatch, numbers.values())):
        return None
    try:
        whole = Head.from_item(item)
        root, state = whole.frontier.root().hex(), whole.state()
    except (AuditError, AttributeError, RecursionError):  # cursors of any shape: whoever writes the table wrote them
        return HeadItem(numbers, keys, UNREADABLE, UNREADABLE, arns=arns)
    return HeadItem(numbers, keys, root, state, whole.commit.hex(), arns)


def is_log_item(item: Mapping[str, Any]) -> bool:
    """Return whether an item of partition C is one that the log writes, or a request to prune, and nothing beside."""
    page = _PAGE.fullmatch(_sort_key(item))
    if page:
        data = bytes(item.get("b", {}).get("B", b""))
        return item.keys() == _KEYS | {"b"} and sha256(data).hexdigest() == page[1]
    if head_of(item) is not None and item.keys() - {"pages", "commit"} == _HEAD_NAMES:
        return True
    forms = {control_of: _CONTROL_NAMES, checkpoint_of: _CHECKPOINT_NAMES}
    if any(item.keys() == names for read, names in forms.items() if read(item) is not None):
        if "note" in item:
            return _is_signed_with(str(item["note"]["S"]), item["key_id"])
        return "h" not in item or bytes(item["h"].get("B", b"")) == leaf_hash(bytes(item["b"]["B"]))
    return PruneRequest.read(item) is not None and item.keys() - {"leaf", "close"} == _REQUEST_NAMES


def _is_signed_with(note: str, key_id: Mapping[str, Any]) -> bool:
    """Return whether a key's id is that of a note's first signature; of what is no note the verifier says so itself."""
    try:
        return bool(key_id == {"S": parse_note(note.encode(errors="replace")).signatures[0].key_id.hex()})
    except AuditError:
        return True


def request_of(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a request to prune says, with the leaf that answers it (-1: none), or None when the item is none."""
    request = PruneRequest.read(item)
    leaf = str(item.get("leaf", {}).get("N", "-1"))
    if not request or not _LEAF_NUMBER.fullmatch(leaf):
        return None
    return {**request.leaf_members(), "leaf": int(leaf), "close": request.close}


def _sort_key(item: Mapping[str, Any]) -> str:
    return str(item["sk"]["S"])
