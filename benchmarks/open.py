"""A market open, simulated: how long events wait with the stack's defaults, and with what `ops capacity` computes.

Run: `.venv/bin/python benchmarks/open.py`. Nothing is measured on AWS: the rules are AWS's published ones, from the
table of figures of `tapeproof ops capacity`, and simpy moves the clock. Events move in groups of 50 milliseconds.
The same seed gives the same answer. What is assumed stands in ``Assumed``.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import simpy

from tapeproof.ops.capacity_figures import figure
from tapeproof.ops.capacity_needs import Load, StackNeeds, compute_needs

Steps = Generator[simpy.Event, Any, None]
STEP = 0.05
OPEN, END = 10.0, 190.0
"""Seconds at which the market opens, and at which the simulation stops."""


class Assumed(NamedTuple):
    """What AWS does not publish: hand-over by EventBridge (a test of 2023), cold starts, when tables split."""

    bus_median_s: float = 0.148
    bus_sigma: float = 0.413  # puts the 99th percentile at 0.387 s
    cold_s: float = 0.5
    split_s: float = 120.0  # a table that is throttled so long has twice the throughput
    quiet: float = 0.05  # of the peak, before the open
    settled: float = 0.3  # of the peak, at which the burst ends
    fade_s: float = 30.0


ASSUMED = Assumed()


class Setting(NamedTuple):
    """What the stack and the account are set to.

    Attributes:
        buffered: Whether trades go through a queue too; quotes always do.
        direct: Executions that direct runs may have; ``warm`` of them wait provisioned.
        warm: Executions that are provisioned.
        batches: Batches at a time that the mapping of each queue starts with.
        growth: Batches at a time that are added in a minute.
        most: Batches at a time at most.
        invocations: Events a second that EventBridge hands over.
        units: Write units a second that the market table takes at once; ``audit_units`` the audit table.
        audit_units: Write units a second that the audit table takes at once.
        units_quota: Write units a second to which a table may grow.
    """

    buffered: bool
    direct: float
    warm: float
    batches: float
    growth: float
    most: float
    invocations: float
    units: float
    audit_units: float
    units_quota: float


DEFAULT = Setting(
    buffered=False,
    direct=figure("concurrent_executions"),
    warm=0,
    batches=figure("queue_first_batches"),
    growth=figure("queue_batches_added_in_60_s"),
    most=50,  # maximum_concurrency of a route
    invocations=figure("rule_invocations"),
    units=figure("new_table_write_units"),
    audit_units=figure("new_table_write_units"),
    units_quota=figure("table_write_units"),
)


def loads_of(peak: float, *, buffered: bool) -> list[Load]:
    """Return half of the events as trades and half as quotes."""
    mean = peak * ASSUMED.settled / 2
    trade = Load("trade", mean, peak / 2, buffered=buffered, run_ms=figure("batch_run_ms" if buffered else "run_ms"))
    return [trade, Load("quote", mean, peak / 2, buffered=True, run_ms=figure("batch_run_ms"))]


def computed(peak: float) -> Setting:
    """Return what `tapeproof ops capacity` computes for a peak, its advice to buffer included, with quotas granted."""
    needs = compute_needs(loads_of(peak, buffered=False))
    buffered = needs.routes[0].concurrency > figure("executions_added_in_10_s")
    if buffered:
        needs = compute_needs(loads_of(peak, buffered=True))
    return _granted(needs, buffered=buffered)


def _granted(needs: StackNeeds, *, buffered: bool) -> Setting:
    trade, quote = needs.routes
    ready = max(quote.pollers * figure("poller_batches"), figure("queue_first_batches"))
    return Setting(
        buffered=buffered,
        direct=0 if buffered else trade.concurrency,
        warm=0 if buffered else trade.concurrency,
        batches=ready,
        growth=figure("pollers_batches_added_in_60_s" if quote.pollers else "queue_batches_added_in_60_s"),
        most=2 * ready,
        invocations=max(figure("rule_invocations"), needs.events),
        units=max(figure("new_table_write_units"), needs.market_units),
        audit_units=max(figure("new_table_write_units"), needs.audit_units),
        units_quota=max(figure("table_write_units"), needs.market_units),
    )


@dataclass
class Table:
    """Write units that are left in this step, of a table that splits after it was throttled for long enough."""

    units: float
    quota: float
    left: float = 0.0
    throttled_s: float = 0.0

    def take(self, wanted: float, each: float) -> float:
        """Return how many of the wanted events are written."""
        written = min(wanted, self.left / each)
        self.left -= written * each
        return written

    def refill(self, *, throttled: bool) -> None:
        """Begin a step."""
        self.throttled_s = self.throttled_s + STEP if throttled else 0.0
        if self.throttled_s >= ASSUMED.split_s:
            self.units, self.throttled_s = min(2 * self.units, self.quota), 0.0
        self.left = self.units * STEP


@dataclass
class Line:
    """Events that wait for one function, the oldest first, as (when published, how many)."""

    load: Load
    executions: float
    cold: float = 0.0  # executions whose first run is still to come
    waiting: deque[tuple[float, float]] = field(default_factory=deque)

    @property
    def backlog(self) -> float:
        """How many wait."""
        return sum(count for _, count in self.waiting)

    @property
    def capacity(self) -> float:
        """How many events a step's executions could work off."""
        size = self.load.batch if self.load.buffered else 1
        runs = self.executions * min(1000 / self.load.run_ms, figure("requests_per_execution"))
        return runs * size * STEP


@dataclass
class Market:
    """The stack at the open: what is published, handed over, worked off and written."""

    peak: float
    setting: Setting
    random: random.Random
    clock: simpy.Environment = field(default_factory=simpy.Environment)
    bus: deque[tuple[float, float]] = field(default_factory=deque)
    done: list[tuple[float, float]] = field(default_factory=list)  # latency, events
    history: list[float] = field(default_factory=list)  # backlog of each second
    published: float = 0.0
    throttled: float = 0.0

    def __post_init__(self) -> None:
        trade, quote = loads_of(self.peak, buffered=self.setting.buffered)
        executions = self.setting.batches if self.setting.buffered else max(self.setting.warm, 1.0)
        cold = executions if self.setting.buffered else executions - self.setting.warm
        self.lines = [Line(trade, executions, cold), Line(quote, self.setting.batches, self.setting.batches)]
        self.tables = [
            (Table(self.setting.units, self.setting.units_quota), "market_units"),
            (Table(self.setting.audit_units, max(self.setting.units_quota, self.setting.audit_units)), "audit_units"),
        ]
        needs = compute_needs([line.load for line in self.lines])
        self.each = [[getattr(route, name) / route.load.peak for _, name in self.tables] for route in needs.routes]

    def rate(self, now: float) -> float:
        """Return how many events are published a second."""
        if now < OPEN:
            return self.peak * ASSUMED.quiet
        fading = math.exp(-(now - OPEN) / ASSUMED.fade_s)
        return self.peak * (ASSUMED.settled + (1 - ASSUMED.settled) * fading)

    def publish(self) -> Steps:
        """Put events on the bus."""
        while True:
            mean = self.rate(self.clock.now) * STEP
            count = max(0.0, self.random.gauss(mean, math.sqrt(mean)))
            self.published += count
            self.bus.append((self.clock.now, count))
            yield self.clock.timeout(STEP)

    def hand_over(self) -> Steps:
        """Let EventBridge hand events to functions and queues, as many as its quota allows."""
        while True:
            room = self.setting.invocations * STEP
            while self.bus and room > 0:
                at, count = self.bus.popleft()
                taken = min(count, room)
                room -= taken
                if count > taken:
                    self.bus.appendleft((at, count - taken))
                for line in self.lines:
                    line.waiting.append((at, taken / 2))
            yield self.clock.timeout(STEP)

    def grow(self) -> Steps:
        """Add executions where events wait: pollers for queues, environments for direct runs."""
        while True:
            yield self.clock.timeout(1.0)
            for line in self.lines:
                if line.backlog <= line.capacity:
                    continue
                a_second = self.setting.growth / 60, figure("executions_added_in_10_s") / 10
                added, most = a_second[not line.load.buffered], self.setting.most if line.load.buffered else 0
                added = min(added, max(0.0, (most or self.setting.direct) - line.executions))
                line.executions, line.cold = line.executions + added, line.cold + added

    def work(self) -> Steps:
        """Write what waits, as far as executions and tables allow."""
        short = False
        while True:
            for table, _ in self.tables:
                table.refill(throttled=short)
            self.throttled += STEP if short else 0.0
            short = False
            # Who is first takes turns, because one table serves both.
            order = list(zip(self.lines, self.each, strict=True))
            for line, each in order if self.random.random() < 1 / 2 else order[::-1]:
                short |= self._work_off(line, each)
            yield self.clock.timeout(STEP)

    def _work_off(self, line: Line, each: list[float]) -> bool:
        wanted = min(line.backlog, line.capacity)
        written = min(table.left / units for (table, _), units in zip(self.tables, each, strict=True))
        taken = min(wanted, written)
        for (table, _), units in zip(self.tables, each, strict=True):
            table.take(taken, units)
        while line.waiting and taken > 1e-9:  # noqa: PLR2004 - what is left of a division
            at, count = line.waiting.popleft()
            part = min(count, taken)
            taken -= part
            if count > part:
                line.waiting.appendleft((at, count - part))
            bus = self.random.lognormvariate(math.log(ASSUMED.bus_median_s), ASSUMED.bus_sigma)
            latency = self.clock.now - at + bus + line.load.run_ms / 1000
            size = line.load.batch if line.load.buffered else 1
            cold = min(part, line.cold * size)
            line.cold -= cold / size
            self.done += [(latency + ASSUMED.cold_s, cold), (latency, part - cold)]
        return wanted > written

    def watch(self) -> Steps:
        """Note the backlog of each second."""
        while True:
            waiting = sum(count for _, count in self.bus) + sum(line.backlog for line in self.lines)
            self.history.append(waiting)
            yield self.clock.timeout(1.0)


class Outcome(NamedTuple):
    """What became of the events.

    Attributes:
        published: How many there were.
        recorded: How many were written before the end.
        waiting: How many still waited.
        p50_s: Half of those that were written took less from publication to commit.
        p99_s: All but one in a hundred took less.
        throttled: Seconds in which a table refused writes, which were tried again.
        drained_s: Seconds after the open until no more waited than a second's events; infinite where they never did.
        history: The backlog of each second.
    """

    published: float
    recorded: float
    waiting: float
    p50_s: float
    p99_s: float
    throttled: float
    drained_s: float
    history: list[float]


def simulate(peak: float, setting: Setting, seed: int = 1) -> Outcome:
    """Return what becomes of the events of an open."""
    market = Market(peak, setting, random.Random(seed))  # noqa: S311 - a simulation, not a secret
    for process in (market.publish, market.hand_over, market.grow, market.work, market.watch):
        market.clock.process(process())
    market.clock.run(until=END)
    waiting = sum(count for _, count in market.bus) + sum(line.backlog for line in market.lines)
    late = [second for second, backlog in enumerate(market.history) if backlog > market.rate(second)]
    drained = 0.0 if not late else late[-1] + 1 - OPEN
    return Outcome(
        published=market.published,
        recorded=sum(count for _, count in market.done),
        waiting=waiting,
        p50_s=_percentile(market.done, 0.50),
        p99_s=_percentile(market.done, 0.99),
        throttled=market.throttled,
        drained_s=math.inf if late and late[-1] + 1 >= len(market.history) else max(0.0, drained),
        history=market.history,
    )


def _percentile(done: list[tuple[float, float]], share: float) -> float:
    wanted = share * sum(count for _, count in done)
    for latency, count in sorted(done):
        wanted -= count
        if wanted <= 0:
            return latency
    return math.nan


def draw(history: list[float], width: int = 60) -> str:
    """Return the backlog over time as a line of bars, scaled to its own largest."""
    bars = " ▁▂▃▄▅▆▇█"
    step = len(history) / width
    cells = [max(history[int(cell * step) : int((cell + 1) * step) or 1]) for cell in range(width)]
    most = max(*cells, 1.0)
    return "".join(bars[math.ceil(cell / most * (len(bars) - 1))] for cell in cells)


def main() -> None:
    """Print a table and a chart for each rate."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peak", type=float, action="append", help="events a second at the open; repeatable")
    arguments = parser.parse_args()
    print(f"{'peak':>8}  {'settings':9} {'p50':>8} {'p99':>8} {'throttled':>10} {'drained':>8} {'waiting':>10}")
    for peak in arguments.peak or (1_000, 10_000, 50_000):
        for name, setting in (("default", DEFAULT), ("computed", computed(peak))):
            told = simulate(peak, setting, arguments.seed)
            drained = "-" if math.isinf(told.drained_s) else f"{told.drained_s:.0f} s"
            print(
                f"{peak:>8,.0f}  {name:9} {told.p50_s:>6.2f} s {told.p99_s:>6.2f} s {told.throttled:>8.0f} s "
                f"{drained:>8} {told.waiting:>10,.0f}"
            )
            print(f"          backlog, up to {max(told.history):>10,.0f}  |{draw(told.history)}|")


if __name__ == "__main__":
    main()
