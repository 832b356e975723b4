"""After the commit: the newest trade and quote of each symbol, and what their numbering says about gaps.

Nothing here can undo a record. What fails is reported and left to the next tick; gaps can always be found again from
the records themselves (:mod:`tapeproof.market.store`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handlers.decisions import RECORDED
from tapeproof.log.decision import DUPLICATE, Committed, Decision
from tapeproof.market import venues
from tapeproof.market.gaps import continuity
from tapeproof.market.latest import HAS_LATEST, Answer, LatestBoard, newer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.decisions import Step
    from tapeproof.market.model import Record

__all__ = ["FILLED", "GAP", "RESET", "Newest", "Update"]

GAP, FILLED, RESET = "GAP", "FILLED", "RESET"
_STORED = frozenset({RECORDED, DUPLICATE})
_WORKERS = 8
_MIN_REMAINING_MS = 1_500


@dataclass(slots=True)
class Update:
    """What came of the newest records.

    Attributes:
        observations: GAP, FILLED and RESET decisions, to be committed.
        missing: How many numbers are missing now that were not before; below zero where more gaps closed than opened.
        failures: Errors of symbols whose newest record could not be written.
        skipped: How many symbols were left to the next tick for want of time.
    """

    observations: list[Decision] = field(default_factory=list)
    missing: int = 0
    failures: list[Exception] = field(default_factory=list)
    skipped: int = 0


@dataclass(slots=True)
class _Arrival:
    """The records of one symbol, type and venue that came in together."""

    contiguous: bool
    step: Step
    committed: Committed
    sequences: list[int] = field(default_factory=list)
    recorded: set[int] = field(default_factory=set)


class Newest:
    """Keeps the newest records.

    Args:
        board: Writes them.
        workers: How many are written at a time.
    """

    def __init__(self, board: LatestBoard, workers: int = _WORKERS) -> None:
        self._board = board
        self._workers = workers
        self._pool: ThreadPoolExecutor | None = None

    def update(self, done: Iterable[tuple[Step, Committed]], remaining_ms: Callable[[], int]) -> Update:
        """Write the newest of the records that were committed.

        Args:
            done: What was decided and what became of it.
            remaining_ms: Milliseconds that the invocation may still take.
        """
        update = Update()
        arrivals = list(_arrivals(done).values())
        if remaining_ms() < _MIN_REMAINING_MS:
            update.skipped = len(arrivals)
            return update
        for arrival, answer in zip(arrivals, self._answers(arrivals), strict=True):
            if isinstance(answer, Exception):
                update.failures.append(answer)
            elif arrival.contiguous:
                observations = _observations(arrival, answer)
                update.observations += observations
                update.missing += sum(map(_missing, observations))
        return update

    def _answers(self, arrivals: list[_Arrival]) -> Iterable[Answer | Exception]:
        if len(arrivals) < 2 or self._workers < 2:  # noqa: PLR2004 - one at a time
            return [self._put(arrival) for arrival in arrivals]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="newest")
        return list(self._pool.map(self._put, arrivals))

    def _put(self, arrival: _Arrival) -> Answer | Exception:
        record = arrival.step.record
        assert record is not None  # noqa: S101 - arrivals are made of records
        try:
            return self._board.put(
                record, arrival.step.body, _references(arrival.committed), contiguous=arrival.contiguous
            )
        except Exception as error:  # noqa: BLE001 - reported by the caller; the record itself is committed
            return error


def _arrivals(done: Iterable[tuple[Step, Committed]]) -> dict[tuple[str, str, str], _Arrival]:
    found: dict[tuple[str, str, str], _Arrival] = {}
    for step, committed in done:
        record = step.record
        # A duplicate counts too: its first delivery may have stopped between the commit and here.
        if record is None or step.ahead or record.type not in HAS_LATEST or committed.act not in _STORED:
            continue
        group = (record.symbol, record.type, record.venue)
        if (arrival := found.get(group)) is None:
            arrival = found[group] = _Arrival(venues.contiguous(record), step, committed)
        elif newer(record, _record(arrival.step), contiguous=arrival.contiguous):
            arrival.step, arrival.committed = step, committed
        arrival.sequences.append(record.sequence)
        if committed.act == RECORDED:
            arrival.recorded.add(record.sequence)
    return found


def _record(step: Step) -> Record:
    assert step.record is not None  # noqa: S101 - arrivals are made of records
    return step.record


def _references(committed: Committed) -> dict[str, Any]:
    """Return the attributes that lead to the entry; a duplicate's entry names the first one."""
    references: dict[str, Any] = {
        "a_hash": {"B": committed.entry_hash},
        "a_lane": {"S": committed.lane},
        "a_seq": {"N": str(committed.seq)},
    }
    return references if committed.item is None else references | {"a_item": {"N": str(committed.item)}}


def _observations(arrival: _Arrival, answer: Answer) -> list[Decision]:
    step, record = arrival.step, _record(arrival.step)
    channel = f"{record.type}#{record.venue}#{record.symbol}"
    before = answer.sequence_before
    if answer.written and before is not None and record.sequence < before:
        counts = {"from": str(before), "to": str(record.sequence)}
        return [_observation(step, RESET, f"{channel}#{before}-{record.sequence}", counts)]
    found = continuity(arrival.sequences, before)
    observations = [
        _observation(step, GAP, f"{channel}#{gap.first}-{gap.last}", {"first": str(gap.first), "last": str(gap.last)})
        for gap in found.gaps
    ]
    observations += [
        _observation(step, FILLED, f"{channel}#{number}-{number}", {"sequence": str(number)})
        for number in found.filled
        if number in arrival.recorded
    ]
    return observations


def _missing(observation: Decision) -> int:
    extra = observation.extra or {}
    if observation.act == GAP:
        return int(extra["last"]) - int(extra["first"]) + 1
    return -1 if observation.act == FILLED else 0


def _observation(step: Step, act: str, key: str, extra: dict[str, Any]) -> Decision:
    record = _record(step)
    return Decision(
        act=act,
        evt=step.delivery.evt,
        key=key,
        src=step.delivery.source,
        sseq=str(record.sequence),
        body=b"",
        extra=extra | {"revealed_by": record.key},
    )
