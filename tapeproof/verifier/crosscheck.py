"""Entries against records and witness lines: a one-to-one match, merged in one pass over three sorted streams."""

from __future__ import annotations

import re
from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING, Any

from tapeproof.log.merkle import leaf_hash, root_of
from tapeproof.verifier.findings import Attack, UnusableError
from tapeproof.verifier.line_match import LineMatch, build_line
from tapeproof.verifier.newest_match import NewestMatch, find_first
from tapeproof.verifier.record_match import RecordMatch
from tapeproof.verifier.record_stream import RecordStream
from tapeproof.verifier.streams import Stream, WitnessStream, records

if TYPE_CHECKING:
    from tapeproof.verifier.columns import Columns
    from tapeproof.verifier.parts import PartReport, PartTask
    from tapeproof.verifier.streams import Key

__all__ = ["CrossCheck", "Said"]

Said = tuple[bytes, bytes, bytes | None, bytes]
"""What was decided, the hashes of the payload and of the record that was stored, and when."""
_MET = frozenset({"CONFLICT", "DUPLICATE"})
_SEQ = re.compile(rb'"_seq":(\d{1,10}),')


class CrossCheck:
    """The records and lines of a part, matched with its entries as they come.

    Args:
        task: The part.
        sealed: How many entries of each lane are sealed.
        out: Where counts and findings go.
    """

    def __init__(self, task: PartTask, sealed: dict[str, int], out: PartReport) -> None:
        self._out = out
        self._usual: Counter[bytes] = Counter()
        self._stored = 0
        try:
            stored, said, latest = (task.root / kind / task.part.name for kind in ("records", "witness", "latest"))
            self._records = RecordStream(stored, task.inflate) if task.records else None
            self._latest = Stream(records(latest, task.inflate)) if task.records else None
            self._lines = WitnessStream(said, task.inflate) if task.witness else None
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableError(f"{task.root}: the part {task.part.name} is damaged: {error}") from error
        unknown = task.pruned and not task.copies
        self._record_match = RecordMatch(self._records, sealed, out, unknown=unknown) if self._records else None
        self._newest_match = NewestMatch(self._latest, out, unknown=unknown) if self._latest else None
        self._line_match = LineMatch(self._lines, task, sealed, out) if self._lines else None

    def finish(self) -> None:
        """Account for what no entry asked for."""
        for match in (self._record_match, self._line_match, self._newest_match):
            if match:
                match.finish()
        counts = self._out.counts
        for act, count in self._usual.items():
            counts["decisions"] += count
            counts[f"act {act.decode()}"] += count
        spoken = self._line_match.spoken if self._line_match else 0
        for name, count in (("records", self._stored), ("witness lines", spoken)):
            if count:
                counts[name] += count

    def take_usual(self, key: Key, lane: bytes, data: bytes, digest: bytes, said: Said) -> bool:
        """Match an entry of one decision with its record and its line, if these are as nearly all are.

        Args:
            key: Lane and sequence it is stored at.
            lane: The lane again.
            data: Its bytes.
            digest: Their hash.
            said: What it says.

        Returns:
            Whether they are; if not, ``entry`` is to be asked, and nothing was counted or passed.
        """
        act, pay, rec, written = said
        if self._latest and self._latest.reaches(key):
            return False
        lines, text = self._lines, b""
        if lines:
            text = build_line(digest, data)
            if lines.text != text:
                return False
        if self._records and not self._records.take_usual(key, lane, ((b"", pay, rec),) if rec else (), digest):
            return False
        if self._line_match:
            self._line_match.take_exact(key, text, int(written))
        self._usual[act] += 1
        self._stored += rec is not None and self._records is not None
        return True

    def take_run(self, first: Key, lane: bytes, columns: Columns, digests: list[bytes]) -> bool:
        """Match consecutive entries of one decision with their records and lines, if all are as nearly all are.

        Args:
            first: Lane and sequence of the first.
            lane: The lane again.
            columns: The entries.
            digests: Their hashes.

        Returns:
            Whether they are; if not, nothing was counted or passed.
        """
        count, last = len(digests), (first[0], first[1] + len(digests) - 1)
        if self._latest and self._latest.reaches(last):
            return False
        if self._line_match and not self._line_match.find_run(columns.lines, digests, columns.times):
            return False
        if self._records:
            stored = list(map(bool, columns.recs))
            seqs = list(map(b"%d".__mod__, compress(range(first[1], first[1] + count), stored)))
            hashes = b"".join(compress(columns.pays, stored)), b"".join(compress(columns.recs, stored))
            if not self._records.find_run(last, lane, seqs, hashes, b"".join(compress(digests, stored))):
                return False
            self._records.pass_run(last, len(seqs))
            self._stored += len(seqs)
        if self._line_match:
            self._line_match.pass_run(last, count)
        self._usual.update(columns.acts)
        return True

    def entry(self, key: Key, data: bytes, digest: bytes, decisions: list[dict[str, Any]] | None) -> None:
        """Match an entry with its records and lines.

        Args:
            key: Lane and sequence it is stored at.
            data: Its bytes.
            digest: Their hash.
            decisions: What it says; None when it has not the form of an entry.
        """
        if decisions is None or not data.startswith(b'{"_lane":"%b",' % key[0].encode()) or _sequence(data) != key[1]:
            self._pass_over(key)
            return
        self._count(key, decisions)
        if len(decisions) > 1 or b'"act":"BATCH"' in data:
            self._batch(key, data, decisions)
        found, newest = self._record_match, self._newest_match
        if found:
            is_cited = self._latest is not None and self._latest.reaches(key)
            if is_cited or not found.take_usual(key, digest, decisions):
                items = found.match(key, digest, decisions)
                if newest:
                    newest.match(key, digest, decisions, items)
        if self._line_match:
            self._line_match.match(key, data, digest)

    def _pass_over(self, key: Key) -> None:
        # A misplaced entry is named as such; what belongs to its place cannot be matched with it.
        if self._record_match:
            self._record_match.pass_over(key)
        if self._line_match:
            self._line_match.pass_over(key)

    def _count(self, key: Key, decisions: list[dict[str, Any]]) -> None:
        counts = self._out.counts
        counts["decisions"] += len(decisions)
        for one in decisions:
            act = one["act"]
            counts[f"act {act}"] += 1
            if act in _MET:
                first = find_first(one)
                if first and first[0] == key[0] and first[1] >= key[1]:
                    detail = "it says that it met a record of an entry that is no earlier than itself"
                    self._out.find_at(Attack.ENTRY_MALFORMED, key, detail)
                elif first:
                    self._out.met.append((*key, *first))

    def _batch(self, key: Key, data: bytes, decisions: list[dict[str, Any]]) -> None:
        pay = data.rpartition(b'"pay":"')[2][:64]
        if root_of(leaf_hash(bytes.fromhex(one["pay"])) for one in decisions).hex().encode() != pay:
            self._out.find_at(Attack.ENTRY_EDITED, key, "the batch's pay is not the root over its items")


def _sequence(data: bytes) -> int:
    match = _SEQ.search(data)
    return int(match[1]) if match else -1
