"""What a load needs of AWS: concurrency, pollers, write units, shards, quotas and money.

Each number follows from the table of figures; nothing here was measured on AWS. Units are events, write units, requests
and executions **a second** at the peak, unless a name says otherwise.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.ops.capacity_figures import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Load", "RouteNeeds", "StackNeeds", "compute_needs", "cost_of_a_million", "drain_seconds"]

KB = 1024
GB = 1e9


class Load(NamedTuple):
    """What arrives at one route.

    Attributes:
        route: Its name.
        rate: Events a second in the mean.
        peak: Events a second in a burst, for which everything must be ready.
        buffered: Whether its rule fills a queue, and the function works off batches.
        batch: Messages of a batch.
        run_ms: Duration of a run, of a batch where it is buffered.
        memory_mb: Size of its function.
        busiest: Share of the events that the busiest symbol has, 0 to 1.
        newest: Whether the newest record of a symbol is kept beside them, as of trades and quotes.
    """

    route: str
    rate: float
    peak: float
    buffered: bool = False
    batch: int = 10
    run_ms: float = 20.0
    memory_mb: int = 512
    busiest: float = 0.1
    newest: bool = True


class RouteNeeds(NamedTuple):
    """What one route needs at its peak.

    Attributes:
        load: What arrives.
        runs: Runs a second.
        concurrency: Executions at a time, with headroom, and never less than a tenth of the runs.
        pollers: Event pollers that must stay ready; 0 where standard mode is ready, and on a direct route.
        reserved: Executions to reserve: for two versions while one replaces the other, or all that pollers may start.
        ramp_s: Seconds until standard mode, or a function without pollers, has grown to the concurrency.
        market_units: Write units of the market table.
        index_units: Write units of each of its indexes.
        audit_units: Write units of the audit table.
        record_shards: Partitions that the busiest symbol needs in the market table.
        hour_shards: The same in the index of a symbol.
    """

    load: Load
    runs: float
    concurrency: int
    pollers: int
    reserved: int
    ramp_s: float
    market_units: float
    index_units: float
    audit_units: float
    record_shards: int
    hour_shards: int


class StackNeeds(NamedTuple):
    """What all routes need together.

    Attributes:
        routes: Each route.
        events: Events a second.
        concurrency: Executions that the account must allow: what is reserved, and what must stay unreserved.
        market_units: Write units of the market table.
        index_units: Write units of each of its indexes.
        audit_units: Write units of the audit table.
        minute_shards: Partitions of a venue's minute.
        put_requests: PutEvents requests, of as many events as one takes.
        sealed_leaves: Audit entries that a run of the sealer a minute appends.
        sealer_s: Seconds that such a run takes.
        million_usd: Cost of a million events, in the mean of the routes.
        hour_usd: Cost of an hour at the mean rate, with the concurrency of direct routes provisioned.
    """

    routes: tuple[RouteNeeds, ...]
    events: float
    concurrency: int
    market_units: float
    index_units: float
    audit_units: float
    minute_shards: int
    put_requests: float
    sealed_leaves: int
    sealer_s: float
    million_usd: float
    hour_usd: float


def _units(size: float) -> int:
    """Write units of an item: one for each KB that is begun."""
    return max(1, math.ceil(size / KB))


def _entry_units(load: Load) -> float:
    """Write units of the audit entry, for each event."""
    if not load.buffered:
        return figure("transaction_units") * _units(figure("entry_bytes"))
    size = figure("batch_entry_bytes") + load.batch * figure("batch_event_bytes")
    return figure("transaction_units") * _units(size) / load.batch


def _record_units(load: Load) -> float:
    """Write units of the record in the market table, and of the newest one beside it."""
    record = _units(figure("record_bytes"))
    return figure("transaction_units") * record + (record if load.newest else 0)


def _grow_seconds(load: Load, concurrency: int) -> float:
    if load.buffered:
        missing = concurrency - figure("queue_first_batches")
        return max(0.0, 60 * missing / figure("queue_batches_added_in_60_s"))
    return max(0.0, 10 * (concurrency - figure("executions_added_in_10_s")) / figure("executions_added_in_10_s"))


def _pollers(load: Load, concurrency: int) -> int:
    """Pollers that take the peak at once; none where the first batches of standard mode do."""
    if not load.buffered or concurrency <= figure("queue_first_batches"):
        return 0
    by_bytes = load.peak * figure("event_bytes") / figure("poller_bytes")
    return int(max(math.ceil(concurrency / figure("poller_batches")), math.ceil(by_bytes), figure("pollers_least")))


def _reserved(load: Load, concurrency: int, pollers: int) -> int:
    if not load.buffered:
        return 2 * concurrency
    most = int(min(2 * pollers, figure("pollers_most")))
    return max(concurrency, most * int(figure("poller_batches")))


def _route_needs(load: Load) -> RouteNeeds:
    runs = load.peak / load.batch if load.buffered else load.peak
    busy = runs * load.run_ms / 1000 * figure("headroom")
    concurrency = math.ceil(max(busy, runs / figure("requests_per_execution"), 1))
    pollers = _pollers(load, concurrency)
    record = _units(figure("record_bytes"))
    hot, partition = load.peak * load.busiest, figure("partition_write_units")
    return RouteNeeds(
        load=load,
        runs=runs,
        concurrency=concurrency,
        pollers=pollers,
        reserved=_reserved(load, concurrency, pollers),
        ramp_s=_grow_seconds(load, concurrency),
        market_units=load.peak * _record_units(load),
        index_units=load.peak * record,
        audit_units=load.peak * _entry_units(load),
        record_shards=max(1, math.ceil(hot * figure("transaction_units") * record / partition)),
        hour_shards=max(1, math.ceil(hot * record / partition)),
    )


def compute_needs(loads: Sequence[Load], *, busiest_venue: float = 0.5) -> StackNeeds:
    """Return what a load needs.

    Args:
        loads: What arrives at each route; at least one.
        busiest_venue: Share of the events that the busiest venue has, 0 to 1.
    """
    routes = tuple(map(_route_needs, loads))
    events, mean = sum(load.peak for load in loads), sum(load.rate for load in loads)
    index_units = sum(route.index_units for route in routes)
    lanes = sum(route.concurrency for route in routes)
    leaves = 60 * sum(load.rate / (load.batch if load.buffered else 1) for load in loads)
    million = sum(cost_of_a_million(load) * load.rate for load in loads) / mean
    return StackNeeds(
        routes=routes,
        events=events,
        concurrency=int(sum(route.reserved for route in routes) + figure("unreserved_executions")),
        market_units=sum(route.market_units for route in routes),
        index_units=index_units,
        audit_units=sum(route.audit_units for route in routes),
        minute_shards=max(1, math.ceil(index_units * busiest_venue / figure("partition_write_units"))),
        put_requests=events / figure("put_events_entries"),
        sealed_leaves=math.ceil(leaves),
        sealer_s=(lanes * figure("query_ms") + leaves / 256 * figure("put_ms")) / 1000,
        million_usd=million,
        hour_usd=(million * mean / 1e6 + _provisioned_usd(routes)) * 3600,
    )


def _provisioned_usd(routes: Sequence[RouteNeeds]) -> float:
    """US dollars a second for keeping the functions of direct routes warm."""
    sizes = (route.concurrency * route.load.memory_mb / KB for route in routes if not route.load.buffered)
    return sum(sizes) * figure("provisioned_gb_seconds_usd") / 1e6


def cost_of_a_million(load: Load) -> float:
    """Return US dollars for a million events of a route at list prices; docs/deploy.md has them line by line."""
    runs = 1 / load.batch if load.buffered else 1.0
    requests = 1 + 2 * runs if load.buffered else 0.0
    record = _units(figure("record_bytes"))
    units = _record_units(load) + 2 * record + _entry_units(load)
    logged = 500 if load.buffered else 1700  # bytes for each event: the entry again, and what the run says
    return (
        figure("events_usd")
        + figure("archive_usd") * 1e6 * figure("event_bytes") / GB
        + figure("queue_requests_usd") * requests
        + figure("runs_usd") * runs
        + figure("gb_seconds_usd") * runs * load.run_ms / 1000 * load.memory_mb / KB
        + figure("write_units_usd") * units
        + figure("log_usd") * 1e6 * logged / GB
        + figure("traces_usd") * runs * 0.05
    )


def drain_seconds(backlog: float, capacity: float, rate: float) -> float:
    """Return how long a backlog of events takes to be worked off while more arrive; infinite where it never is."""
    return backlog / (capacity - rate) if capacity > rate else math.inf
