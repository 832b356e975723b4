"""Lanes: one hash chain per execution environment and UTC hour, so that no two writers ever meet.

A lane's head lives in memory. Lanes are opened inside the handler, never at import, from ``os.urandom``: snapshots of
an initialised environment are cloned, and clones that shared a lane would fork it. Concurrent invocations in one
environment each take a lane of their own from the pool.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tapeproof.log.entry import genesis, hour_of
from tapeproof.log.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORKED", "NEW_ENVIRONMENT", "NEXT_HOUR", "UNKNOWN", "CodeIdentity", "Lane", "LanePool"]

NEW_ENVIRONMENT = "environment"
"""Why a lane was opened: the environment has written nothing before."""
NEXT_HOUR = "hour"
"""Why a lane was opened: the hour of the lane it cites is over. The cited head is that lane's last."""
UNKNOWN = "unknown"
"""Why a lane was opened: the time ran out before the fate of entry ``next`` was known. The cited lane ends at the cited
head or with that very entry."""
FORKED = "forked"
"""Why a lane was opened: an entry of somebody else stood where the next one had to go."""

_FUNCTION = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CodeIdentity:
    """What wrote a lane: digest of the deployed code's contents and its version."""

    code_sha256: str
    version: str


@dataclass(slots=True)
class Lane:
    """The head of a chain, in memory.

    Attributes:
        name: ``<yyyymmddhh>.<function>.<32 hex>``.
        origin: The log the lane belongs to.
        sequence: Position of the next entry.
        previous: Hex hash that the next entry links to.
        latest: Time of the latest entry, nanoseconds since 1970; time never runs backwards in a lane.
        opening: The first entry's ``gen`` member.
        hour: The lane's UTC hour.
        function: Name of the function that writes.
    """

    name: str
    origin: str
    opening: dict[str, Any]
    sequence: int = 0
    latest: int = 0
    previous: str = field(init=False)
    hour: str = field(init=False)
    function: str = field(init=False)

    def __post_init__(self) -> None:
        self.previous = genesis(self.origin, self.name)
        self.hour, self.function, _ = self.name.split(".")

    @property
    def shard(self) -> int:
        """Return which of the hour's eight lists the lane is on."""
        return int(self.name[-1], 16) % 8

    def advance(self, entry_hash: bytes) -> None:
        """Move the head past an entry that is known to be committed."""
        self.sequence += 1
        self.previous = entry_hash.hex()

    def citation(self) -> dict[str, Any]:
        """Return where the lane stands, for a successor's ``gen.prior``; ``seq`` is -1 when it is empty."""
        return {"hash": self.previous, "lane": self.name, "seq": self.sequence - 1}


class LanePool:
    """The idle lanes of one execution environment.

    Args:
        origin: The log's origin line.
        function: Name of the function that writes.
        identity: What code writes.
        urandom: Source of 16 random bytes, ``os.urandom``.
    """

    def __init__(
        self, origin: str, function: str, identity: CodeIdentity, urandom: Callable[[int], bytes] = os.urandom
    ) -> None:
        if not _FUNCTION.fullmatch(function):
            raise AuditError(f"{function!r} cannot be part of a lane's name", "Use a Lambda function name.")
        self._origin, self._function, self._identity, self._urandom = origin, function, identity, urandom
        self._lock = threading.Lock()
        self._idle: list[Lane] = []
        self._cited: list[dict[str, Any]] = []

    def take(self, nanoseconds: int) -> Lane:
        """Return a lane of the hour of a time; nobody else holds it until it is given back."""
        hour = hour_of(nanoseconds)
        with self._lock:
            for index, lane in enumerate(self._idle):
                if lane.hour == hour:
                    return self._idle.pop(index)
            return self._open(hour)

    def give_back(self, lane: Lane) -> None:
        """Return a lane whose head is known."""
        with self._lock:
            self._idle.append(lane)

    def abandon(self, lane: Lane, reason: str, unknown: bytes | None = None) -> None:
        """Close a lane for good; the next lane opened cites it.

        Args:
            lane: A lane that was taken.
            reason: ``UNKNOWN`` or ``FORKED``.
            unknown: Hash of the entry whose fate is unknown.
        """
        prior = lane.citation()
        if unknown is not None:
            prior["next"] = unknown.hex()
        with self._lock:
            self._cited.append({"prior": prior, "reason": reason})

    def _open(self, hour: str) -> Lane:
        cause: dict[str, Any] = {"prior": None, "reason": NEW_ENVIRONMENT}
        if self._cited:
            cause = self._cited.pop(0)
        elif self._idle:
            cause = {"prior": self._idle.pop(0).citation(), "reason": NEXT_HOUR}
        name = f"{hour}.{self._function}.{self._urandom(16).hex()}"
        opening = {"code_sha256": self._identity.code_sha256, "version": self._identity.version, **cause}
        return Lane(name, self._origin, opening)
