"""After the commit: the newest trade and quote of each symbol, and what venues' counts say about what is missing.

Nothing here can undo a record. What fails is reported and left to the next tick; gaps can always be found again from
the records themselves (:mod:`tapeproof.market.store`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from handlers.decisions import RECORDED, Step
from tapeproof.log.decision import CONFLICT, DUPLICATE, Committed, Decision
from tapeproof.market.keys import gap_partition, ns_text
from tapeproof.market.latest import Candidate, LatestBoard, can_stand, merge_quote
from tapeproof.market.numbering import FILLED, GAP, RESET, Notice, Numbering
from tapeproof.market.streams import Arrived, StreamBoard
from tapeproof.market.wire import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tapeproof.market.model import Record

__all__ = ["FILLED", "GAP", "RESET", "Newest", "Update"]

T = TypeVar("T")
_STORED = frozenset({RECORDED, DUPLICATE})
_KNOWN = _STORED | {CONFLICT}
_WORKERS = 8
_MIN_REMAINING_MS = 1_500


@dataclass(slots=True)
class Update:
    """What came of the newest records.

    Attributes:
        observations: GAP, FILLED and RESET decisions, to be committed.
        missing: How many numbers are missing now that were not before; below zero where more came than went missing.
        failures: Errors of symbols and counts that could not be written.
        skipped: How many of them were left to the next tick for want of time.
    """

    observations: list[Decision] = field(default_factory=list)
    missing: int = 0
    failures: list[Exception] = field(default_factory=list)
    skipped: int = 0


class _Stand(NamedTuple):
    """The newest record of a symbol, type and venue among those that came in together."""

    candidate: Candidate
    committed: Committed


class _Number(NamedTuple):
    """A number that came, and with which record."""

    arrived: Arrived
    step: Step
    record: Record


class Newest:
    """Keeps the newest records, and the counts of the venues.

    Args:
        board: Writes the newest.
        streams: Follows the counts.
        workers: How many are written at a time.
    """

    def __init__(self, board: LatestBoard, streams: StreamBoard, workers: int = _WORKERS) -> None:
        self._board, self._streams = board, streams
        self._workers = workers
        self._pool: ThreadPoolExecutor | None = None

    def update(self, done: Iterable[tuple[Step, Committed]], remaining_ms: Callable[[], int]) -> Update:
        """Write what follows from the records that were committed.

        Args:
            done: What was decided and what became of it.
            remaining_ms: Milliseconds that the invocation may still take.
        """
        update = Update()
        done = list(done)
        stands, numbers = list(_stands(done).values()), list(_numbers(done).values())
        if remaining_ms() < _MIN_REMAINING_MS:
            update.skipped = len(stands) + len(numbers)
            return update
        work: list[Callable[[], list[tuple[_Number, Notice]]]] = [
            *((lambda one=one: self._put(one)) for one in stands),
            *((lambda few=few: self._advance(few)) for few in numbers),
        ]
        for answer in self._answers(work):
            if isinstance(answer, Exception):
                update.failures.append(answer)
                continue
            update.observations += [_observation(number, notice) for number, notice in answer]
            update.missing += sum(_count_missing(notice) for _, notice in answer)
        return update

    def _answers(self, work: Sequence[Callable[[], T]]) -> list[T | Exception]:
        if len(work) < 2 or self._workers < 2:  # noqa: PLR2004 - one at a time
            return [_attempt(one) for one in work]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="newest")
        return list(self._pool.map(_attempt, work))

    def _put(self, stand: _Stand) -> list[tuple[_Number, Notice]]:
        self._board.put(stand.candidate, _references(stand.committed))
        return []

    def _advance(self, numbers: Sequence[_Number]) -> list[tuple[_Number, Notice]]:
        first = numbers[0]
        said = self._streams.advance(
            first.record.venue, first.arrived.numbering.stream, [one.arrived for one in numbers]
        )
        return [(number, notice) for number, notices in zip(numbers, said, strict=True) for notice in notices]


def _attempt(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - reported by the caller; the record itself is committed
        return error


def _stands(done: Iterable[tuple[Step, Committed]]) -> dict[tuple[str, str, str], _Stand]:
    found: dict[tuple[str, str, str], _Stand] = {}
    for step, committed in done:
        record = step.record
        # A duplicate counts too: its first delivery may have stopped between the commit and here.
        if record is None or step.ahead or committed.act not in _STORED or not can_stand(record):
            continue
        group = (record.symbol, record.type, record.venue)
        candidate = Candidate(record, step.arrival)
        before = found.get(group)
        if before is None:
            found[group] = _Stand(candidate, committed)
        elif candidate.rank > before.candidate.rank:
            whole = merge_quote(before.candidate.record, record)
            found[group] = _Stand(Candidate(whole, step.arrival), committed)
    return found


def _numbers(done: Iterable[tuple[Step, Committed]]) -> dict[tuple[str, str], list[_Number]]:
    """Return the numbers that came, by venue and stream, in their order."""
    found: dict[tuple[str, str], list[_Number]] = {}
    for step, committed in done:
        record = step.record
        if record is None or record.numbering is None or committed.act not in _KNOWN:
            continue
        arrived = Arrived(record.numbering, min(record.ts_event_ns, record.received_ns), record.backfill)
        found.setdefault((record.venue, record.numbering.stream), []).append(_Number(arrived, step, record))
    for numbers in found.values():
        # Batches come in any order; what was received at one time is told apart by its number.
        numbers.sort(key=lambda one: (one.record.received_ns, one.arrived.numbering.last))
    return found


def _references(committed: Committed) -> dict[str, Any]:
    """Return the attributes that lead to the entry; a duplicate's entry names the first one."""
    references: dict[str, Any] = {
        "a_hash": {"B": committed.entry_hash},
        "a_lane": {"S": committed.lane},
        "a_seq": {"N": str(committed.seq)},
    }
    return references if committed.item is None else references | {"a_item": {"N": str(committed.item)}}


def _count_missing(notice: Notice) -> int:
    if notice.chain or notice.act == RESET:
        return 0
    count = notice.last - notice.first + 1
    return count if notice.act == GAP else -count


def _observation(number: _Number, notice: Notice) -> Decision:
    record, step = number.record, number.step
    numbering: Numbering = number.arrived.numbering
    extra = {
        "first": str(notice.first),
        "last": str(notice.last),
        "revealed_by": record.key,
        "stream": numbering.stream,
    }
    if notice.chain:
        extra["chain"] = "true"
    between = f"{notice.first}->{notice.last}" if notice.chain else f"{notice.first}-{notice.last}"
    name = f"{record.venue}#{numbering.stream}#{between}"
    body = canonical({"act": notice.act, "symbol": record.symbol, **extra})
    item = {
        "pk": {"S": gap_partition(record.venue, record.received_ns)},
        "sk": {"S": f"{step.arrival}#{notice.act}#{numbering.stream}#{between}"},
        "body": {"S": body},
        "evt": {"S": step.delivery.evt},
        "rcv": {"S": ns_text(record.received_ns)},
    }
    return Decision(
        act=notice.act,
        evt=step.delivery.evt,
        key=name,
        src=step.delivery.source,
        sseq=str(numbering.last),
        body=body.encode(),
        puts=[item],
        extra=step.delivery.sender | extra,
    )
