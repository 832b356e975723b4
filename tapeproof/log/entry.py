"""One entry of the log: its fields, its bytes and its hash. ``docs/formats/audit-log.md`` shows the bytes.

An entry is canonical JSON whose members sort so that the lane, the link to the previous entry and the position come
first. ``entry_hash = SHA256(0x00 || bytes)`` is at once the RFC 6962 (section 2.1) leaf hash and the next entry's
``_prev``, so the chain of a lane and the tree over all lanes check each other.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tapeproof.log.canonical import canonical, encode, quoted, utf8
from tapeproof.log.errors import MalformedEntryError, NotCanonicalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "BATCH",
    "FORMAT_VERSION",
    "Entry",
    "entry_hash",
    "genesis",
    "hour_of",
    "parse",
    "payload_hash",
]

FORMAT_VERSION = 1
BATCH = "BATCH"
"""The ``act`` of an entry that carries several decisions in ``items``."""

MOST_SEQUENCES = 10**10
"""A lane's sequences have at most ten digits."""
MAX_ENTRY_BYTES = 65_535
"""What an entry may have in a C2SP tlog-tiles entry bundle (its length is a uint16)."""
LANE_NAME = re.compile(r"(\d{10})\.([A-Za-z0-9_-]{1,64})\.([0-9a-f]{32})", re.ASCII)
_GENESIS = b"tapeproof/genesis/v1\0"
_NANOSECONDS_PER_HOUR = 3_600 * 10**9
_Kind = type | tuple[type, ...]
_HASH, _TIME = re.compile(r"[0-9a-f]{64}", re.ASCII), re.compile(r"\d{19}", re.ASCII)
_COMMON: dict[str, _Kind] = {
    "_lane": str,
    "_prev": str,
    "_seq": int,
    "act": str,
    "fn": str,
    "pay": str,
    "req": str,
    "ts": str,
    "v": int,
}
_SINGLE: dict[str, _Kind] = {"evt": str, "key": str, "src": str, "sseq": (str, type(None))}
_BATCHED: dict[str, _Kind] = {"items": list, "n": int}
_OPTIONAL: dict[str, _Kind] = {"gen": dict, "obs": dict, "rec": str}
_ITEM: dict[str, _Kind] = {"act": str, "evt": str, "key": str, "pay": str, "src": str, "sseq": (str, type(None))}
_OPENING: dict[str, _Kind] = {"code_sha256": str, "prior": (dict, type(None)), "reason": str, "version": str}
_REASONS = frozenset({"environment", "forked", "hour", "unknown"})


def entry_hash(data: bytes) -> bytes:
    """Return the 32-byte hash of an entry's bytes: the RFC 6962 leaf hash."""
    return sha256(b"\0" + data).digest()


def payload_hash(salt: bytes, body: bytes) -> bytes:
    """Return the 32 bytes that ``pay`` writes in hex: the salted hash of a record's body."""
    return sha256(salt + body).digest()


def genesis(origin: str, lane: str) -> str:
    """Return ``_prev`` of a lane's first entry, in hex: it binds the lane to its log and its name."""
    return sha256(_GENESIS + origin.encode() + b"\0" + lane.encode()).hexdigest()


def hour_of(nanoseconds: int) -> str:
    """Return the UTC hour ``yyyymmddhh`` of a time in nanoseconds since 1970."""
    return _hour(nanoseconds // _NANOSECONDS_PER_HOUR)


@lru_cache(maxsize=64)
def _hour(number: int) -> str:
    return time.strftime("%Y%m%d%H", time.gmtime(number * 3_600))


@dataclass(frozen=True, slots=True)
class Entry:
    """A parsed entry.

    Attributes:
        lane: Name of the lane, ``<yyyymmddhh>.<function>.<32 hex>``.
        previous: Hex hash of the entry before it, or the lane's genesis.
        sequence: Position in the lane, from 0.
        timestamp: When the writer froze the bytes, nanoseconds since 1970.
        fields: Every member, as JSON gave it.
    """

    lane: str
    previous: str
    sequence: int
    timestamp: int
    fields: dict[str, Any]

    @property
    def hour(self) -> str:
        """Return the UTC hour that the lane belongs to."""
        return self.lane[:10]

    @property
    def decisions(self) -> list[dict[str, Any]]:
        """Return the decisions it records: itself, or the items of a batch."""
        return self.fields["items"] if self.fields["act"] == BATCH else [self.fields]


class Members(NamedTuple):
    """The members that tell a decision, as canonical text, cut where an entry has members of its own in between.

    Attributes:
        opening: ``act`` and ``evt``.
        middle: ``key``, maybe ``obs``, ``pay``, maybe ``rec``.
        closing: ``src`` and ``sseq``, with a comma; nothing in a batch.
    """

    opening: str
    middle: str
    closing: str

    def item(self) -> str:
        """Return the decision as an item of a batch."""
        return f"{{{self.opening},{self.middle},{self.closing[:-1]}}}"


class Head(Protocol):
    """The head of a lane, which the next entry extends.

    Attributes:
        name: Name of the lane.
        function: Name of the function that writes.
        opening: The ``gen`` member of the lane's first entry.
        previous: Hex hash that the entry links to.
        sequence: Position in the lane.
        latest: Time of the entry, nanoseconds since 1970.
    """

    name: str
    function: str
    opening: dict[str, Any]
    previous: str
    sequence: int
    latest: int


def freeze(head: Head, told: Members, request: str) -> bytes:
    """Return the bytes of an entry: what the encoder writes of all members, in a fraction of its time.

    Args:
        head: The lane's head.
        told: What is decided.
        request: Id of the invocation.

    Raises:
        NotCanonicalError: A text has no canonical form.
    """
    gen = "" if head.sequence else f'"gen":{encode(head.opening).decode()},'
    return utf8(
        f'{{"_lane":"{head.name}","_prev":"{head.previous}","_seq":{head.sequence},{told.opening},"fn":"{head.function}",'
        f'{gen}{told.middle},"req":{quoted(request)},{told.closing}"ts":"{str(head.latest).zfill(19)}","v":{FORMAT_VERSION}}}'
    )


def decision_members(  # noqa: PLR0917 - in the order that the format has
    act: str, evt: str, key: str, pay: str, src: str, sseq: str | None, *, obs: bytes = b"", rec: str = ""
) -> Members:
    """Return the members of a decision; ``obs`` is canonical JSON, ``pay`` and ``rec`` are hex."""
    seen, stored = (f'"obs":{obs.decode()},' if obs else ""), (f',"rec":"{rec}"' if rec else "")
    return Members(
        f'"act":{quoted(act)},"evt":{quoted(evt)}',
        f'"key":{quoted(key)},{seen}"pay":"{pay}"{stored}',
        f'"src":{quoted(src)},"sseq":{"null" if sseq is None else quoted(sseq)},',
    )


def batch_members(items: Sequence[Members], pay: str) -> Members:
    """Return the members of a batch; ``pay`` is the root over its items' payload hashes, in hex."""
    listed = ",".join([item.item() for item in items])
    return Members(f'"act":"{BATCH}"', f'"items":[{listed}],"n":{len(items)},"pay":"{pay}"', "")


def parse(data: bytes) -> Entry:
    """Read an entry and hold it to its form.

    Raises:
        MalformedEntryError: The bytes are not canonical, or a member is missing, unknown or of the wrong type.
    """
    if len(data) > MAX_ENTRY_BYTES:
        raise MalformedEntryError(f"the entry has {len(data)} bytes, at most {MAX_ENTRY_BYTES} are written")
    try:
        fields = json.loads(data)
        exact = isinstance(fields, dict) and canonical(fields) == data
    except (ValueError, RecursionError, NotCanonicalError) as error:
        raise MalformedEntryError(f"the entry is not canonical JSON: {error}") from error
    if not exact:
        raise MalformedEntryError("the entry is not canonical JSON: written again, its bytes differ")
    _check_members(fields)
    lane, sequence = fields["_lane"], fields["_seq"]
    named = LANE_NAME.fullmatch(lane)
    if not named:
        raise MalformedEntryError(f"_lane is not a lane's name: {lane!r}")
    if fields["fn"] != named[2]:
        raise MalformedEntryError(f"fn is {fields['fn']!r}, the lane belongs to {named[2]!r}")
    if (sequence == 0) != ("gen" in fields):
        raise MalformedEntryError("gen belongs to sequence 0 and to no other")
    if sequence == 0:
        _check_opening(fields["gen"])
    return Entry(lane, fields["_prev"], sequence, int(fields["ts"]), fields)


def _check_members(fields: dict[str, Any]) -> None:
    batch = fields.get("act") == BATCH
    _check_types(fields, _COMMON | (_BATCHED if batch else _SINGLE), {"gen": dict} if batch else _OPTIONAL)
    if fields["v"] != FORMAT_VERSION:
        raise MalformedEntryError(f"the entry has version {fields['v']}, this program reads {FORMAT_VERSION}")
    if not _TIME.fullmatch(fields["ts"]) or not 0 <= fields["_seq"] < MOST_SEQUENCES:
        raise MalformedEntryError(f"ts {fields['ts']!r} or _seq {fields['_seq']!r} is out of its form")
    if batch and not 0 < fields["n"] == len(fields["items"]):
        raise MalformedEntryError(f"n is {fields['n']}, the batch has {len(fields['items'])} items")
    for item in fields["items"] if batch else ():
        if not isinstance(item, dict):
            raise MalformedEntryError("an item of the batch is not an object")
        _check_types(item, _ITEM, {"obs": dict, "rec": str})
        _check_hashes(item, "pay", *(("rec",) if "rec" in item else ()))
    _check_hashes(fields, "_prev", "pay", *(("rec",) if "rec" in fields else ()))


def _check_types(fields: dict[str, Any], required: Mapping[str, _Kind], optional: Mapping[str, _Kind]) -> None:
    for name, kind in required.items():
        if name not in fields:
            raise MalformedEntryError(f"the entry has no {name}")
        if not isinstance(fields[name], kind) or isinstance(fields[name], bool):
            raise MalformedEntryError(f"{name} has the wrong type: {fields[name]!r}")
    for name in fields.keys() - required.keys():
        if name not in optional or not isinstance(fields[name], optional[name]):
            raise MalformedEntryError(f"the entry has an unknown or ill-typed member {name!r}")


def _check_hashes(fields: dict[str, Any], *names: str) -> None:
    for name in names:
        if not isinstance(fields[name], str) or not _HASH.fullmatch(fields[name]):
            raise MalformedEntryError(f"{name} is not 64 hex digits: {fields[name]!r}")


def _check_opening(gen: dict[str, Any]) -> None:
    """Hold the member that tells why a lane was opened to its form (the writer's ``LanePool`` makes it)."""
    if gen.keys() != _OPENING.keys():
        raise MalformedEntryError(f"gen has the members {sorted(gen)}, not {sorted(_OPENING)}")
    _check_types(gen, _OPENING, {})
    prior = gen["prior"]
    if (prior is None) != (gen["reason"] == "environment") or gen["reason"] not in _REASONS:
        raise MalformedEntryError(f"gen.reason {gen['reason']!r} and gen.prior do not go together")
    if prior is None:
        return
    _check_types(prior, {"hash": str, "lane": str, "seq": int}, {"next": str})
    _check_hashes(prior, "hash", *(("next",) if "next" in prior else ()))
    if not LANE_NAME.fullmatch(prior["lane"]) or not -1 <= prior["seq"] < MOST_SEQUENCES:
        raise MalformedEntryError(f"gen.prior names no place of a lane: {prior!r}")
