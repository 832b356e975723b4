"""One part of the log, checked at the speed of SHA-256: its lanes' chains, and the leaf hashes for the tree.

A lane that does not fit is only marked here; ``diagnosis`` finds out what was done to it.
"""

from __future__ import annotations

from collections import Counter
from itertools import compress, count, repeat
from typing import TYPE_CHECKING

from tapeproof.log.merkle import leaf_hash
from tapeproof.log.tiles import MissingTileError
from tapeproof.verifier.chain import Chain
from tapeproof.verifier.columns import match_entries, split_entries
from tapeproof.verifier.crosscheck import CrossCheck
from tapeproof.verifier.findings import Attack, Finding, Quota, UnusableError
from tapeproof.verifier.folder import lines, part_of, texts
from tapeproof.verifier.index import LaneEnd
from tapeproof.verifier.leaves import GatheredLeaves, LeafFile
from tapeproof.verifier.parts import PartReport
from tapeproof.verifier.restored import published_copies, published_entries

if TYPE_CHECKING:
    from tapeproof.verifier.columns import Columns
    from tapeproof.verifier.index import PlacedRun
    from tapeproof.verifier.leaves import LeafSink
    from tapeproof.verifier.parts import PartTask

__all__ = ["check_part", "check_part_into"]

_AGAIN = "Make the export again."
_LANE = b"#L "


def check_part(task: PartTask) -> PartReport:
    """Check a part's lanes, records and lines; write its leaf hashes to the task's leaf file."""
    file = LeafFile(task.leaves)
    leaves = GatheredLeaves(file)
    try:
        report = check_part_into(task, leaves)
        leaves.flush()
        return report
    finally:
        file.close()


def check_part_into(task: PartTask, leaves: LeafSink) -> PartReport:
    """Check a part and hand its leaf hashes to ``leaves``.

    Raises:
        UnusableError: The part's files cannot be read.
    """
    try:
        return _Part(task, leaves).report()
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise UnusableError(
            f"{task.root}: the part {task.part.name} is damaged: {type(error).__name__}: {error}", _AGAIN
        ) from error


class _Part:
    def __init__(self, task: PartTask, leaves: LeafSink) -> None:
        self._task, self._leaves = task, leaves
        self._out = PartReport(task.part, Counter(), [], [], [], [], [], [], Quota())
        self._runs: dict[str, list[PlacedRun]] = {}
        for run in task.runs:
            self._runs.setdefault(run.lane, []).append(run)
        sealed = {lane: sum(run.length for run in runs) for lane, runs in self._runs.items()}
        wanted = task.records or task.witness is not None
        self._cross = CrossCheck(task, sealed, self._out) if wanted else None
        self._seen: set[str] = set()
        self._pruned = sorted(self._runs, reverse=True) if task.pruned and task.copies else []
        self._bundle = published_copies(task.root, task.copies)

    def report(self) -> PartReport:
        if self._pruned:
            self._read_remains()
        else:
            self._read_lanes()
        if not self._task.pruned:
            self._out.suspects.extend(self._runs.keys() - self._seen)
        if self._cross:
            self._cross.finish()
        return self._out

    def _read_lanes(self) -> None:
        chain: Chain | None = None
        for text in texts(self._task.root / "lanes" / self._task.part.name, self._task.inflate):
            chain = self._take(text, chain)
        self._finish(chain)

    def _take(self, text: bytes, chain: Chain | None) -> Chain:
        """Take lines, of the lane that was begun or of others; return the lane that goes on."""
        if chain is None:
            header, _, text = text.partition(b"\n")
            if not header.startswith(_LANE):
                raise UnusableError(f"{self._task.root}: {self._task.part.name} begins without a lane's name", _AGAIN)
            chain = self._begin(header)
        mark = chain.mark
        columns = self._split(text, mark)
        if not columns.lines or chain.take_sound(columns):
            return chain
        lines, start = columns.lines, 0
        for at in (*compress(count(), map(bytes.startswith, lines, repeat(_LANE))), len(lines)):
            if at > start:
                again = chain.mark != mark  # its name is of another length
                chain.take(self._split(_join(lines[start:at]), chain.mark) if again else columns.cut(start, at))
            if at < len(lines):
                self._finish(chain)
                chain = self._begin(lines[at])
            start = at + 1
        return chain

    def _split(self, text: bytes, mark: int) -> Columns:
        return split_entries(text, mark, acts=self._cross is not None)

    def _read_remains(self) -> None:
        """Check an hour that was pruned in the published copies of its entries, of which any may still be there."""
        lane, left = "", list[bytes]()
        for line in lines(self._task.root / "lanes" / self._task.part.name, self._task.inflate):
            if line.startswith(b"#L "):
                self._compare_remains(lane, left)
                lane, left = self._read_header(line)[0], []
            else:
                left.append(leaf_hash(line))
        self._compare_remains(lane, left)
        while self._pruned:
            self._restore(self._pruned.pop(), [])

    def _compare_remains(self, lane: str, left: list[bytes]) -> None:
        while self._pruned and self._pruned[-1] < lane:
            self._restore(self._pruned.pop(), [])
        if self._pruned and self._pruned[-1] == lane:
            self._restore(self._pruned.pop(), left)
        elif lane and left:
            self._out.suspects.append(lane)

    def _read_header(self, header: bytes) -> tuple[str, bool]:
        _, lane, listed, *more = (header.decode(errors="replace") + "  ").split(" ")
        if more != ["", ""] or listed not in {"0", "1"}:
            raise UnusableError(f"{self._task.root}: {header[:80]!r} begins no lane", _AGAIN)
        if part_of(lane) != self._task.part:
            raise UnusableError(f"{self._task.root}: the lane {lane!r} is in the file of other lanes", _AGAIN)
        return lane, listed == "1"

    def _begin(self, header: bytes) -> Chain:
        lane, listed = self._read_header(header)
        again = lane in self._seen
        self._seen.add(lane)
        chain = self._chain(lane)
        chain.sound, chain.listed = chain.sound and not again, listed
        return chain

    def _chain(self, lane: str) -> Chain:
        runs = self._runs.get(lane, [])
        return Chain(self._task, lane, runs=runs, leaves=self._leaves, out=self._out, cross=self._cross)

    def _restore(self, lane: str, left: list[bytes]) -> None:
        """Check a lane that may be gone from the table in its published copies; what is left must be of these."""
        chain, remains = self._chain(lane), iter(left)
        chain.listed, wanted = True, next(remains, None)
        try:
            for entries in published_entries(self._bundle, self._runs[lane]):
                chain.take(match_entries(entries, chain.mark))
                for entry in entries if wanted else ():
                    wanted = next(remains, None) if leaf_hash(entry) == wanted else wanted
        except MissingTileError:
            chain.sound = False
        chain.sound = chain.sound and wanted is None
        self._finish(chain)

    def _finish(self, chain: Chain | None) -> None:
        if chain is None:
            return
        self._out.counts["lanes"] += 1
        self._out.counts["entries"] += chain.sequence
        self._out.ends.append(LaneEnd(chain.lane, chain.sequence, chain.last, chain.sealed))
        whole = chain.sequence == chain.sealed if self._task.closed else chain.sequence >= chain.sealed
        self._out.counts["unsealed"] += max(0, chain.sequence - chain.sealed)
        if chain.sound and chain.listed and not self._task.closed and b"" < chain.waiting < self._task.young:
            count = chain.sequence - chain.sealed
            detail = (
                f"{count} entries are not sealed, though the newest checkpoint was made long after the first of them"
            )
            self._out.find(Finding(Attack.STALE, detail, chain.lane, chain.sealed))
        young = not self._task.closed and not chain.sealed and chain.opened >= self._task.recent
        if not (chain.sound and whole and chain.sequence and (chain.listed or young)):
            self._out.suspects.append(chain.lane)


def _join(lines: list[bytes]) -> bytes:
    return b"\n".join(lines) + b"\n"
