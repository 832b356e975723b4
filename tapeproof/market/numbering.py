"""How venues number what they send, and what an arrival says about numbers that did not come.

One venue counts the trades of a product, another every message of a connection, a third names the message before.
Each is a stream: a count of its own, which says something about nothing but itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

__all__ = ["EMPTY", "FILLED", "GAP", "RESET", "Notice", "Numbering", "Stream", "follow"]

GAP, FILLED, RESET = "GAP", "FILLED", "RESET"
Act = Literal["GAP", "FILLED", "RESET"]
Range = tuple[int, int]
Role = Literal["count", "chain", "snapshot", "rest", "announced"]
_MOST_RANGES = 64


@dataclass(frozen=True, slots=True)
class Numbering:
    """The place of a message in a stream of its venue.

    Attributes:
        stream: Name of the count, within the venue.
        last: The number; the last of them where a message stands for several.
        first: The first of them, where a message stands for several.
        previous: The number that the message names as its predecessor, in a chain.
        role: ``count`` rises by one; ``chain`` names its predecessor; ``snapshot`` begins anew; ``rest`` is a snapshot
            that was asked for beside a running stream; ``announced`` tells the newest number without its message.
        shared: Whether other types or symbols count in the same stream.
    """

    stream: str
    last: int
    first: int | None = None
    previous: int | None = None
    role: Role = "count"
    shared: bool = False


class Notice(NamedTuple):
    """What an arrival says: numbers missing or come, a broken chain (``first`` came, ``last`` was named), a reset."""

    act: Act
    first: int
    last: int
    chain: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """What is known of a stream.

    Attributes:
        newest: The newest number, None before the first.
        ts_ns: Time of the event that had it.
        missing: Ranges below it that have not come, rising; the oldest are forgotten when there are very many.
        fresh: Whether it is the number of a snapshot: the next message may overlap with it.
    """

    newest: int | None = None
    ts_ns: int = 0
    missing: tuple[Range, ...] = ()
    fresh: bool = False


EMPTY = Stream()


def follow(stream: Stream, numbering: Numbering, ts_ns: int, *, backfill: bool = False) -> tuple[Stream, list[Notice]]:
    """Return the stream after an arrival, and what the arrival says.

    Args:
        stream: What was known before.
        numbering: Of the arrival.
        ts_ns: Time of its event: a lower number at a later time is a count that began again.
        backfill: Whether it is history, which may fill a gap and never begins anything again.
    """
    newest = stream.newest
    if numbering.role == "announced":
        return _announce(stream, numbering.last)
    if numbering.role in {"snapshot", "rest"}:
        return _begin(stream, numbering, ts_ns)
    if newest is None:
        return Stream(numbering.last, ts_ns), []
    if numbering.previous is not None:
        return _link(stream, newest, numbering, ts_ns)
    return _count(stream, newest, numbering, ts_ns, backfill=backfill)


def _announce(stream: Stream, last: int) -> tuple[Stream, list[Notice]]:
    if stream.newest is None or last <= stream.newest:
        return stream, []
    gap = (stream.newest + 1, last)
    return replace(stream, newest=last, missing=_add_gap(stream.missing, gap)), [Notice("GAP", *gap)]


def _begin(stream: Stream, numbering: Numbering, ts_ns: int) -> tuple[Stream, list[Notice]]:
    before, number = stream.newest, numbering.last
    if numbering.role == "rest" and before is not None and before >= number:
        return replace(stream, fresh=True), []
    began_again = before is not None and number < before
    notices = [Notice("RESET", before or 0, number)] if began_again else []
    return Stream(number, max(ts_ns, 0 if began_again else stream.ts_ns), (), fresh=True), notices


def _link(stream: Stream, newest: int, numbering: Numbering, ts_ns: int) -> tuple[Stream, list[Notice]]:
    previous, first, last = numbering.previous, numbering.first, numbering.last
    after = Stream(last, ts_ns)
    if previous == newest:
        return after, [Notice("RESET", newest, last)] if last < newest else []
    if stream.fresh and first is not None and first <= newest + 1 and last >= newest:
        return after, []
    # An older number of a later time is no straggler: the numbers began again, and what lay between is not known.
    if last <= newest and (stream.fresh or ts_ns <= stream.ts_ns):
        return stream, []
    return after, [Notice("GAP", newest, previous or 0, chain=True)]


def _count(
    stream: Stream, newest: int, numbering: Numbering, ts_ns: int, *, backfill: bool
) -> tuple[Stream, list[Notice]]:
    last = numbering.last
    first = last if numbering.first is None else numbering.first
    missing, came = _remove_range(stream.missing, (first, last))
    notices = [Notice("FILLED", *one) for one in came]
    if last > newest:
        if first > newest + 1:
            gap = (newest + 1, first - 1)
            missing = _add_gap(missing, gap)
            notices.append(Notice("GAP", *gap))
        return Stream(last, ts_ns, missing), notices
    if last < newest and not came and not backfill and ts_ns > stream.ts_ns:
        return Stream(last, ts_ns), [Notice("RESET", newest, last)]
    return replace(stream, missing=missing), notices


def _add_gap(missing: tuple[Range, ...], gap: Range) -> tuple[Range, ...]:
    return (*missing, gap)[-_MOST_RANGES:]


def _remove_range(missing: tuple[Range, ...], came: Range) -> tuple[tuple[Range, ...], list[Range]]:
    """Return the ranges without the numbers that came, and those of them that were missing."""
    left: list[Range] = []
    found: list[Range] = []
    for first, last in missing:
        low, high = max(first, came[0]), min(last, came[1])
        if low > high:
            left.append((first, last))
            continue
        found.append((low, high))
        left += [part for part in ((first, low - 1), (high + 1, last)) if part[0] <= part[1]]
    return tuple(left), found
