"""Gaps in a venue's numbering, found again from its records or from what was noticed when they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.market.numbering import EMPTY, GAP, Notice, Numbering, Stream, follow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.market.model import Record

__all__ = ["Gap", "Missing", "missing_of", "numbered_gaps"]


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Numbers that did not come: ``first`` to ``last``, both missing."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """Return how many are missing."""
        return self.last - self.first + 1


class Missing(NamedTuple):
    """A gap of one count of a venue, to be asked for again.

    Attributes:
        stream: Name of the count.
        symbol: Symbol of the record that revealed it.
        first: The first number that is missing; in a broken chain the last that came.
        last: The last number that is missing; in a broken chain the one that was named.
        chain: Whether it is a broken chain.
        revealed_by: Key of that record.
    """

    stream: str
    symbol: str
    first: int
    last: int
    chain: bool
    revealed_by: str


def numbered_gaps(records: Iterable[Record]) -> list[Gap]:
    """Return what is missing between records of one symbol, given in the order of arrival."""
    streams: dict[str, Stream] = {}
    for record in records:
        numbering = record.numbering
        if numbering is None:
            continue
        before = streams.get(numbering.stream, EMPTY)
        ts = min(record.ts_event_ns, record.received_ns)
        streams[numbering.stream], _ = follow(before, numbering, ts, backfill=record.backfill)
    return sorted(Gap(*one) for stream in streams.values() for one in stream.missing)


def missing_of(said: Iterable[Mapping[str, Any]]) -> list[Missing]:
    """Return what is still missing after observations of GAP, FILLED and RESET, given in the order of arrival.

    Args:
        said: Their documents: ``act``, ``stream``, ``symbol``, ``first``, ``last``, ``revealed_by`` and, of a broken
            chain, ``chain``.
    """
    found: list[Missing] = []
    for one in said:
        notice = Notice(one["act"], int(one["first"]), int(one["last"]), chain="chain" in one)
        if notice.act == GAP:
            found.append(Missing(one["stream"], one["symbol"], *notice[1:], revealed_by=one["revealed_by"]))
        elif notice.act == "FILLED":
            found = [left for gap in found for left in _without(gap, one["stream"], notice)]
    return found


def _without(gap: Missing, stream: str, came: Notice) -> list[Missing]:
    if gap.chain or gap.stream != stream:
        return [gap]
    known = Stream(gap.last + 1, 0, ((gap.first, gap.last),))
    after, _ = follow(known, Numbering(stream, came.last, came.first), 0)
    return [gap._replace(first=first, last=last) for first, last in after.missing]
