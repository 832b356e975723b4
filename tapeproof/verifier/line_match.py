"""Entries against witness lines: what CloudWatch Logs keeps of an entry must be the entry, taken in at its time."""

from __future__ import annotations

from binascii import hexlify
from typing import TYPE_CHECKING

from tapeproof.verifier.controls import WRITE_NS
from tapeproof.verifier.findings import Attack
from tapeproof.verifier.streams import entry_time

if TYPE_CHECKING:
    from tapeproof.verifier.parts import PartReport, PartTask
    from tapeproof.verifier.streams import Key, Line, WitnessStream

__all__ = ["LineMatch", "build_line"]

_LATEST_INGESTION_NS = 3_600 * 10**9
_TEXT = b'{"audit":{"h":"%b","b":%b}}'
_AHEAD_NS = 300 * 10**9


class LineMatch:
    """The witness lines of a part, matched with its entries as they come.

    Args:
        stream: The lines.
        task: The part.
        sealed: How many entries of each lane are sealed.
        out: Where counts and findings go.

    Attributes:
        spoken: How many lines were matched.
    """

    def __init__(self, stream: WitnessStream, task: PartTask, sealed: dict[str, int], out: PartReport) -> None:
        self._stream, self._task, self._sealed, self._out = stream, task, sealed, out
        self._unknown = task.pruned and not task.copies
        self.spoken = 0
        self._said: Key = ("", -1)  # the entry whose own line was met last

    def match(self, key: Key, data: bytes, digest: bytes) -> None:
        """Match an entry with its lines.

        Args:
            key: Lane and sequence it is stored at.
            data: Its bytes.
            digest: Their hash.
        """
        time, stream = entry_time(data), self._stream
        written = int(time) if time.isdigit() else 0
        if self.take_exact(key, build_line(digest, data), written):
            return
        self._pass_before(key)
        found = stream.at(key)
        since, until = self._task.witness or (0, 0)
        # Of an entry that is not sealed the write, and with it the line, may be younger than its time says.
        late = 0 if key[1] < self._sealed.get(key[0], 0) else WRITE_NS
        if not found and since <= written <= until - late:
            self._out.find_at(Attack.LINE_MISSING, key, "CloudWatch Logs has no line for this entry")
        for line in found:
            if line.data == data:
                self._line(key, written, line.ingested)
            else:
                self._report_forged(key, line)

    def take_exact(self, key: Key, text: bytes, written: int) -> bool:
        """Take the next lines that are an entry's, word for word; return whether there are any."""
        stream = self._stream
        if stream.text != text:
            return False
        while stream.text == text:
            self._line(key, written, stream.take(key))
        self._said = key
        return True

    def find_run(self, lines: list[bytes], digests: list[bytes], written: list[bytes]) -> bool:
        """Return whether the next lines are those of consecutive entries, word for word, and taken in at their times.

        Args:
            lines: The entries.
            digests: Their hashes.
            written: Their times, as they write them.
        """
        ingested = self._stream.find_run(list(map(_TEXT.__mod__, zip(map(hexlify, digests), lines, strict=True))))
        delays = [taken * 10**6 - int(time) for taken, time in zip(ingested, written, strict=False)]
        return bool(delays) and min(delays) >= -_AHEAD_NS and max(delays) <= _LATEST_INGESTION_NS

    def pass_run(self, last: Key, count: int) -> None:
        """Pass the lines that ``find_run`` found; ``last`` is the last of the entries."""
        self._stream.pass_run(last, count)
        self.spoken, self._said = self.spoken + count, last

    def pass_over(self, key: Key) -> None:
        """Pass the lines up to those of an entry that cannot be matched, and these."""
        self._pass_before(key)
        self._stream.at(key)

    def finish(self) -> None:
        """Report the lines that no entry asked for."""
        for key, found in self._stream.rest():
            self._report_unmatched(key, found)

    def _pass_before(self, key: Key) -> None:
        for orphan, lines in self._stream.before(key):
            self._report_unmatched(orphan, lines)

    def _line(self, key: Key, written: int, ingested: int) -> None:
        self.spoken += 1
        if written > ingested * 10**6 + _AHEAD_NS:
            self._out.find_at(Attack.FUTURE_TIME, key, "the entry's time is after CloudWatch Logs took its line in")
        elif written < ingested * 10**6 - _LATEST_INGESTION_NS:
            self._out.find_at(Attack.CLOCK_WRONG, key, "the entry's time is over an hour before its line was taken in")

    def _report_forged(self, key: Key, line: Line) -> None:
        self._out.counts["witness lines"] += 1
        self._out.find_at(Attack.LINE_FORGED, key, "the witness line and the stored entry differ", {line.digest})

    def _report_unmatched(self, key: Key, found: list[Line]) -> None:
        if self._unknown:
            return
        for line in found:
            if key == self._said:
                self._report_forged(key, line)
                continue
            self._out.find_at(
                Attack.LINE_UNMATCHED, key, "a witness line says so, but the table has no such entry", {line.digest}
            )


def build_line(digest: bytes, data: bytes) -> bytes:
    """Return the witness line that says what an entry says."""
    return _TEXT % (hexlify(digest), data)
