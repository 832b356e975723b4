"""The times of a lane's entries against the hour, the export, and the checkpoints that sealed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.log.hours import GRACE_SECONDS, hour_seconds
from tapeproof.verifier.controls import SKEW_NS, WRITE_NS
from tapeproof.verifier.findings import Attack, Finding

if TYPE_CHECKING:
    from tapeproof.verifier.index import PlacedRun
    from tapeproof.verifier.parts import PartReport

__all__ = ["LaneTimes", "recent_since", "young_since"]

_HOUR_NS = 3_600 * 10**9


class LaneTimes:
    """What the times of a lane must be, as far as it was read.

    Args:
        lane: Its name.
        now: When the export was made, nanoseconds since 1970.
        out: Takes findings.
    """

    def __init__(self, lane: str, now: int, out: PartReport) -> None:
        self._lane, self._out = lane, out
        start = hour_seconds(lane[:10]) * 10**9
        self._earliest, self._end = b"%019d" % start, b"%019d" % (start + _HOUR_NS)
        self._latest = b"%019d" % (now + SKEW_NS)

    def check(self, first: int, times: list[bytes], runs: list[PlacedRun]) -> None:
        """Check the times of the next entries.

        Args:
            first: Sequence of the first of them.
            times: Their times, as they write them.
            runs: The log's runs that hold any of them.
        """
        end = first + len(times)
        if times[-1] > self._latest:
            detail = "the entry's time is after the export was made"
            self._out.find(Finding(Attack.FUTURE_TIME, detail, self._lane, end - 1))
        in_order = times == sorted(times)
        if not in_order or times[0] < self._earliest or times[-1] >= self._end:
            detail = f"entries {first} to {end - 1}: times leave the hour or run backwards"
            self._out.find(Finding(Attack.CLOCK_WRONG, detail, self._lane, first))
        for run in runs:
            low, high = max(run.first, first), min(end, run.first + run.length)
            self._check_not_before(run, low, times[low - first])
            self._check_sealed(run, high - 1, times[high - 1 - first])
        self._earliest = max(self._earliest, times[-1])

    def _check_sealed(self, run: PlacedRun, sequence: int, time: bytes) -> None:
        if time.isdigit() and int(time) > run.sealed + SKEW_NS:
            seconds = (int(time) - run.sealed) / 10**9
            detail = f"the entry's time is {seconds:.0f} s after the checkpoint that sealed it"
            self._out.find(Finding(Attack.FUTURE_TIME, detail, self._lane, sequence))

    def _check_not_before(self, run: PlacedRun, sequence: int, time: bytes) -> None:
        """Report an entry that says that it is older than a checkpoint which would then have sealed it."""
        if time.isdigit() and int(time) < run.after - WRITE_NS - SKEW_NS:
            seconds = (run.after - int(time)) / 10**9
            detail = f"the entry's time is {seconds:.0f} s before a checkpoint that did not find it yet"
            self._out.find(Finding(Attack.CLOCK_WRONG, detail, self._lane, sequence))


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
