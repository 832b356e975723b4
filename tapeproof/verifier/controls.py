"""An export's control leaves, walked backwards from the newest checkpoint: each SEAL tells where the one before ends.

A control leaf is taken from the table; where the table's differs from the published leaf hash, or is missing, the
published entry bundle may still have the true one, and the difference is a finding.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.log.control import BROKEN, CLOSE, KEYROT, PRUNE, SEAL, parse_control
from tapeproof.log.errors import AuditError
from tapeproof.log.merkle import leaf_hash
from tapeproof.log.note import NoteError, VerifierKey
from tapeproof.verifier.findings import Attack, Finding

if TYPE_CHECKING:
    from tapeproof.log.tiles import Tree
    from tapeproof.verifier.findings import Report
    from tapeproof.verifier.index import Index, PlacedRun
    from tapeproof.verifier.leaves import LeafSink

__all__ = ["LINE_GRACE_NS", "SKEW_NS", "WRITE_NS", "Controls", "walk_controls"]


SKEW_NS = 300 * 10**9
"""How far two honest clocks may differ before a time counts as wrong."""

WRITE_NS = 600 * 10**9
"""How long a write may be on its way: retries end after nine minutes, and the last may still be under way."""

LINE_GRACE_NS = 900 * 10**9
"""How much later than an entry its witness line may reach CloudWatch Logs, and an export that is being made."""


class Controls(NamedTuple):
    """What the control leaves say.

    Attributes:
        closed: For each closed hour, its CLOSE leaf.
        pruned: For each pruned hour, its PRUNE leaf.
        rotations: Leaf, old and new verifier key of each rotation, oldest first.
        broken: Lanes whose chain the sealer found broken.
        stopped: Lane, sequence, reason and hash of the item, for each lane that the sealer took nothing more from.
        seals: Leaves of the SEAL leaves, oldest first is the last.
        state: Hash of the state that the newest SEAL leaf commits to, in hex; empty before version 2.
        gates: For each SEAL leaf, oldest last, its leaf, its time, and whether everything there was then sealed.
        sealed_at: When the newest checkpoint was sealed, nanoseconds since 1970.
    """

    closed: dict[str, dict[str, Any]]
    pruned: dict[str, dict[str, Any]]
    rotations: list[tuple[int, VerifierKey, VerifierKey]]
    broken: set[str]
    stopped: list[tuple[str, int, str, str]]
    seals: list[int]
    state: str
    gates: list[tuple[int, int, bool]]
    sealed_at: int

    def bound_runs(self, runs: list[PlacedRun]) -> list[PlacedRun]:
        """Return runs with the time at which everything that was there had been sealed before each of them."""
        gates = [(leaf, time) for leaf, time, complete in reversed(self.gates) if complete]
        before = [bisect_left(gates, (run.leaf, 0)) - 1 for run in runs]
        return [run._replace(after=gates[at][1] if at >= 0 else 0) for run, at in zip(runs, before, strict=True)]


class _Walk:
    def __init__(self, index: Index, tree: Tree, origin: str, leaves: LeafSink, report: Report) -> None:
        self._index, self._tree, self._origin, self._leaves, self._report = index, tree, origin, leaves, report
        self.found = Controls({}, {}, [], set(), [], [], "", [], 0)

    def run(self) -> Controls:
        at, later = self._tree.size - 1, None
        while at >= 0:
            members = self._members(at)
            if members is None or members["act"] != SEAL:
                self._fault(at, "the SEAL leaf that should end a checkpoint here is missing")
                at = self._seal_before(at)
                continue
            time = int(members["ts"])
            if later is not None and time > later + SKEW_NS:
                self._fault(at, "its time is after that of the SEAL leaf that follows", Attack.CLOCK_WRONG)
            later = time
            self.found.seals.append(at)
            self.found.gates.append((at, time, members.get("more") is False))
            self._take_seal(at, members, time)
            at = min(members["first"], at) - 1
        newest = self._members(self.found.seals[0]) if self.found.seals else None
        sealed_at, state = (int(newest["ts"]), newest.get("state", "")) if newest else (0, "")
        rotations = sorted(self.found.rotations)
        return self.found._replace(rotations=rotations, sealed_at=sealed_at, state=state)

    def _take_seal(self, at: int, members: dict[str, Any], time: int) -> None:
        self.found.broken.update(one[0] for one in members["broken"])
        leaf = members["first"] + sum(run.length for run in members["runs"])
        if leaf > at:
            self._fault(at, f"its runs reach to leaf {leaf - 1}, beyond itself")
            return
        self._index.add_runs(members["runs"], members["first"], time)
        for between in range(leaf, at):
            control = self._members(between)
            if control is None:
                self._fault(between, "the control leaf is missing")
            elif control["act"] == BROKEN:
                self.found.broken.add(control["lane"])
                self.found.stopped.append((control["lane"], control["seq"], control["why"], control["hash"]))
            elif control["act"] == CLOSE:
                self.found.closed[control["epoch"]] = {**control, "leaf": between}
            elif control["act"] == PRUNE:
                self.found.pruned[control["epoch"]] = {**control, "leaf": between}
            elif control["act"] == KEYROT:
                self._rotate(between, control["old"], control["new"])

    def _rotate(self, at: int, old: str, new: str) -> None:
        try:
            self.found.rotations.append((at, VerifierKey.parse(old), VerifierKey.parse(new)))
        except NoteError as error:
            self._fault(at, error.what)

    def _members(self, at: int) -> dict[str, Any] | None:
        stored, committed = self._index.control(at), self._read_committed(at)
        if stored is not None:
            self._leaves.write(at, leaf_hash(stored))
        data = stored
        if committed is not None and (stored is None or leaf_hash(stored) != committed):
            published = self._read_published(at)
            if published is not None and leaf_hash(published) == committed:
                data = published
            # Whether a stored leaf or the published hash is the forged one is only known with the signed root.
            if stored is None and data is not None:
                self._fault(at, "the control leaf is missing from the table")
        if data is None:
            return None
        try:
            members = parse_control(data)
        except AuditError as error:
            self._fault(at, error.what)
            return None
        if members["_n"] != at or members["_log"] != self._origin:
            self._fault(at, f"it was made for leaf {members['_n']} of {members['_log']}")
        return members

    def _read_committed(self, at: int) -> bytes | None:
        try:
            return self._tree.leaf(at)
        except (AuditError, IndexError):
            return None

    def _read_published(self, at: int) -> bytes | None:
        try:
            return self._tree.entry(at)
        except (AuditError, IndexError):
            return None

    def _seal_before(self, at: int) -> int:
        while at > 0:
            at -= 1
            data = self._index.control(at)
            if data is not None and b'"act":"SEAL"' in data:
                return at
        return -1

    def _fault(self, at: int, detail: str, attack: Attack = Attack.CONTROL_DAMAGED) -> None:
        self._report.add(Finding(attack, detail, leaf=at))


def walk_controls(index: Index, tree: Tree, origin: str, leaves: LeafSink, report: Report) -> Controls:
    """Read the control leaves that an index holds, and place the runs they name.

    Args:
        index: Holds the table's control leaves; takes the runs.
        tree: The published tree of the newest checkpoint's size.
        origin: The log's origin.
        leaves: Takes the hashes of the control leaves as the table has them.
        report: Takes findings.
    """
    return _Walk(index, tree, origin, leaves, report).run()
