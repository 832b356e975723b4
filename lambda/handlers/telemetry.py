"""What a processor tells about its work: metrics in CloudWatch's embedded format and structured log lines.

Neither ever holds a message body: log lines name the event, the outcome and a code; the audit entry has the rest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from handlers.settings import QUARANTINE
from tapeproof.market import venues

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.decisions import Step
    from handlers.settings import Settings
    from tapeproof.log.decision import Committed

__all__ = ["Telemetry"]

_MS = 1_000_000
# Beyond this an event is a replay or a backfill; its age says nothing about this system's latency.
_LATENCY_HORIZON_NS = 3_600_000 * _MS
_ATTENTION = frozenset({"REJECTED", "QUARANTINED", "CONFLICT"})
_OTHER = "other"


@dataclass(slots=True)
class _Group:
    """The numbers of one venue and type."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Telemetry:
    """Writes metrics and log lines to standard output.

    Args:
        settings: Of the function.
    """

    def __init__(self, settings: Settings) -> None:
        self.log = Logger(service=settings.service)
        self._settings = settings

    def report_committed(
        self, done: Iterable[tuple[Step, Committed]], committed_ns: int, request_id: str
    ) -> dict[str, int]:
        """Report what became of decisions; return how often each outcome occurred.

        Args:
            done: What was decided and what became of it.
            committed_ns: When it was committed, nanoseconds since 1970 UTC.
            request_id: Id of the invocation.
        """
        groups: dict[tuple[str, str], _Group] = defaultdict(_Group)
        outcomes: dict[str, int] = defaultdict(int)
        for step, committed in done:
            outcomes[committed.act] += 1
            group = groups[self._labels(step)]
            group.counts[committed.act.capitalize()] += 1
            self._measure(group, step, committed, committed_ns)
            if committed.act in _ATTENTION:
                self._point_out(step, committed, request_id)
        for (venue, kind), group in groups.items():
            self._emit(venue, kind, group)
        self.log.info("processed", extra={"outcomes": dict(outcomes), "request_id": request_id})
        return dict(outcomes)

    def count(self, name: str, value: int) -> None:
        """Report a number of the function as a whole."""
        metrics = EphemeralMetrics(namespace=self._settings.namespace, service=self._settings.service)
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
        metrics.flush_metrics()

    def _labels(self, step: Step) -> tuple[str, str]:
        if step.record is not None:
            return step.record.venue, step.record.type
        # Names that a stranger chose must not become metrics without end.
        name = step.delivery.source.rpartition(".")[2]
        known = self._settings.route != QUARANTINE and name in venues.names()
        return name if known else _OTHER, "none"

    def _measure(self, group: _Group, step: Step, committed: Committed, committed_ns: int) -> None:
        record = step.record
        if record is None or committed.act != "RECORDED":
            return
        for name, since in (("CommitLatency", record.received_ns), ("EventLatency", record.ts_event_ns)):
            if 0 <= committed_ns - since < _LATENCY_HORIZON_NS:
                group.latencies[name].append((committed_ns - since) / _MS)

    def _point_out(self, step: Step, committed: Committed, request_id: str) -> None:
        self.log.warning(
            committed.act,
            extra={
                "code": step.code or "other-body",
                "event_id": step.delivery.evt,
                "lane": committed.lane,
                "request_id": request_id,
                "seq": committed.seq,
                "source": step.delivery.source,
            },
        )

    def _emit(self, venue: str, kind: str, group: _Group) -> None:
        settings = self._settings
        metrics = EphemeralMetrics(namespace=settings.namespace, service=settings.service)
        metrics.add_dimensions(service=settings.service, venue=venue, type=kind)
        for name, count in group.counts.items():
            metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
        for name, values in group.latencies.items():
            for value in values:
                metrics.add_metric(name=name, unit=MetricUnit.Milliseconds, value=value)
        if metrics.metric_set:
            metrics.flush_metrics()
