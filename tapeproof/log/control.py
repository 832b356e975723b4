"""Control leaves: what the sealer itself says in the log (``docs/formats/audit-log.md`` shows their bytes).

SEAL ends every checkpoint: when it was made, which runs of which lanes it appended, whether entries were left for the
next one and how far the sealer came then, and a hash of the state the sealer goes on from. BROKEN closes a lane before
an item that does not continue it. CLOSE ends an hour: its lanes, its entries and the root over the lanes' heads; an
entry that turns up later is an insertion. PRUNE announces that an hour's entries leave the table after an export.
KEYROT names the key that follows.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.canonical import canonical
from tapeproof.log.errors import MalformedEntryError, NotCanonicalError
from tapeproof.log.merkle import leaf_hash, root_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BROKEN",
    "CLOSE",
    "KEYROT",
    "PRUNE",
    "SEAL",
    "VERSION",
    "Run",
    "control_leaf",
    "heads_root",
    "is_control",
    "parse_control",
]

BROKEN, SEAL, CLOSE, PRUNE, KEYROT = "BROKEN", "SEAL", "CLOSE", "PRUNE", "KEYROT"
VERSION = 2
"""Of the leaves written now. SEAL leaves of version 1 have neither ``more`` nor ``state``, and there is no BROKEN."""
PLACED_VERSION = 3
"""Of SEAL leaves that say how far the sealer came, because there was more; all others are as in version 2."""
_TIME = re.compile(r"\d{19}", re.ASCII)
_PREFIX = b'{"_log":"'
_MEMBERS: dict[str, dict[str, type]] = {
    BROKEN: {"hash": str, "lane": str, "seq": int, "why": str},
    SEAL: {"broken": list, "first": int, "more": bool, "place": list, "runs": list, "state": str},
    CLOSE: {"entries": int, "epoch": str, "heads": str, "lanes": int},
    PRUNE: {"by": str, "entries": int, "epoch": str, "export": str},
    KEYROT: {"new": str, "old": str},
}
_COMMON: dict[str, type] = {"_log": str, "_n": int, "act": str, "ts": str, "v": int}


class Run(NamedTuple):
    """Consecutive entries of one lane that were appended together."""

    lane: str
    first: int
    length: int


def control_leaf(origin: str, index: int, act: str, timestamp: int, **members: Any) -> bytes:  # noqa: ANN401 - JSON
    """Return a control leaf's bytes; ``_n`` binds it to its place in the log."""
    version = PLACED_VERSION if "place" in members else VERSION
    return canonical({"_log": origin, "_n": index, "act": act, "ts": f"{timestamp:019d}", "v": version, **members})


def is_control(data: bytes) -> bool:
    """Return whether a leaf is a control leaf rather than an entry."""
    return data.startswith(_PREFIX)


def parse_control(data: bytes) -> dict[str, Any]:
    """Return a control leaf's members, ``runs`` as ``Run`` tuples.

    Raises:
        MalformedEntryError: The bytes are no control leaf.
    """
    try:
        members: Any = json.loads(data)
        exact = isinstance(members, dict) and canonical(members) == data
    except (ValueError, RecursionError, NotCanonicalError) as error:
        raise MalformedEntryError(f"the control leaf is not canonical JSON: {error}") from error
    if not exact:
        raise MalformedEntryError("the control leaf is not canonical JSON")
    form = _form(str(members.get("act")), members.get("v"))
    if members.keys() != form.keys() or any(type(members[name]) is not kind for name, kind in form.items()):
        raise MalformedEntryError(f"the control leaf has not the form of {members.get('act')!r}")
    if not _TIME.fullmatch(members["ts"]):
        raise MalformedEntryError("the control leaf's ts is no time of 19 digits")
    if members["act"] == SEAL:
        members["runs"] = [_run(one) for one in members["runs"]]
        if members["first"] < 0 or not all(map(_is_broken, members["broken"])):
            raise MalformedEntryError("a SEAL leaf's first or broken is malformed")
        if "place" in members and not (members["more"] and _is_place(members["place"])):
            raise MalformedEntryError("a SEAL leaf's place is malformed, or there was nothing more")
    return dict(members)


def _form(act: str, version: object) -> dict[str, type]:
    """Return the members of a leaf with their types; nothing has the form of an act or version that is not known."""
    known = {SEAL: (1, VERSION, PLACED_VERSION), BROKEN: (VERSION,)}.get(act, (1, VERSION))
    if act not in _MEMBERS or version not in known:
        return {"act": type(None)}
    form = _COMMON | _MEMBERS[act]
    younger = {1: {"more", "place", "state"}, VERSION: {"place"}}.get(version, set())
    return {name: kind for name, kind in form.items() if name not in younger}


def _is_place(value: list[Any]) -> bool:
    """Return whether a value is two lanes, or nothing in place of one."""
    return len(value) == 2 and all(isinstance(one, str) for one in value)  # noqa: PLR2004 - a pair


def _is_broken(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    match value:
        case [str(), int(at), str()] if type(at) is int:
            return True
    return False


def _run(value: Any) -> Run:  # noqa: ANN401 - any JSON value
    match value:
        case [str(lane), int(first), int(count)] if type(first) is type(count) is int and first >= 0 and count > 0:
            return Run(lane, first, count)
    raise MalformedEntryError(f"a SEAL leaf's run is malformed: {value!r}")


def heads_root(heads: Iterable[tuple[str, int, bytes]]) -> str:
    """Return, in hex, the RFC 6962 root over an hour's lanes.

    Args:
        heads: Lane name, number of entries and hash of the last entry.
    """
    lines = (f"{lane} {count} {last.hex()}".encode() for lane, count, last in sorted(heads))
    return root_of(leaf_hash(line) for line in lines).hex()
