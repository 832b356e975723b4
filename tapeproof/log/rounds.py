"""A sealer's way round the lanes of the open hours, run by run.

Each lane takes a request, also one of which nothing is new, and the hours that are open may have more lanes than one
run has time for. Hours that still go on are looked at round and round, so that no lane is always last. Hours that are
over are read once more, in order; who got to their end in however many runs has seen all of them. Both places are in
the SEAL leaf that ends a batch, where a signature covers them: who may write the table cannot move them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from tapeproof.log.hours import GRACE_SECONDS, HOUR_SECONDS, hour_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["HOUR_DIGITS", "Round"]

HOUR_DIGITS = 10
"""How many characters of a lane's name are its hour."""
_SECOND = 10**9


@dataclass(slots=True)
class Round:
    """One run's way, batch by batch.

    Attributes:
        began: When the run began, nanoseconds since 1970.
        after: The lane that was looked at last of the hours that go on; empty when none is known.
        ended: The lane up to which the hours that are over were read to their ends after their grace; empty for none.
        turn: Any number, which chooses a lane to begin with when none is known.
        is_late: Whether there is only time left to seal what was gathered.
        read: Lanes that were read to their end since the run began.
        held: Whether a lane of an hour that is over had more than its share, so that the place stays before it.
    """

    began: int
    after: str = ""
    ended: str = ""
    turn: int = 0
    is_late: Callable[[], bool] = lambda: False
    read: set[str] = field(default_factory=set)
    held: bool = False

    def is_over(self, hour: str) -> bool:
        """Return whether nothing honest is written into an hour any more."""
        return self.began >= (hour_seconds(hour) + HOUR_SECONDS + GRACE_SECONDS) * _SECOND

    def list_unread(self, lanes: Sequence[str]) -> list[str]:
        """Return the lanes that are to be looked at, of all in order: those of hours over and not over in turn."""
        self.held = False
        over = {hour for hour in {lane[:HOUR_DIGITS] for lane in lanes} if self.is_over(hour)}
        ended = [lane for lane in lanes if lane[:HOUR_DIGITS] in over and lane > self.ended]
        others = [lane for lane in lanes if lane[:HOUR_DIGITS] not in over]
        at = bisect_right(others, self.after) if self.after else self.turn % max(len(others), 1)
        pairs = zip_longest(ended, chain(others[at:], others[:at]))
        return [lane for lane in chain.from_iterable(pairs) if lane is not None and lane not in self.read]

    def pass_lane(self, lane: str) -> None:
        """Note that a lane, the next of those to be looked at, was read as far as anything is taken from it."""
        self.read.add(lane)
        if not self.is_over(lane[:HOUR_DIGITS]):
            self.after = lane
        elif not self.held:
            self.ended = lane

    def leave_lane(self, lane: str) -> None:
        """Note that a lane, the next of those to be looked at, has more, and waits for its next turn."""
        if self.is_over(lane[:HOUR_DIGITS]):
            self.held = True
        else:
            self.after = lane

    def place(self) -> list[str]:
        """Return how far the run came, for the SEAL leaf."""
        return [self.ended, self.after]
