"""Puts events on the bus in batches, retries what EventBridge did not take, and writes every answer down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tapeproof.ops.errors import PublishError
from tapeproof.ops.publication import MAX_ENTRY_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy_boto3_events import EventBridgeClient

    from tapeproof.ops.manifest import ManifestWriter
    from tapeproof.ops.publication import Publication

__all__ = ["MAX_ENTRIES", "Publisher"]

MAX_ENTRIES = 10
"""Entries of one PutEvents call (EventBridge API Reference, PutEvents)."""
ATTEMPTS = 6
FIRST_PAUSE_S = 0.1
FINAL = frozenset({"InvalidArgument", "MalformedDetail", "NotAuthorizedForSourceException", "AccessDeniedException"})
"""Error codes of an entry that another attempt will not change."""


class Publisher:
    """Publishes to one bus.

    Args:
        events: The client to publish with.
        bus: The event bus's name.
        manifest: Where intents and answers are written.
        before_put: Called with each batch before it is sent; it may take its time.
        on_sent: Called for each event that EventBridge took, with its event id.
        sleep: Waits between attempts, seconds.
    """

    def __init__(
        self,
        events: EventBridgeClient,
        bus: str,
        manifest: ManifestWriter,
        *,
        before_put: Callable[[Sequence[Publication]], None] = lambda _: None,
        on_sent: Callable[[Publication, str], None] = lambda _, __: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._events = events
        self._bus = bus
        self._manifest = manifest
        self._before_put = before_put
        self._on_sent = on_sent
        self._sleep = sleep
        self._batch: list[Publication] = []
        self._batch_bytes = 0

    @property
    def waiting(self) -> Sequence[Publication]:
        """The events that were taken and not yet published."""
        return tuple(self._batch)

    def offer(self, publication: Publication) -> None:
        """Take an event; publish the batch when it is full.

        Raises:
            PublishError: EventBridge cannot be reached or refuses the caller.
        """
        size = publication.size_bytes
        if self._batch_bytes + size > MAX_ENTRY_BYTES:
            self.flush()
        self._batch.append(publication)
        self._batch_bytes += size
        if len(self._batch) == MAX_ENTRIES:
            self.flush()

    def flush(self) -> None:
        """Publish what was taken and not yet published.

        Raises:
            PublishError: EventBridge cannot be reached or refuses the caller.
        """
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if not batch:
            return
        self._before_put(batch)
        self._manifest.intend([publication.planned for publication in batch])
        batch = self._refuse_oversized(batch)
        for attempt in range(ATTEMPTS):
            if not batch:
                return
            if attempt:
                self._sleep(FIRST_PAUSE_S * 2 ** (attempt - 1))
            batch = self._put(batch, last=attempt + 1 == ATTEMPTS)

    def _refuse_oversized(self, batch: list[Publication]) -> list[Publication]:
        oversized = {
            publication.planned.n: f"{publication.size_bytes:,} bytes, the bus and its queues take {MAX_ENTRY_BYTES:,}"
            for publication in batch
            if publication.size_bytes > MAX_ENTRY_BYTES
        }
        if oversized:
            self._manifest.record_answer({}, oversized, time.time_ns())
        return [publication for publication in batch if publication.planned.n not in oversized]

    def _put(self, batch: list[Publication], *, last: bool) -> list[Publication]:
        at_ns = time.time_ns()
        answers = self._call(batch)
        sent: dict[int, str] = {}
        failed: dict[int, str] = {}
        again: list[Publication] = []
        for publication, answer in zip(batch, answers, strict=True):
            if "EventId" in answer:
                sent[publication.planned.n] = answer["EventId"]
            elif last or answer.get("ErrorCode") in FINAL:
                failed[publication.planned.n] = f"{answer.get('ErrorCode')}: {answer.get('ErrorMessage')}"
            else:
                again.append(publication)
        self._manifest.record_answer(sent, failed, at_ns)
        for publication in batch:
            if publication.planned.n in sent:
                self._on_sent(publication, sent[publication.planned.n])
        return again

    def _call(self, batch: list[Publication]) -> list[Any]:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a quarter of a second to load

        entries: list[Any] = [
            {
                "EventBusName": self._bus,
                "Source": publication.source,
                "DetailType": publication.planned.detail_type,
                "Detail": publication.detail,
            }
            for publication in batch
        ]
        try:
            return list(self._events.put_events(Entries=entries)["Entries"])
        except (BotoCoreError, ClientError) as error:
            raise PublishError(
                f"{self._bus}: events {batch[0].planned.n} to {batch[-1].planned.n} could not be published",
                why=str(error),
                fix="what was published before is in the manifest: `tapeproof ops status` accounts for it",
            ) from error
