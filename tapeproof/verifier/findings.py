"""What the verifier says: findings, the verdict they add up to, and the whole report."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from typing import Any, NamedTuple

from tapeproof.log.errors import AuditError

__all__ = ["Absence", "Attack", "Finding", "Quota", "Report", "UnusableError", "Verdict"]


class UnusableError(AuditError):
    """The input cannot be verified at all."""


class Verdict(Enum):
    """The one word a verification ends with, and the exit status that goes with it."""

    VERIFIED = 0
    TAMPERED = 1
    WITNESS_GAP = 2
    UNANCHORED = 3
    STALE = 4
    INCOMPLETE = 6


class Absence(Enum):
    """What an export leaves out, so that it was not compared. Exit status 5 is that of input that cannot be used."""

    RECORDS = "records"
    LINES = "witness lines"
    COPIES = "published entries"
    PRUNED = "entries of pruned hours"
    REQUESTS = "requests to prune"
    YOUNGER = "what exports of this log hold since format 2"


class Attack(Enum):
    """Names of what was found."""

    ENTRY_EDITED = "entry edited"
    ENTRY_REHASHED = "entry edited and its hash recomputed"
    LANE_REWRITTEN = "lane rewritten with recomputed hashes"
    LINEAR_FAKE = "chain and tree disagree (linear fake)"
    ENTRY_MALFORMED = "entry in a form that no writer gives it"
    ENTRY_DELETED = "entry deleted"
    LANE_TRUNCATED = "lane's tail deleted"
    LANE_DELETED = "lane deleted"
    ENTRY_INSERTED = "entry inserted"
    ENTRY_DUPLICATED = "entry duplicated"
    REORDERED = "entries reordered"
    LANE_INSERTED = "lane inserted"
    LANES_SWAPPED = "lanes swapped"
    LANE_FORKED = "lane forked"
    LISTING_DELETED = "lane struck from its hour's list"
    CHAIN_BROKEN = "chain broken before it was sealed"
    CONTROL_DAMAGED = "control leaf edited or deleted"
    ALIEN_ITEM = "item that the log never writes"
    LOG_FORKED = "log forked"
    ROLLED_BACK = "log rolled back"
    CHECKPOINT_MISSING = "checkpoint deleted from the middle"
    CHECKPOINTS_DELETED = "newest checkpoints deleted"
    WIPED = "store wiped"
    KEY_REPLACED = "public key replaced"
    FOREIGN_SIGNATURE = "checkpoint signed with another key"
    CHECKPOINT_DAMAGED = "checkpoint damaged"
    TILE_DAMAGED = "tile truncated or edited"
    TILES_SWAPPED = "tiles swapped"
    ROOT_MISMATCH = "leaves do not lead to the signed root"
    ATTRIBUTE_ADDED = "attribute that nobody wrote"
    HEAD_FORGED = "sealer's head forged"
    REQUEST_FORGED = "request to prune forged"
    INDEX_DAMAGED = "index of events damaged"
    LATEST_FORGED = "newest record is not the one of its entry"
    RECORD_EDITED = "record edited"
    RECORD_DELETED = "record deleted"
    RECORD_INSERTED = "record inserted"
    LINE_UNMATCHED = "witness line without an entry"
    LINE_FORGED = "witness line forged"
    LINE_MISSING = "entry without a witness line"
    FUTURE_TIME = "timestamp in the future"
    CLOCK_WRONG = "timestamp outside its hour or out of order"
    STALE = "stale checkpoint"


class Finding(NamedTuple):
    """One thing that is wrong.

    Attributes:
        attack: Its name.
        detail: What differs, in words.
        lane: The lane, where there is one.
        seq: The sequence in the lane, or -1.
        leaf: The leaf's index in the log, or -1.
        subject: What else it is about: an item's keys, a file, a checkpoint's size, a pin.
        digests: Hashes, in hex, that the item or line in question speaks of.
    """

    attack: Attack
    detail: str
    lane: str = ""
    seq: int = -1
    leaf: int = -1
    subject: str = ""
    digests: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Attack, str, int, int, str, tuple[str, ...]]:
        """Return everything but the words."""
        return self.attack, self.lane, self.seq, self.leaf, self.subject, self.digests

    @property
    def gap(self) -> bool:
        """Return whether it is only a missing witness line."""
        return self.attack is Attack.LINE_MISSING

    def as_json(self) -> dict[str, Any]:
        """Return it for a machine."""
        shown: dict[str, Any] = {
            "attack": self.attack.value,
            "detail": self.detail,
            "lane": self.lane,
            "seq": self.seq,
            "leaf": self.leaf,
            "subject": self.subject,
            "digests": list(self.digests),
        }
        return {name: value for name, value in shown.items() if value not in ("", -1, [])}


_MOST_OF_A_KIND, _MOST_LANES = 200, 2_000


class Quota:
    """Which of very many findings are kept, so that a flood of them in one lane hides no other lane.

    Attributes:
        refused: How many were not.
    """

    def __init__(self) -> None:
        self.refused = 0
        self._of_a_kind: Counter[Attack] = Counter()
        self._lanes: dict[Attack, set[str]] = {}

    def admits(self, finding: Finding) -> bool:
        """Return whether to keep a finding: one of the first 200 of its kind, or the first of its lane."""
        lanes = self._lanes.setdefault(finding.attack, set())
        first = bool(finding.lane) and finding.lane not in lanes and len(lanes) < _MOST_LANES
        if first:
            lanes.add(finding.lane)
        self._of_a_kind[finding.attack] += 1
        kept = first or self._of_a_kind[finding.attack] <= _MOST_OF_A_KIND
        self.refused += not kept
        return kept


@dataclass(slots=True)
class Report:
    """The result of a verification.

    Attributes:
        origin: The log.
        size: Leaves under the newest checkpoint.
        root: Its root, in hex.
        checkpoint_time: When it was sealed, nanoseconds since 1970; 0 when the log does not say.
        as_of: The time that freshness is measured at.
        anchors: What outside the store vouches for it.
        counts: Lanes, entries, decisions by outcome, records, lines, checkpoints, hours and so on.
        findings: What is wrong; of very many of one kind only the first, and the first of every lane.
        suppressed: How many more there were.
        stale: Whether the newest checkpoint is too old, or lacks entries that are.
        absent: What was left out and not compared.
        notes: What the reader should know beside.
    """

    origin: str = ""
    size: int = 0
    root: str = ""
    checkpoint_time: int = 0
    as_of: int = 0
    anchors: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    suppressed: int = 0
    stale: bool = False
    absent: list[Absence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _known: set[tuple[object, ...]] = field(default_factory=set, repr=False)
    _quota: Quota = field(default_factory=Quota, repr=False)

    @property
    def verdict(self) -> Verdict:
        """Return the verdict: the worst of what holds."""
        if any(not one.gap and one.attack is not Attack.STALE for one in self.findings):
            return Verdict.TAMPERED
        if any(one.gap for one in self.findings):
            return Verdict.WITNESS_GAP
        if self.absent:
            return Verdict.INCOMPLETE
        if not self.anchors:
            return Verdict.UNANCHORED
        return Verdict.STALE if self.stale else Verdict.VERIFIED

    def add(self, finding: Finding) -> None:
        """Note a finding once; of very many of one kind, only count the rest."""
        self.stale = self.stale or finding.attack is Attack.STALE
        if finding.facts in self._known:
            return
        self._known.add(finding.facts)
        if self._quota.admits(finding):
            self.findings.append(finding)
        else:
            self.suppressed += 1

    def select_findings(self, most: int) -> list[Finding]:
        """Return as many findings as fit on a screen: of every kind and lane one before a second of any."""
        turns: Counter[tuple[Attack, str]] = Counter()
        ranked: list[tuple[int, int]] = []
        for number, one in enumerate(self.findings):
            ranked.append((turns[one.attack, one.lane], number))
            turns[one.attack, one.lane] += 1
        return [self.findings[number] for number in sorted(number for _, number in sorted(ranked)[:most])]

    def as_json(self) -> dict[str, Any]:
        """Return the report for a machine."""
        plain = asdict(replace(self, _known=set(), _quota=Quota()))
        del plain["_known"], plain["_quota"]
        plain["findings"] = [one.as_json() for one in self.findings]
        plain["absent"] = [one.value for one in self.absent]
        times = {name: str(plain[name]) for name in ("checkpoint_time", "as_of")}
        return {"verdict": self.verdict.name, "exit_status": self.verdict.value, **plain, **times}
