"""The sealer: appends new entries to the one tree, commits to it, then signs it and publishes tiles and checkpoint.

Order is everything. The head item is replaced by compare-and-swap *before* anything is signed, so of two sealers that
run at once one loses and stops; what a head commits to can be rebuilt from the table alone, so a sealer that died
between any two steps is completed by the next run; and every later step writes the same bytes when it is done again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tapeproof.log.canonical import canonical
from tapeproof.log.checkpoint import Checkpoint
from tapeproof.log.control import BROKEN, CLOSE, KEYROT, PRUNE, SEAL, control_leaf, parse_control
from tapeproof.log.entry import MAX_ENTRY_BYTES
from tapeproof.log.errors import AuditError
from tapeproof.log.footing import CHECKPOINT, Footing, SealerError, open_published, refuse_to_go_back
from tapeproof.log.gather import Gathered, Limits, gather
from tapeproof.log.head import Head, SigningKey
from tapeproof.log.merkle import Frontier, leaf_hash
from tapeproof.log.note import Signature, VerifierKey, format_note
from tapeproof.log.recovery import perfect_roots
from tapeproof.log.rounds import Round
from tapeproof.log.table import LostRaceError
from tapeproof.log.tiles import Tree, grow

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.log.objects import Objects
    from tapeproof.log.request import PruneRequest
    from tapeproof.log.table import AuditTable

__all__ = ["CHECKPOINT", "Sealed", "Sealer", "SealerError", "Signer"]

_MAX_PRUNES = 20
_MAX_BROKEN = 50
_BROKEN_BYTES = 15_000
_SECOND = 10**9


class Signer(Protocol):
    """Signs notes."""

    def verifier_key(self, arn: str) -> VerifierKey:
        """Return a key's public half."""
        ...

    def sign(self, arn: str, key: VerifierKey, text: str) -> Signature:
        """Return a signature line over a note's text."""
        ...


class Sealed(NamedTuple):
    """What one run did.

    Attributes:
        size: Leaves of the log now.
        entries: Entries appended.
        lanes: Lanes in open hours.
        closed: Hours closed.
        broken: Lanes whose chain does not go on.
        age_seconds: Seconds between the checkpoint before and this run; 0 for the first.
        lost_race: Whether another sealer was at work.
    """

    size: int
    entries: int
    lanes: int
    closed: int
    broken: int
    age_seconds: float
    lost_race: bool = False


@dataclass(frozen=True, slots=True)
class _Leaf:
    data: bytes
    hash: bytes


class Sealer:
    """Seals one log.

    Args:
        table: The audit table.
        objects: Where tiles and the checkpoint go.
        signer: Signs checkpoints.
        origin: The log's origin line.
        key_arn: The key that is to sign.
        clock: Nanoseconds since 1970.
        limits: How much one batch takes.
    """

    def __init__(
        self,
        table: AuditTable,
        objects: Objects,
        signer: Signer,
        *,
        origin: str,
        key_arn: str,
        clock: Callable[[], int],
        limits: Limits | None = None,
    ) -> None:
        self._table, self._objects, self._signer = table, objects, signer
        self._origin, self._key_arn, self._clock, self._limits = origin, key_arn, clock, limits or Limits()

    def run(self, remaining_ms: Callable[[], int], reserve_ms: int = 10_000) -> Sealed:
        """Finish what a run before left open, then seal until nothing is new or the time is short.

        Args:
            remaining_ms: Milliseconds left.
            reserve_ms: No further batch is begun with less than this left, and nothing more gathered for one.

        Returns:
            What was done; with ``lost_race`` when another sealer took over.

        Raises:
            SealerError: The table does not hold what the head commits to, or the head what was published.
        """
        head, seal = self._find_footing()
        began, age = self._clock(), self._age(head)
        done, broken = Sealed(head.size, 0, 0, 0, 0, age), 0
        try:
            if head.published < head.size:
                self._publish(head, self._reload(head))
                head, seal = self._find_footing()
            refuse_to_go_back(seal, self._clock())
            way = self._plan_round(seal, began)
            way.is_late = lambda: remaining_ms() < reserve_ms
            while True:
                head, found = self._seal(head, way)
                broken += len(found.broken)
                done = done._replace(
                    size=head.size,
                    entries=done.entries + len(found.entries),
                    lanes=sum(map(len, found.cursors.values())),
                    closed=done.closed + len(found.closings),
                    broken=broken + len(found.alien),
                )
                if not found.more or remaining_ms() < reserve_ms:
                    return done
        except LostRaceError:
            return done._replace(lost_race=True)

    def _find_footing(self) -> Footing:
        return Footing.find(self._table, self._objects, self._signer.verifier_key(self._key_arn), self._origin)

    @staticmethod
    def _plan_round(seal: dict[str, Any], began: int) -> Round:
        """Return a round that begins where the newest SEAL leaf ends, when there was more to look at."""
        if not seal.get("more"):
            return Round(began)
        ended, after = seal.get("place") or ("", seal["runs"][-1].lane if seal["runs"] else "")
        return Round(began, after=after, ended=ended, turn=began // _SECOND)

    def _age(self, head: Head) -> float:
        leaf = self._table.control(head.published - 1) if head.published else None
        try:
            return (self._clock() - int(parse_control(leaf)["ts"])) / _SECOND if leaf else 0.0
        except AuditError:  # edited by a stranger: the verifier names it, and sealing goes on
            return 0.0

    def _reload(self, head: Head) -> list[_Leaf]:
        """Return the leaves that the head commits to and that no checkpoint covers yet, from the table."""
        last = self._table.control(head.size - 1)
        if last is None:
            raise SealerError(f"the head commits to {head.size} leaves, but the SEAL leaf that ends them is missing")
        seal = parse_control(last)
        data = [one for run in seal["runs"] for one in self._table.run(run)]
        data += [one for _, one in self._table.controls(head.published + len(data), head.size)]
        leaves = [_Leaf(one, leaf_hash(one)) for one in data]
        tree = Tree(self._objects.get, head.published)
        frontier = Frontier(head.published, perfect_roots(tree))
        for leaf in leaves:
            frontier.append(leaf.hash)
        if frontier.size != head.size or frontier.root() != head.frontier.root():
            raise SealerError(
                f"the table no longer holds the leaves {head.published} to {head.size - 1} that the head commits to",
                "Restore the audit table to the point in time just before, and verify it against the last checkpoint.",
            )
        return leaves

    def _seal(self, head: Head, way: Round) -> tuple[Head, Gathered]:
        now = self._clock()
        found = gather(self._table, head, self._origin, now, self._limits, way=way)
        key = SigningKey(self._key_arn, str(self._signer.verifier_key(self._key_arn)))
        rotated = head.key if head.key and head.key.vkey != key.vkey else None
        after = replace(head, closed=found.closed, cursors=found.cursors)
        controls, answered = self._controls(after, found, key, rotated, now)
        leaves = [_Leaf(one, leaf_hash(one)) for one in (*found.entries, *controls)]
        frontier = Frontier(head.size, head.frontier.roots)
        for leaf in leaves:
            frontier.append(leaf.hash)
        if max(len(one.data) for one in leaves) > MAX_ENTRY_BYTES:
            raise SealerError("a leaf is too long to be published; nothing was committed")
        first = head.size + len(found.entries)
        stored = [(first + at, one.data, one.hash) for at, one in enumerate(leaves[len(found.entries) :])]
        successor = replace(after, version=head.version + 1, frontier=frontier, key=key, previous_key=rotated)
        # Signed for before it is written, so that the next run does not take what a stranger wrote for it; and by the
        # key that what is published was signed with, which the next run knows whatever key it is to sign with itself.
        known = rotated or key
        agreed = self._signer.sign(known.arn, VerifierKey.parse(known.vkey), successor.commitment(self._origin))
        if rotated:  # to a key that cannot sign nobody could go on from what is committed to
            self._signer.sign(key.arn, VerifierKey.parse(key.vkey), successor.commitment(self._origin))
        successor = replace(successor, commit=agreed.data)
        self._table.swap_head(head, successor, stored, answered)
        return self._publish(successor, leaves), found

    def _controls(
        self, after: Head, found: Gathered, key: SigningKey, rotated: SigningKey | None, now: int
    ) -> tuple[list[bytes], list[dict[str, object]]]:
        leaves: list[bytes] = []

        def add(act: str, **members: object) -> int:
            index = after.size + len(found.entries) + len(leaves)
            leaves.append(control_leaf(self._origin, index, act, now, **members))
            return index

        for lane in found.broken:
            add(BROKEN, **lane._asdict())
        for one in found.closings:
            add(CLOSE, epoch=one.epoch, lanes=one.lanes, entries=one.entries, heads=one.heads)
        if rotated:
            add(KEYROT, old=rotated.vkey, new=key.vkey)
        due = (request for request in self._table.prune_requests() if self._is_due(request, after))
        answered = [request.item(add(PRUNE, **request.leaf_members())) for request in islice(due, _MAX_PRUNES)]
        runs, aliens = [list(run) for run in found.runs], _select_fitting(found.alien)
        seal = {"first": after.size, "runs": runs, "broken": aliens, "more": found.more, "state": after.state()}
        add(SEAL, **seal, **({"place": found.place} if found.more else {}))
        return leaves, answered

    def _is_due(self, request: PruneRequest, head: Head) -> bool:
        """Return whether a request is for an hour that was closed with just so many entries."""
        if not 0 <= request.close < head.published:
            return False
        leaf = self._table.control(request.close)
        try:
            if leaf is None or Tree(self._objects.get, head.published).leaf(request.close) != leaf_hash(leaf):
                return False
            close = parse_control(leaf)
        except AuditError:
            return False
        return (close["act"], close.get("epoch"), close.get("entries")) == (CLOSE, request.epoch, request.entries)

    def _publish(self, head: Head, leaves: list[_Leaf]) -> Head:
        """Write tiles, sign, store the checkpoint, and mark the head as published."""
        files = grow(self._objects.get, head.published, [one.hash for one in leaves], [one.data for one in leaves])
        for path, data in files.items():
            self._objects.put(path, data)
        text = Checkpoint(self._origin, head.size, head.frontier.root()).text()
        keys = [key for key in (head.key, head.previous_key) if key]
        signatures = [self._signer.sign(key.arn, VerifierKey.parse(key.vkey), text) for key in keys]
        key_id = VerifierKey.parse(keys[0].vkey).key_id.hex()
        own = format_note(text, signatures)
        verifiers = [VerifierKey.parse(key.vkey) for key in keys]
        note = self._table.add_checkpoint(head.size, own, key_id)
        # A note of a stranger in its place stays there for the verifier to name, and is not what is shown.
        stored = open_published(note, verifiers)
        self._show(note if stored and stored.size == head.size else own, head.size, verifiers)
        published = head.as_published()
        self._table.swap_head(head, published, (), ())
        return published

    def _show(self, note: bytes, size: int, keys: list[VerifierKey]) -> None:
        """Replace the public checkpoint, but never a larger one of the log's own by a smaller one."""
        while True:
            old = self._objects.get(CHECKPOINT)
            shown = open_published(old or b"", keys)
            if shown and shown.size >= size:
                return
            if self._objects.swap(CHECKPOINT, old, note):
                return


def _select_fitting(names: list[str]) -> list[list[object]]:
    """Return as many strangers' names as the SEAL leaf has room for beside its runs."""
    shown: list[list[object]] = []
    room = _BROKEN_BYTES
    for name in names[:_MAX_BROKEN]:
        one: list[object] = [name, 0, "name"]
        room -= len(canonical(one)) + 1
        if room < 0:
            break
        shown.append(one)
    return shown
