"""The processor: market data events in; records with their audit entries out, in one transaction."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Protocol

from handlers.database import create_client
from handlers.decisions import Decider
from handlers.deliveries import delivery, messages, unwrap_envelope
from handlers.newest import Newest
from handlers.settings import Settings, code_identity
from handlers.telemetry import Telemetry
from tapeproof.log.decision import witness_lines
from tapeproof.log.errors import AuditError
from tapeproof.log.writer import AuditWriter, WriteError
from tapeproof.market.latest import LatestBoard
from tapeproof.market.streams import StreamBoard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handlers.decisions import Step
    from handlers.deliveries import Delivery
    from tapeproof.log.decision import Committed

_WORTH_ANOTHER_MS = 3_000
"""With less time left than this, what failed is left to its next delivery."""
_EVIDENCE_MS = 800
"""What is kept of events that became no record may take so much of a batch's time: other venues' events are waiting."""

__all__ = ["Context", "Processor", "build", "handler"]


class Context(Protocol):
    """What a processor needs of Lambda's context object."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the invocation may still take."""
        ...


class Processor:
    """Processes invocations of one function.

    Args:
        settings: Of the function.
        writer: Commits decisions.
        newest: Keeps the newest records.
        telemetry: Where numbers and lines go.
        clock: Nanoseconds since 1970 UTC.
    """

    def __init__(
        self,
        settings: Settings,
        writer: AuditWriter,
        newest: Newest,
        telemetry: Telemetry,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self._decider = Decider(settings)
        self._writer, self._newest, self._telemetry, self._clock = writer, newest, telemetry, clock

    def process(self, event: Any, context: Context) -> dict[str, Any]:  # noqa: ANN401 - whatever Lambda was invoked with
        """Process an event, or a batch of SQS messages.

        Returns:
            The outcomes of an event, or which messages of a batch have to be delivered again.

        Raises:
            WriteError: The event is not committed, or not known to be; deliver it again.
        """
        event = unwrap_envelope(event)
        batch = messages(event)
        if batch is None:
            return {"outcomes": self._commit(self._decide([delivery(event)]), context)}
        failed = self._commit_batch([message.delivery for message in batch], context)
        return {
            "batchItemFailures": [
                {"itemIdentifier": message.message_id} for message in batch if id(message.delivery) in failed
            ]
        }

    def _decide(self, deliveries: Sequence[Delivery]) -> list[Step]:
        now = self._clock()
        return [step for one in deliveries for step in self._decider.decide(one, now)]

    def _decide_apart(self, deliveries: Sequence[Delivery], context: Context) -> tuple[list[Step], set[int]]:
        """Return the decisions on a batch, and the ids of events on which none could be made."""
        steps: list[Step] = []
        undecided: set[int] = set()
        for one in deliveries:
            try:
                steps += self._decide([one])
            except Exception:  # one event must never hold back the others of its batch
                self._telemetry.log.exception(
                    "not decided", extra={"event_id": one.evt, "request_id": context.aws_request_id}
                )
                undecided.add(id(one))
        return steps, undecided

    def _commit(self, steps: Sequence[Step], context: Context, reserve_ms: int = 0) -> dict[str, int]:
        """Commit decisions; what is kept as evidence goes apart from the records, so that it never holds them up."""
        outcomes: dict[str, int] = {}
        failure: WriteError | None = None
        for group in _apart(steps):
            try:
                counts = self._commit_group(group, context, _reserve(group, context, reserve_ms))
            except WriteError as error:
                failure = error if failure is None else _join_errors(failure, error)
                continue
            for act, count in counts.items():
                outcomes[act] = outcomes.get(act, 0) + count
        if failure is not None:
            raise failure
        return outcomes

    def _commit_group(self, steps: Sequence[Step], context: Context, reserve_ms: int) -> dict[str, int]:
        try:
            committed = self._writer.commit(
                [step.decision for step in steps],
                request_id=context.aws_request_id,
                remaining_ms=lambda: context.get_remaining_time_in_millis() - reserve_ms,
            )
        except WriteError as error:
            if error.committed:
                self._after(steps, error.committed, context)
            raise
        return self._after(steps, committed, context)

    def _commit_batch(self, deliveries: Sequence[Delivery], context: Context) -> set[int]:
        """Commit the events of a batch; return the ids of those that failed."""
        steps, undecided = self._decide_apart(deliveries, context)
        # A throttled partition of one event must leave the others time to be written without it.
        several = len(deliveries) > 1
        reserve_ms = context.get_remaining_time_in_millis() // 2 if several else 0
        try:
            self._commit(steps, context, reserve_ms)
        except AuditError as error:
            unsettled = [one for one in _list_unsettled(deliveries, error) if id(one) not in undecided]
            transient = isinstance(error, WriteError) and error.transient
            if transient and several:
                # Their time is over; the records among them get another chance, in smaller parts.
                kept = _only_kept(steps)
                undecided |= {id(one) for one in unsettled if id(one) in kept}
                unsettled = [one for one in unsettled if id(one) not in kept]
            if len(unsettled) > 1 and (not transient or context.get_remaining_time_in_millis() >= _WORTH_ANOTHER_MS):
                # Something in it cannot be written: smaller parts, so that only that one fails.
                parts = _halves(unsettled) if transient else [[one] for one in unsettled]
                return undecided.union(*(self._commit_batch(part, context) for part in parts))
            failed = undecided.union(map(id, unsettled))
            self._telemetry.log.error(  # noqa: TRY400 - the cause is what an operator needs, not the way through the code
                "not committed",
                extra={
                    "cause": error.diagnostics(),
                    "event_ids": [one.evt for one in deliveries if id(one) in failed],
                    "request_id": context.aws_request_id,
                },
            )
            return failed
        return undecided

    def _after(self, steps: Sequence[Step], committed: Sequence[Committed], context: Context) -> dict[str, int]:
        committed_ns = self._clock()
        _witness(committed)
        by_decision = {id(step.decision): step for step in steps}
        done = [(by_decision[id(one.decision)], one) for one in committed]
        outcomes = self._telemetry.report_committed(done, committed_ns, context.aws_request_id)
        update = self._newest.update(done, context.get_remaining_time_in_millis)
        for failure in update.failures:
            self._telemetry.log.error(
                "newest record not written", extra={"cause": str(failure), "request_id": context.aws_request_id}
            )
        if update.skipped:
            self._telemetry.count("NewestSkipped", update.skipped)
        if update.missing:
            # Concurrent functions see events out of order: only a sum that stays above zero is a gap.
            self._telemetry.count("Missing", update.missing)
        if update.observations:
            self._observe(update.observations, context)
        return outcomes

    def _observe(self, observations: Sequence[Any], context: Context) -> None:
        for act in {one.act for one in observations}:
            self._telemetry.count(act.capitalize(), sum(one.act == act for one in observations))
        try:
            _witness(
                self._writer.commit(
                    observations,
                    request_id=context.aws_request_id,
                    remaining_ms=context.get_remaining_time_in_millis,
                )
            )
        except AuditError as error:
            # The records are committed; a gap can be found again from them.
            _witness(getattr(error, "committed", []))
            self._telemetry.log.error(  # noqa: TRY400 - as above
                "observation not committed",
                extra={"cause": error.diagnostics(), "request_id": context.aws_request_id},
            )


def _apart(steps: Sequence[Step]) -> list[list[Step]]:
    """Return the records with their observations, and what is kept of events that became none."""
    records = [step for step in steps if step.record is not None]
    kept = [step for step in steps if step.record is None]
    return [group for group in (records, kept) if group]


def _reserve(group: Sequence[Step], context: Context, reserve_ms: int) -> int:
    """Return how many milliseconds of an invocation a group leaves to others; evidence in a batch leaves nearly all."""
    if not reserve_ms or group[0].record is not None:
        return reserve_ms
    return max(reserve_ms, context.get_remaining_time_in_millis() - _EVIDENCE_MS)


def _only_kept(steps: Sequence[Step]) -> set[int]:
    """Return the ids of the events that became no record at all."""
    recorded = {id(step.delivery) for step in steps if step.record is not None}
    return {id(step.delivery) for step in steps} - recorded


def _join_errors(first: WriteError, second: WriteError) -> WriteError:
    first.outstanding = [*first.outstanding, *second.outstanding]
    return first


def _halves(deliveries: Sequence[Delivery]) -> list[Sequence[Delivery]]:
    middle = len(deliveries) // 2
    return [deliveries[:middle], deliveries[middle:]]


def _list_unsettled(deliveries: Sequence[Delivery], error: AuditError) -> list[Delivery]:
    if not isinstance(error, WriteError):
        return list(deliveries)
    outstanding = {one.evt for one in error.outstanding}
    return [one for one in deliveries if one.evt in outstanding]


def _witness(committed: Sequence[Committed]) -> None:
    """Write each entry to the log group, beside the table that holds it."""
    for line in witness_lines(committed):
        print(line)  # noqa: T201 - standard output is the log group


def build(environ: Mapping[str, str], client: Any = None) -> Processor:  # noqa: ANN401 - boto3's own shape
    """Return the processor that an environment describes.

    Args:
        environ: The function's environment.
        client: A low-level DynamoDB client; made from the environment when absent.

    Raises:
        SettingsError: A setting is missing or does not fit.
    """
    settings = Settings.read(environ)
    client = client or create_client()
    writer = AuditWriter(
        client,
        audit_table=settings.audit_table,
        market_table=settings.market_table,
        origin=settings.origin,
        function=settings.function,
        identity=code_identity(environ),
    )
    newest = Newest(LatestBoard(client, settings.market_table), StreamBoard(client, settings.market_table))
    return Processor(settings, writer, newest, Telemetry(settings))


# Made while Lambda initialises the environment, before the first event; nothing here is random, so that a snapshot
# of it may be cloned (the writer opens its lanes at the first event).
_processor: Processor | None = build(os.environ) if "AWS_LAMBDA_FUNCTION_NAME" in os.environ else None


def handler(event: Any, context: Context) -> dict[str, Any]:  # noqa: ANN401 - whatever Lambda was invoked with
    """Process one invocation. See :meth:`Processor.process`."""
    global _processor  # noqa: PLW0603 - one per execution environment
    if _processor is None:
        _processor = build(os.environ)
    return _processor.process(event, context)
