"""One part of the log, checked at the speed of SHA-256: its lanes' chains, and the leaf hashes for the tree.

The fast path looks at a few thousand entries at a time without parsing one: all start with their lane, all link to the
hash computed just before, all count on by one, and time stands still or advances. A lane that does not fit is only
marked here; ``diagnosis`` finds out what was done to it.
"""

from __future__ import annotations

import json
import re
from binascii import hexlify
from bisect import bisect_left, bisect_right
from collections import Counter
from hashlib import sha256
from itertools import compress, repeat
from operator import itemgetter
from typing import TYPE_CHECKING

from tapeproof.log.entry import genesis
from tapeproof.log.errors import MalformedEntryError
from tapeproof.log.hours import GRACE_SECONDS, hour_seconds
from tapeproof.log.layout import AFTER_LINK, PLACES, is_unescaped, match_plain, read_decisions
from tapeproof.log.tiles import MissingTileError
from tapeproof.verifier.controls import SKEW_NS, WRITE_NS
from tapeproof.verifier.crosscheck import CrossCheck
from tapeproof.verifier.findings import Attack, Finding, Quota, UnusableError
from tapeproof.verifier.folder import part_of, texts
from tapeproof.verifier.index import Citation, LaneEnd, PlacedRun
from tapeproof.verifier.leaves import LeafFile, LeafSink
from tapeproof.verifier.parts import PartReport, PartTask
from tapeproof.verifier.restored import published_copies, published_entries
from tapeproof.verifier.streams import entry_time

if TYPE_CHECKING:
    from re import Match

__all__ = [
    "added_attributes",
    "check_part",
    "check_part_into",
    "recent_since",
    "stored_item",
    "young_since",
]

_HOUR_NS = 3_600 * 10**9
_AGAIN = "Make the export again."
_HEAD = re.compile(rb'\{"_lane":"([^"\\]*)","_prev":"([0-9a-f]{64})","_seq":(\d{1,10}),')
_PLACE = re.compile(r"\d{10}", re.ASCII)
_FUNCTION = itemgetter(PLACES["fn"])
_MARK = b'","_seq":%d,'
_MARKS: list[bytes] = []
_SHOWN = 200
_MOST_MARKS = 100_000


def young_since(sealed_at: int) -> bytes:
    """Return the time of the oldest entry that may open a lane when the newest checkpoint is sealed, or later.

    An export reads its lists after that checkpoint, and a writer is done with an entry within the sealer's grace.
    """
    return b"%019d" % max(0, sealed_at - GRACE_SECONDS * 10**9)


def recent_since(sealed_at: int) -> bytes:
    """Return the time of the oldest entry that may open a lane which is on no list yet.

    Lane and list are written in one transaction, so only a write that ended while the export was read explains it.
    """
    return b"%019d" % max(0, sealed_at - WRITE_NS)


def check_part(task: PartTask) -> PartReport:
    """Check a part's lanes, records and lines; write its leaf hashes to the task's leaf file."""
    leaves = LeafFile(task.leaves)
    try:
        return check_part_into(task, leaves)
    finally:
        leaves.close()


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
        chain: _Chain | None = None
        for text, block in texts(self._task.root / "lanes" / self._task.part.name, self._task.inflate):
            unescaped = is_unescaped(text)
            if chain and chain.take_sound(block, unescaped=unescaped):
                continue
            start = 0
            if chain is None and not block[0].startswith(b"#L "):
                raise UnusableError(f"{self._task.root}: {self._task.part.name} begins without a lane's name", _AGAIN)
            headers = list(map(bytes.startswith, block, repeat(b"#L ")))
            for at in compress(range(len(block)), headers) if True in headers else ():
                if chain and at > start:
                    chain.take(block[start:at], unescaped=unescaped)
                self._finish(chain)
                chain, start = self._begin(block[at]), at + 1
            if chain and start < len(block):
                chain.take(block[start:], unescaped=unescaped)
        self._finish(chain)
        self._restore("~")
        if not self._task.pruned:
            self._out.suspects.extend(self._runs.keys() - self._seen)
        if self._cross:
            self._cross.finish()
        return self._out

    def _begin(self, header: bytes) -> _Chain:
        _, lane, listed = (header.decode(errors="replace") + "  ").split(" ")[:3]
        if part_of(lane) != self._task.part:
            raise UnusableError(f"{self._task.root}: the lane {lane!r} is in the file of other lanes", _AGAIN)
        self._restore(lane)
        again = lane in self._seen
        self._seen.add(lane)
        chain = self._chain(lane)
        chain.sound, chain.listed = chain.sound and not again, listed == "1"
        return chain

    def _chain(self, lane: str) -> _Chain:
        runs = self._runs.get(lane, [])
        return _Chain(self._task, lane, runs=runs, leaves=self._leaves, out=self._out, cross=self._cross)

    def _restore(self, until: str) -> None:
        """Check the lanes before another that are gone from the table, as they should be, in their published copies."""
        while self._pruned and self._pruned[-1] <= until:
            lane = self._pruned.pop()
            if lane == until:
                return
            chain = self._chain(lane)
            chain.listed = True
            try:
                for entries in published_entries(self._bundle, self._runs[lane]):
                    chain.take(entries)
            except MissingTileError:
                chain.sound = False
            self._finish(chain)

    def _finish(self, chain: _Chain | None) -> None:
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


class _Chain:
    """A lane while it is read."""

    def __init__(
        self,
        task: PartTask,
        lane: str,
        *,
        runs: list[PlacedRun],
        leaves: LeafSink,
        out: PartReport,
        cross: CrossCheck | None,
    ) -> None:
        self.lane, self.sound, self.sequence = lane, True, 0
        self.listed, self.opened, self.waiting = False, b"", b""
        self.last = bytes.fromhex(genesis(task.origin, lane))
        self.sealed = sum(run.length for run in runs)
        self._runs, self._leaves, self._out, self._cross = runs, leaves, out, cross
        self._name = lane.encode()
        self._mark, self._function = AFTER_LINK + len(self._name), self._name[11:-33]
        self._prefix = b'{"_lane":"' + lane.encode() + b'","_prev":"'
        start = hour_seconds(lane[:10]) * 10**9
        self._earliest, self._end = b"%019d" % start, b"%019d" % (start + _HOUR_NS)
        self._latest = b"%019d" % (task.now + SKEW_NS)
        self._firsts = [run.first for run in runs]
        expected = 0
        for run in runs:
            self.sound = self.sound and run.first == expected
            expected += run.length

    def take(self, lines: list[bytes], *, unescaped: bool = False) -> None:
        """Take the next lines of the lane, sound or not; ``unescaped``: whether they are known to be so."""
        if not self.take_sound(lines, unescaped=unescaped):
            self._take_unsound(lines)

    def take_sound(self, lines: list[bytes], *, unescaped: bool) -> bool:
        """Take lines that are all the lane's next entries; otherwise take none, and return False."""
        prefix, sequence = self._prefix, self.sequence
        at, until = len(prefix), len(prefix) + 64
        if not all(map(bytes.startswith, lines, repeat(prefix))):
            return False
        digests = [sha256(b"\0" + line).digest() for line in lines]
        joined = b"".join(digests)
        links = b"".join([line[at:until] for line in lines])
        if links != hexlify(self.last + joined[:-32]) or not all(
            map(bytes.startswith, lines, _marks(sequence, sequence + len(lines)), repeat(until))
        ):
            return False
        if sequence == 0:
            self._read_opening(lines[0])
        self._place(sequence, joined)
        self._check_times(list(map(entry_time, lines)))
        self.last = digests[-1]
        self._check_forms(lines, digests, match_plain(lines, self._mark, unescaped=unescaped))
        self.sequence = sequence + len(lines)
        return True

    def _check_forms(self, lines: list[bytes], digests: list[bytes], matches: list[Match[bytes] | None]) -> None:
        """Hold every entry to the canonical form of what it says, and match it with its records and line."""
        if self._cross is None and all(matches) and {*map(_FUNCTION, filter(None, matches))} <= {self._function}:
            return  # nothing is left to be asked of them
        name, lane, function, cross = self.lane, self._name, self._function, self._cross
        numbered = range(self.sequence, self.sequence + len(lines))
        for sequence, line, digest, match in zip(numbered, lines, digests, matches, strict=True):
            is_done = (
                cross is not None
                and match is not None
                and _FUNCTION(match) == function
                and cross.take_usual((name, sequence), lane, line, digest, match)
            )
            if not is_done:
                self._check_form(sequence, line, digest, match)

    def _check_form(self, sequence: int, line: bytes, digest: bytes, match: Match[bytes] | None) -> None:
        key = (self.lane, sequence)
        try:
            decisions = read_decisions(line, self._name, match)
        except MalformedEntryError as error:
            self._out.find(Finding(Attack.ENTRY_MALFORMED, error.what[:_SHOWN], *key))
            decisions = None
        if self._cross:
            self._cross.entry(key, line, digest, decisions)

    def _take_unsound(self, lines: list[bytes]) -> None:
        if self.sequence == 0:
            self._read_opening(lines[0])
        self.sound = False
        for line in lines:
            data, position = _salvage(line)
            digest = sha256(b"\0" + data).digest()
            if position is not None and position < self.sealed:
                self._place(position, digest)
            self.last = digest
            if position is not None and self._cross:
                self._check_form(position, data, digest, None)
        self.sequence += len(lines)

    def _place(self, sequence: int, hashes: bytes) -> None:
        """Write leaf hashes where the log's runs say they belong."""
        end = sequence + len(hashes) // 32
        for run in self._find_overlapping(sequence, end):
            low, high = max(sequence, run.first), min(end, run.first + run.length)
            self._leaves.write(run.leaf + low - run.first, hashes[(low - sequence) * 32 : (high - sequence) * 32])

    def _find_overlapping(self, first: int, end: int) -> list[PlacedRun]:
        low = max(0, bisect_right(self._firsts, first) - 1)
        found = self._runs[low : bisect_left(self._firsts, end)]
        return [run for run in found if run.first + run.length > first]

    def _check_times(self, times: list[bytes]) -> None:
        if times[-1] > self._latest:
            detail = "the entry's time is after the export was made"
            self._out.find(Finding(Attack.FUTURE_TIME, detail, self.lane, self.sequence + len(times) - 1))
        in_order = times == sorted(times)
        if not in_order or times[0] < self._earliest or times[-1] >= self._end:
            last = self.sequence + len(times) - 1
            detail = f"entries {self.sequence} to {last}: times leave the hour or run backwards"
            self._out.find(Finding(Attack.CLOCK_WRONG, detail, self.lane, self.sequence))
        end = self.sequence + len(times)
        if self.sequence <= self.sealed < end:
            self.waiting = times[self.sealed - self.sequence]
        for run in self._find_overlapping(self.sequence, end):
            high = min(end, run.first + run.length)
            self._check_not_before(run, max(run.first, self.sequence), times)
            self._check_sealed(run, high - 1, times[high - 1 - self.sequence])
        self._earliest = max(self._earliest, times[-1])

    def _check_sealed(self, run: PlacedRun, sequence: int, time: bytes) -> None:
        if time.isdigit() and int(time) > run.sealed + SKEW_NS:
            seconds = (int(time) - run.sealed) / 10**9
            detail = f"the entry's time is {seconds:.0f} s after the checkpoint that sealed it"
            self._out.find(Finding(Attack.FUTURE_TIME, detail, self.lane, sequence))

    def _check_not_before(self, run: PlacedRun, sequence: int, times: list[bytes]) -> None:
        """Report an entry that says that it is older than a checkpoint which would then have sealed it."""
        time = times[sequence - self.sequence]
        if time.isdigit() and int(time) < run.after - WRITE_NS - SKEW_NS:
            seconds = (run.after - int(time)) / 10**9
            detail = f"the entry's time is {seconds:.0f} s before a checkpoint that did not find it yet"
            self._out.find(Finding(Attack.CLOCK_WRONG, detail, self.lane, sequence))

    def _read_opening(self, line: bytes) -> None:
        self.opened = entry_time(line)
        try:
            opening = json.loads(line)["gen"]
            prior, reason = opening["prior"], str(opening["reason"])
            if prior:
                cited, digest, unknown = (str(prior.get(name, "")) for name in ("lane", "hash", "next"))
                citation = Citation(self.lane, cited, int(prior["seq"]), digest, unknown, reason)
                self.sound = self.sound and citation.sane()
                self._out.citations.extend([citation] if citation.sane() else [])
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            self.sound = False


def _marks(first: int, end: int) -> list[bytes]:
    """Return how consecutive sequences are written after the link; small ones are kept, as every lane has them."""
    if end > _MOST_MARKS:
        return list(map(_MARK.__mod__, range(first, end)))
    if end > len(_MARKS):
        _MARKS.extend(map(_MARK.__mod__, range(len(_MARKS), end)))
    return _MARKS[first:end]


def _salvage(line: bytes) -> tuple[bytes, int | None]:
    """Return the bytes of an entry in any form, and the sequence its item is stored at."""
    if line.startswith(b"!"):
        item = stored_item(line)
        return (item[2], int(item[1])) if item and _PLACE.fullmatch(item[1]) else (line, None)
    match = _HEAD.match(line)
    return line, int(match[3]) if match else None


def added_attributes(line: bytes) -> tuple[str, ...]:
    """Return the names of the attributes that an item of a verbatim line has and no writer gives it."""
    try:
        return tuple(map(str, json.loads(line[1:]).get("more", ())))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ()


def stored_item(line: bytes) -> tuple[str, str, bytes, bytes] | None:
    """Return keys, bytes and stored hash of a verbatim line, or None when it is damaged."""
    try:
        item = json.loads(line[1:])
        return str(item["pk"]), str(item["sk"]), bytes.fromhex(item["b"]), bytes.fromhex(item["h"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
