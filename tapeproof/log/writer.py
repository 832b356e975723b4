"""The audit writer: decisions in, one committed entry (and their records) out, or a clear "not known".

Rules it keeps (docs/decisions/0008 tells why):

* the bytes of a transaction are frozen before the first attempt, and every retry sends the same bytes with the same
  ``ClientRequestToken``, for less than the ten minutes that DynamoDB remembers a token;
* a head moves only when the transaction is known to be committed;
* a lane whose next entry is in doubt is abandoned, and the next lane's first entry cites it.

Use, in a handler::

    writer = AuditWriter(client, audit_table=..., market_table=..., origin=..., function=...,
                         identity=CodeIdentity(...))
    committed = writer.commit(decisions, request_id=context.aws_request_id,
                              remaining_ms=context.get_remaining_time_in_millis)
    for line in witness_lines(committed):
        print(line)
"""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING, Any, Protocol

from tapeproof.log.entry import MAX_ENTRY_BYTES
from tapeproof.log.errors import AuditError
from tapeproof.log.lane import FORKED, UNKNOWN, CodeIdentity, LanePool
from tapeproof.log.reply import Meaning, Reply, read
from tapeproof.log.transaction import MAX_PUTS, Frozen, Planned, freeze_chunk, split_chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tapeproof.log.decision import Committed, Decision

__all__ = ["AuditWriter", "NotCommittedError", "OutcomeUnknownError", "RefusedError", "WriteError"]

TOKEN_LIFETIME_NS = 9 * 60 * 10**9
"""How long identical retries go on at most; DynamoDB remembers a ClientRequestToken for ten minutes."""
_FIRST_DELAY, _LONGEST_DELAY = 0.02, 1.0
_ACCEPTED = Reply(Meaning.MINE, {}, "")


class WriteError(AuditError):
    """Not every decision was committed.

    Attributes:
        committed: What was committed before, to be logged; those decisions must not be tried again.
        outstanding: The decisions that were not committed, or are not known to be.
        transient: Whether delivering the event again can help.
    """

    transient = True

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.committed: list[Committed] = []
        self.outstanding: list[Decision] = []


class NotCommittedError(WriteError):
    """The time ran out; nothing of the outstanding decisions was written."""


class OutcomeUnknownError(WriteError):
    """The time ran out before the fate of a transaction was known; delivering the event again settles it."""


class RefusedError(WriteError):
    """DynamoDB will never accept the transaction (missing permission, no such table, item too large)."""

    transient = False


class Client(Protocol):
    """What the writer needs of boto3's DynamoDB client."""

    def transact_write_items(self, **arguments: Any) -> Any:  # noqa: ANN401 - boto3's own shape
        """Write all items or none."""
        ...


class AuditWriter:
    """Commits decisions to the log; safe to share between threads.

    Args:
        client: boto3's low-level DynamoDB client.
        audit_table: Name of the audit table.
        market_table: Name of the market table.
        origin: The log's origin line.
        function: Name of the Lambda function that writes.
        identity: Digest and version of the deployed code.
        clock: Nanoseconds since 1970.
        urandom: Source of random bytes.
        sleep: Waits for a number of seconds.
        jitter: A number in [0, 1) that spreads retries.
        margin_ms: Milliseconds of the remaining time that are left for the caller.
    """

    def __init__(
        self,
        client: Client,
        *,
        audit_table: str,
        market_table: str,
        origin: str,
        function: str,
        identity: CodeIdentity,
        clock: Callable[[], int] = time.time_ns,
        urandom: Callable[[int], bytes] = os.urandom,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        margin_ms: int = 500,
    ) -> None:
        self._client, self._tables = client, (market_table, audit_table)
        self._clock, self._urandom, self._sleep, self._jitter = clock, urandom, sleep, jitter
        self._margin_ms = margin_ms
        self._pool = LanePool(origin, function, identity, urandom)
        self._latest = 0

    def commit(
        self, decisions: Sequence[Decision], *, request_id: str, remaining_ms: Callable[[], int]
    ) -> list[Committed]:
        """Commit decisions, in as few transactions as they fit into.

        Args:
            decisions: One or more, of one invocation.
            request_id: Id of the invocation.
            remaining_ms: Milliseconds that the invocation may still take.

        Returns:
            What became of each decision, in the order given.

        Raises:
            NotCommittedError: Out of time; try the outstanding decisions again.
            OutcomeUnknownError: Out of time; the outstanding decisions may be committed. Try them again.
            RefusedError: The transaction can never be written.
            NotCanonicalError: A decision's ``extra`` or text has no canonical form.
        """
        done: dict[int, Committed] = {}
        waiting = [Planned.first(index, decision, self._urandom) for index, decision in enumerate(decisions)]
        try:
            while waiting:
                chunk, waiting = split_chunk(waiting)
                self._commit_chunk(chunk, request_id, remaining_ms, done)
        except WriteError as error:
            error.committed = [done[index] for index in sorted(done)]
            error.outstanding = [one for index, one in enumerate(decisions) if index not in done]
            raise
        return [done[index] for index in range(len(decisions))]

    def _commit_chunk(
        self, chunk: list[Planned], request_id: str, remaining_ms: Callable[[], int], done: dict[int, Committed]
    ) -> None:
        while True:
            frozen = self._freeze(chunk, request_id)
            try:
                reply = self._settle(frozen, remaining_ms)
            except (NotCommittedError, RefusedError):
                self._pool.give_back(frozen.lane)
                raise
            except BaseException:
                # Also an interrupt in the middle of a call leaves the fate of the entry open.
                self._pool.abandon(frozen.lane, UNKNOWN, frozen.hash)
                raise
            if reply.meaning is Meaning.MINE:
                done |= frozen.list_committed()
                frozen.lane.advance(frozen.hash)
                self._pool.give_back(frozen.lane)
                return
            if reply.meaning is Meaning.FOREIGN:
                self._pool.abandon(frozen.lane, FORKED)
                continue
            self._pool.give_back(frozen.lane)
            chunk = [
                plan.resolve_existing(reply.found[index], self._urandom) if index in reply.found else plan
                for index, plan in enumerate(chunk)
            ]

    def _freeze(self, chunk: list[Planned], request_id: str) -> Frozen:
        if len(chunk[0].puts) > MAX_PUTS:  # only alone can one be too large: chunks are filled to the limit
            raise RefusedError(f"a decision wants to write {len(chunk[0].puts)} items, a transaction holds {MAX_PUTS}")
        # A clock that was set back must not send entries to an hour that may be closed.
        self._latest = now = max(self._clock(), self._latest)
        lane = self._pool.take(now)
        lane.latest = max(now, lane.latest)
        try:
            frozen = freeze_chunk(chunk, lane, request_id, self._tables)
        except BaseException:
            self._pool.give_back(lane)
            raise
        if len(frozen.data) > MAX_ENTRY_BYTES:
            self._pool.give_back(lane)
            raise RefusedError(f"the entry would have {len(frozen.data)} bytes, the log takes {MAX_ENTRY_BYTES}")
        return frozen

    def _settle(self, frozen: Frozen, remaining_ms: Callable[[], int]) -> Reply:
        started, attempt, in_doubt = self._clock(), 0, False
        while True:
            try:
                self._client.transact_write_items(**frozen.request)
            except Exception as error:  # noqa: BLE001 - any failure is read for what it says about the transaction
                reply = read(error, frozen)
            else:
                return _ACCEPTED
            if reply.meaning in {Meaning.MINE, Meaning.FOREIGN, Meaning.TAKEN}:
                return reply
            in_doubt = in_doubt or reply.meaning is Meaning.IN_DOUBT
            delay = self._jitter() * min(_LONGEST_DELAY, _FIRST_DELAY * 2**attempt)
            too_late = self._clock() - started > TOKEN_LIFETIME_NS
            if too_late or reply.meaning is Meaning.REFUSED or remaining_ms() - self._margin_ms < delay * 1000:
                raise _failure(reply, attempt + 1, in_doubt=in_doubt)
            self._sleep(delay)
            attempt += 1


def _failure(reply: Reply, attempts: int, *, in_doubt: bool) -> WriteError:
    if in_doubt:
        return OutcomeUnknownError(
            f"after {attempts} attempts it is not known whether the entry is committed ({reply.cause})",
            "Deliver the event again: a record that is there already is then counted as a duplicate.",
        )
    if reply.meaning is Meaning.REFUSED:
        return RefusedError(
            f"the transaction was refused ({reply.cause})", "Correct the permission, the table or the item."
        )
    return NotCommittedError(
        f"nothing was written in {attempts} attempts ({reply.cause})", "Deliver the event again later."
    )
