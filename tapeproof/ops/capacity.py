"""Capacity for a load, as an answer: what to ask AWS for, what to set, what to warm, and what it costs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.ops.capacity_figures import Figure, figure, figures
from tapeproof.ops.capacity_needs import Load, RouteNeeds, StackNeeds, compute_needs
from tapeproof.ops.errors import OperationError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from tapeproof.ops.target import Addressee

__all__ = ["capacity", "list_requests", "list_settings", "list_shortfalls", "list_warmings", "read_loads"]

BUFFERED = frozenset({"book", "quote"})
"""Routes that the stack delivers buffered unless its variables say otherwise."""
SEALED_EVERY_S = 60
WITHOUT_NEWEST = frozenset({"book", "status"})
"""Routes whose records are not kept once more as the newest of their symbol."""


def capacity(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:  # noqa: ARG001 - asks no stack
    """Print what the load that was named needs.

    Raises:
        OperationError: A burst or a way of delivery was named for a route without a rate.
    """
    loads = read_loads(arguments)
    needs = compute_needs(loads, busiest_venue=arguments.busiest_venue)
    if arguments.json:
        print(json.dumps(_as_json(needs), indent=2))  # noqa: T201 - a program reads it
    else:
        print("\n".join(_lines(needs)))  # noqa: T201 - its lines are settings to copy
    return 0


def read_loads(arguments: argparse.Namespace) -> list[Load]:
    """Return the loads that a command line names.

    Raises:
        OperationError: A burst or a way of delivery was named for a route without a rate.
    """
    rates: dict[str, float] = dict(arguments.rate)
    bursts: dict[str, float] = dict(arguments.burst or ())
    strays = sorted({*bursts, *arguments.buffered, *arguments.direct} - rates.keys())
    if strays:
        raise OperationError(
            f"no rate of the route {strays[0]} was given",
            why="--burst, --buffered and --direct say more about a route that --rate names",
            fix=f"add --rate {strays[0]}=EVENTS_PER_SECOND",
        )
    both = sorted({*arguments.buffered} & {*arguments.direct})
    if both:
        raise OperationError(
            f"the route {both[0]} is named as buffered and as direct", fix="take one of --buffered and --direct"
        )
    buffered = ({*arguments.buffered} | BUFFERED) - {*arguments.direct}
    return [_load(name, rate, bursts.get(name, rate), name in buffered, arguments) for name, rate in rates.items()]


def _load(name: str, rate: float, burst: float, buffered: bool, arguments: argparse.Namespace) -> Load:
    run_ms = figure("batch_run_ms") * arguments.batch / 10 if buffered else figure("run_ms")
    return Load(
        name,
        rate,
        max(rate, burst),
        buffered=buffered,
        batch=arguments.batch,
        run_ms=arguments.run_ms or run_ms,
        memory_mb=arguments.memory,
        busiest=arguments.busiest_symbol,
        newest=name not in WITHOUT_NEWEST,
    )


def list_requests(needs: StackNeeds) -> list[tuple[str, float, Figure]]:
    """Return the quotas that the needs go beyond: what to ask for, how much, and the default."""
    limits = figures()
    wanted = [
        ("Lambda: Concurrent executions", needs.concurrency, limits["concurrent_executions"]),
        ("EventBridge: PutEvents throttle limit", needs.put_requests, limits["put_events_requests"]),
        ("EventBridge: Invocations throttle limit", needs.events, limits["rule_invocations"]),
        ("DynamoDB: Table-level write throughput, market table", needs.market_units, limits["table_write_units"]),
        ("DynamoDB: Table-level write throughput, its indexes", needs.index_units, limits["table_write_units"]),
        ("DynamoDB: Table-level write throughput, audit table", needs.audit_units, limits["table_write_units"]),
    ]
    return [(name, need, limit) for name, need, limit in wanted if need > limit.value]


def list_warmings(needs: StackNeeds) -> list[tuple[str, float]]:
    """Return the tables and indexes that a new table cannot serve: their names, and the write units to warm them to."""
    cold = figure("new_table_write_units")
    units = {
        "table-market": needs.market_units,
        "exchange-time": needs.index_units,
        "symbol-time": needs.index_units,
        "table-audit": needs.audit_units,
    }
    return [(name, need) for name, need in units.items() if need > cold]


def list_shortfalls(needs: StackNeeds) -> list[str]:
    """Return what the load needs and no setting gives, in sentences."""
    told = []
    for name, need in _shards(needs).items():
        most = int(figure(f"{name}_most"))
        if need > most:
            told.append(
                f"{name} would be {need}, and the stack takes {most}: its busiest symbol or venue is throttled."
            )
    told += [
        f"{route.load.route} is direct at {route.runs:,.0f} runs a second; deliver it buffered."
        for route in needs.routes
        if not route.load.buffered and route.concurrency > figure("executions_added_in_10_s")
    ]
    if needs.sealer_s > SEALED_EVERY_S:
        told.append(f"a run of the sealer would take {needs.sealer_s:,.0f} s, so the log's checkpoint falls behind.")
    return told


def _shards(needs: StackNeeds) -> dict[str, int]:
    return {
        "record_shards": max(route.record_shards for route in needs.routes),
        "hour_shards": max(route.hour_shards for route in needs.routes),
        "minute_shards": needs.minute_shards,
    }


def list_settings(needs: StackNeeds) -> Iterator[str]:
    """Yield the lines of a variable file that make the stack ready for the load."""
    yield "routes = {"
    for route in needs.routes:
        yield f"  {route.load.route} = {{"
        yield from (f"    {line}" for line in _route_settings(route))
        yield "  }"
    yield "}"
    for name, need in _shards(needs).items():
        yield f"{name} = {min(need, int(figure(f'{name}_most')))}"


def _route_settings(route: RouteNeeds) -> Iterator[str]:
    detail = f'detail_types = ["{route.load.route.capitalize()}"] # as yours are'
    if not route.load.buffered:
        yield detail
        yield f"memory_mb = {route.load.memory_mb}"
        yield f"provisioned_concurrency = {route.concurrency}"
        yield f"reserved_concurrency = {route.reserved} # two versions are warm while one replaces the other"
        return
    yield 'delivery = "buffered"'
    yield detail
    yield f"batch_size = {route.load.batch}"
    if route.load.batch > figure("batch_without_window"):
        yield "batch_window_s = 1"
    yield f"memory_mb = {route.load.memory_mb}"
    if not route.pollers:
        least = int(figure("mapping_least_concurrency"))
        yield f"maximum_concurrency = {max(least, route.concurrency)}"
        return
    minimum = min(route.pollers, int(figure("pollers_most_minimum")))
    maximum = min(2 * route.pollers, int(figure("pollers_most")))
    yield f"pollers = {{ minimum = {minimum}, maximum = {maximum} }}"
    yield f"reserved_concurrency = {route.reserved}"


def _lines(needs: StackNeeds) -> Iterator[str]:
    yield "At the peak, a second (computed from published figures; nothing was measured on AWS):"
    for route in needs.routes:
        yield from _route_lines(route)
    yield (
        f"  all: {needs.market_units:,.0f} write units in the market table, {needs.index_units:,.0f} in each index, "
        f"{needs.audit_units:,.0f} in the audit table; {needs.put_requests:,.0f} PutEvents requests of ten events"
    )
    yield f"  sealer: {needs.sealed_leaves:,} entries a minute in the mean, a run of about {needs.sealer_s:,.0f} s"
    yield f"  cost: {needs.million_usd:.2f} US dollars a million events, {needs.hour_usd:,.2f} an hour at the mean rate"
    yield ""
    yield from _request_lines(needs)
    yield ""
    yield from (f"Not to be had: {told}" for told in list_shortfalls(needs))
    yield "Set, in your variables:"
    yield from (f"  {line}" for line in list_settings(needs))


def _route_lines(route: RouteNeeds) -> Iterator[str]:
    load = route.load
    how = f"buffered, batches of {load.batch}" if load.buffered else "direct"
    yield f"  {load.route} ({how}): {load.peak:,.0f} events, {route.concurrency:,} executions at a time"
    if route.pollers:
        yield f"    {route.pollers} pollers ready; without them its mapping takes {route.ramp_s:,.0f} s to grow so far"
    elif route.ramp_s:
        yield f"    its function takes {route.ramp_s:,.0f} s to grow so far unless concurrency is provisioned"
    if not load.buffered and route.concurrency > figure("executions_added_in_10_s"):
        tenth = route.concurrency / load.batch
        yield f"    buffered it would need about {tenth:,.0f}: an execution takes ten requests a second and no more"


def _request_lines(needs: StackNeeds) -> Iterator[str]:
    requests, warmings = list_requests(needs), list_warmings(needs)
    yield (
        "Ask AWS for (Service Quotas):" if requests else "Ask AWS for: nothing, if your account has the default quotas."
    )
    for name, need, limit in requests:
        yield f"  {name}: {need:,.0f} (default {limit.value:,.0f}; {limit.source})"
    yield ""
    yield "Warm before the open (aws dynamodb update-table --warm-throughput):" if warmings else "Warm: nothing."
    for name, need in warmings:
        yield f"  {name}: WriteUnitsPerSecond={need:.0f}"


def _as_json(needs: StackNeeds) -> dict[str, Any]:
    answer = needs._asdict()
    answer["routes"] = [{**route._asdict(), "load": route.load._asdict()} for route in needs.routes]
    asked = [{"quota": name, "needed": need, "default": limit.value} for name, need, limit in list_requests(needs)]
    warm = [{"name": name, "write_units": units} for name, units in list_warmings(needs)]
    return {
        **answer,
        "requests": asked,
        "warm": warm,
        "settings": list(list_settings(needs)),
        "shortfalls": list_shortfalls(needs),
    }
