"""A part of the log as workers are handed it, and what they hand back."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.verifier.findings import Attack, Finding

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from tapeproof.verifier.findings import Quota
    from tapeproof.verifier.folder import Inflate, Part
    from tapeproof.verifier.index import Citation, LaneEnd, PlacedRun

__all__ = ["PartReport", "PartTask", "Waiting", "bodies_of"]


def bodies_of(items: list[dict[str, Any]]) -> set[bytes]:
    """Return the hashes of the bodies of the records of an entry, each over all its items."""
    bodies: dict[str, bytes] = {}
    for item in items:
        index = str(item.get("a_item", {}).get("N", "0"))
        text = item.get("body", {}).get("S", "")
        bodies[index] = bodies.get(index, b"") + str(text).encode(errors="replace")
    return {sha256(body).digest() for body in bodies.values()}


class PartTask(NamedTuple):
    """A part for one worker.

    Attributes:
        root: The export.
        part: The part.
        origin: The log's origin.
        runs: What the log says it sealed of the part's lanes.
        closed: Whether the hour is closed.
        pruned: Whether the hour's entries were announced to be removed.
        copies: Leaves of the log whose entries' published copies are there, for lanes that were pruned; else 0.
        now: When the export was made, nanoseconds since 1970.
        young: Time (19 digits) from which on an entry may be younger than the newest checkpoint and the hour's list.
        recent: Time (19 digits) from which on an entry may open a lane that is on no list.
        leaves: The leaf file to write to.
        records: Whether records were exported.
        witness: First and last time, nanoseconds since 1970, that witness lines cover; None without lines.
        inflate: What inflates the part's files.
    """

    root: Path
    part: Part
    origin: str
    runs: list[PlacedRun]
    closed: bool
    pruned: bool
    copies: int
    now: int
    young: bytes
    recent: bytes
    leaves: Path
    records: bool
    witness: tuple[int, int] | None
    inflate: Inflate = zlib.decompressobj


class Waiting(NamedTuple):
    """A newest record that cites a duplicate: its body must be that of the record that was there first.

    Attributes:
        key: Lane and sequence of the entry it cites.
        first: Lane and sequence of the entry of the record that was there.
        body: Hash of its body.
        subject: The item's keys.
    """

    key: tuple[str, int]
    first: tuple[str, int]
    body: bytes
    subject: str


class PartReport(NamedTuple):
    """What a worker found in a part."""

    part: Part
    counts: Counter[str]
    ends: list[LaneEnd]
    citations: list[Citation]
    met: list[tuple[Any, ...]]
    suspects: list[str]
    findings: list[Finding]
    waiting: list[Waiting]
    quota: Quota

    def find(self, finding: Finding) -> None:
        """Note a finding; of very many of one kind, only count the rest."""
        if self.quota.admits(finding):
            self.findings.append(finding)

    def find_at(
        self,
        attack: Attack,
        key: tuple[str, int],
        detail: str,
        digests: set[bytes] | None = None,
        subject: str = "",
    ) -> None:
        """Note a finding about an entry.

        Args:
            attack: What was done.
            key: Lane and sequence of the entry.
            detail: What was seen.
            digests: Hashes that a line or record speaks of: the verifier sees later whether the log agrees with it.
            subject: What it was seen of.
        """
        hashes = tuple(sorted(one.hex() for one in digests or ()))
        self.find(Finding(attack, detail, *key, subject=subject, digests=hashes))
