"""One lane of the log, hashed and linked a few thousand entries at a time without parsing one.

All start with their lane, all link to the hash computed just before, all count on by one, and time stands still or
advances.
"""

from __future__ import annotations

import json
from binascii import hexlify
from bisect import bisect_left, bisect_right
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from tapeproof.log.entry import genesis
from tapeproof.log.errors import MalformedEntryError
from tapeproof.log.layout import AFTER_LINK, read_decisions
from tapeproof.log.merkle import HASH_BYTES, leaf_hashes
from tapeproof.verifier.findings import Attack, Finding
from tapeproof.verifier.index import Citation
from tapeproof.verifier.lane_times import LaneTimes
from tapeproof.verifier.streams import entry_time
from tapeproof.verifier.verbatim import salvage_entry

if TYPE_CHECKING:
    from tapeproof.verifier.columns import Columns
    from tapeproof.verifier.crosscheck import CrossCheck
    from tapeproof.verifier.index import PlacedRun
    from tapeproof.verifier.leaves import LeafSink
    from tapeproof.verifier.parts import PartReport, PartTask

__all__ = ["Chain"]

_NUMBERS: list[bytes] = []
_SHOWN = 200
_MOST_NUMBERS = 100_000
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
        mark: Where the quotation mark is that ends the ``_prev`` of its entries.
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
        self.mark, self._function = AFTER_LINK + len(self._name), self._name[11:-33]
        self._prefix = b'{"_lane":"' + lane.encode() + b'","_prev":"'
        self._times = LaneTimes(lane, task.now, out)
        self._firsts = [run.first for run in runs]
        expected = 0
        for run in runs:
            self.sound = self.sound and run.first == expected
            expected += run.length

    def take(self, columns: Columns) -> None:
        """Take the next lines of the lane, sound or not."""
        if not self.take_sound(columns):
            self._take_unsound(columns.lines)

    def take_sound(self, columns: Columns) -> bool:
        """Take lines that are all the lane's next entries; otherwise take none, and return False."""
        lines, sequence = columns.lines, self.sequence
        if not all(line.startswith(self._prefix) for line in (*lines[:1], *lines[-1:])):
            return False  # as nearly always when not all are: before anything is hashed
        digests, end = leaf_hashes(lines), sequence + len(lines)
        joined = b"".join(digests)
        if columns.seqs != _numbers(sequence, end) or b"".join(columns.heads) != self._heads(joined):
            return False
        if sequence == 0:
            self._read_opening(lines[0])
        runs = self._find_overlapping(sequence, end)
        self._place(sequence, joined, runs)
        if sequence <= self.sealed < end:
            self.waiting = columns.times[self.sealed - sequence]
        self._times.check(sequence, columns.times, runs)
        self.last = digests[-1]
        self._check_forms(columns, digests)
        self.sequence = end
        return True

    def _heads(self, digests: bytes) -> bytes:
        """Return how the next entries begin, up to the mark, if they have these hashes."""
        links = hexlify(self.last + digests[:-HASH_BYTES], b"-", HASH_BYTES)
        return self._prefix + links.replace(b"-", self._prefix)

    def _check_forms(self, columns: Columns, digests: list[bytes]) -> None:
        """Hold every entry to the canonical form of what it says, and match it with its records and line."""
        if self._cross is None:
            self._check_others(columns, digests)
            return
        at, size = 0, len(digests)
        while at < len(digests):  # in runs that are as long as what is usual lasts
            size = min(size, len(digests) - at)
            end = at + size
            if size >= _LEAST_RUN and self._take_run(
                self.sequence + at, columns.cut(at, end), digests[at:end], self._cross
            ):
                at, size = end, 2 * size
            elif size > _LEAST_RUN:
                size //= 2
            else:
                self._check_each(self.sequence + at, columns.cut(at, end), digests[at:end], self._cross)
                at, size = end, 2 * _LEAST_RUN

    def _check_others(self, columns: Columns, digests: list[bytes]) -> None:
        """Check the entries that are not as nearly all are; of the others nothing is left to be asked."""
        functions = columns.functions
        if functions.count(self._function) < len(functions):
            for at in (at for at, by in enumerate(functions) if by != self._function):
                self._check_form(self.sequence + at, columns.lines[at], digests[at])

    def _take_run(self, sequence: int, columns: Columns, digests: list[bytes], cross: CrossCheck) -> bool:
        """Match entries with their records and lines all at once; return whether they are all as nearly all are."""
        is_usual = columns.functions.count(self._function) == len(digests)
        return is_usual and cross.take_run((self.lane, sequence), self._name, columns, digests)

    def _check_each(self, first: int, columns: Columns, digests: list[bytes], cross: CrossCheck) -> None:
        name, lane, function = self.lane, self._name, self._function
        said = zip(columns.acts, columns.pays, columns.recs, columns.times, strict=True)
        for sequence, line, digest, by, told in zip(
            count(first), columns.lines, digests, columns.functions, said, strict=False
        ):
            if by != function or not cross.take_usual((name, sequence), lane, line, digest, told):
                self._check_form(sequence, line, digest)

    def _check_form(self, sequence: int, line: bytes, digest: bytes) -> None:
        key = (self.lane, sequence)
        try:
            decisions = read_decisions(line, self._name)
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
                self._place(position, digest, self._find_overlapping(position, position + 1))
            self.last = digest
            if position is not None and self._cross:
                self._check_form(position, data, digest)
        self.sequence += len(lines)

    def _place(self, sequence: int, hashes: bytes, runs: list[PlacedRun]) -> None:
        """Write leaf hashes where the log's runs that hold any of them say they belong."""
        end = sequence + len(hashes) // 32
        for run in runs:
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


def _numbers(first: int, end: int) -> list[bytes]:
    """Return how consecutive sequences are written; small ones are kept, as every lane has them."""
    if end > _MOST_NUMBERS:
        return list(map(b"%d".__mod__, range(first, end)))
    if end > len(_NUMBERS):
        _NUMBERS.extend(map(b"%d".__mod__, range(len(_NUMBERS), end)))
    return _NUMBERS[first:end]
