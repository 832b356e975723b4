"""One lane of the log, hashed and linked a few thousand entries at a time without parsing one.

All start with their lane, all link to the hash computed just before, all count on by one, and time stands still or
advances.
"""

from __future__ import annotations

import json
from binascii import hexlify
from bisect import bisect_left, bisect_right
from hashlib import sha256
from itertools import count, repeat
from operator import itemgetter
from typing import TYPE_CHECKING

from tapeproof.log.entry import genesis
from tapeproof.log.errors import MalformedEntryError
from tapeproof.log.layout import AFTER_LINK, PLACES, match_plain, read_decisions
from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.index import Citation
from tapeproof.verifier.lane_times import LaneTimes
from tapeproof.verifier.streams import entry_time
from tapeproof.verifier.verbatim import salvage_entry

if TYPE_CHECKING:
    from re import Match

    from tapeproof.verifier.crosscheck import CrossCheck
    from tapeproof.verifier.index import PlacedRun
    from tapeproof.verifier.leaves import LeafSink
    from tapeproof.verifier.parts import PartReport, PartTask

__all__ = ["Chain"]

_FUNCTION = itemgetter(PLACES["fn"])
_MARK = b'","_seq":%d,'
_MARKS: list[bytes] = []
_SHOWN = 200
_MOST_MARKS = 100_000
_LEAST_RUN = 8


class Chain:
    """A lane while it is read.

    Args:
        task: The part it belongs to.
        lane: Its name.
        runs: Where the log holds it.
        leaves: Takes leaf hashes.
        out: Takes findings and citations.
        cross: Matches its entries with records and lines.

    Attributes:
        sound: Whether everything fitted so far.
        sequence: The next entry's.
        listed: Whether the hour's list names the lane.
        opened: Time of the first entry, as that writes it.
        waiting: Time of the first entry that is not sealed.
        last: Hash of the last entry.
        sealed: How many entries the log has sealed.
    """

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
        self._times = LaneTimes(lane, task.now, out)
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
        times, end = list(map(entry_time, lines)), sequence + len(lines)
        if sequence <= self.sealed < end:
            self.waiting = times[self.sealed - sequence]
        self._times.check(sequence, times, self._find_overlapping(sequence, end))
        self.last = digests[-1]
        self._check_forms(lines, digests, match_plain(lines, self._mark, unescaped=unescaped))
        self.sequence = end
        return True

    def _check_forms(self, lines: list[bytes], digests: list[bytes], matches: list[Match[bytes] | None]) -> None:
        """Hold every entry to the canonical form of what it says, and match it with its records and line."""
        if self._cross is None and all(matches) and {*map(_FUNCTION, filter(None, matches))} <= {self._function}:
            return  # nothing is left to be asked of them
        at, size = 0, len(lines)
        while at < len(lines):  # in runs that are as long as what is usual lasts
            size = min(size, len(lines) - at)
            end = at + size
            if size >= _LEAST_RUN and self._take_run(
                self.sequence + at, lines[at:end], digests[at:end], matches[at:end]
            ):
                at, size = end, 2 * size
            elif size > _LEAST_RUN:
                size //= 2
            else:
                self._check_each(self.sequence + at, lines[at:end], digests[at:end], matches[at:end])
                at, size = end, 2 * _LEAST_RUN

    def _take_run(
        self, sequence: int, lines: list[bytes], digests: list[bytes], matches: list[Match[bytes] | None]
    ) -> bool:
        """Match entries with their records and lines all at once; return whether they are all as nearly all are."""
        found = [match for match in matches if match is not None]
        if self._cross is None or len(found) < len(lines) or {*map(_FUNCTION, found)} != {self._function}:
            return False
        return self._cross.take_run((self.lane, sequence), self._name, lines, digests, found)

    def _check_each(
        self, first: int, lines: list[bytes], digests: list[bytes], matches: list[Match[bytes] | None]
    ) -> None:
        name, lane, function, cross = self.lane, self._name, self._function, self._cross
        for sequence, line, digest, match in zip(count(first), lines, digests, matches, strict=False):
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
            data, position = salvage_entry(line)
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
