"""What a load needs, against numbers that were worked out by hand from the published figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.ops.capacity_needs import Load, RouteNeeds, compute_needs, cost_of_a_million, drain_seconds
from tests.effort import cases
from tests.places import PROJECT

DIRECT = Load("trade", 1_000, 1_000)
BATCHES = Load("quote", 1_000, 1_000, buffered=True, run_ms=40)


def _one(load: Load) -> RouteNeeds:
    (route,) = compute_needs([load]).routes
    return route


@pytest.mark.parametrize(
    ("load", "units"),
    [
        (DIRECT, (3_000, 1_000, 2_000)),
        (BATCHES, (3_000, 1_000, 800)),
        (BATCHES._replace(newest=False), (2_000, 1_000, 800)),
        (BATCHES._replace(batch=1), (3_000, 1_000, 2_000)),
    ],
)
def test_a_trade_takes_three_write_units_one_in_each_index_and_two_for_its_entry(
    load: Load, units: tuple[float, float, float]
) -> None:
    route = _one(load)
    assert (route.market_units, route.index_units, route.audit_units) == units


@pytest.mark.parametrize(
    ("load", "concurrency"),
    [
        pytest.param(DIRECT, 100, id="ten requests a second for each execution"),
        pytest.param(DIRECT._replace(run_ms=200), 400, id="a fifth of a second, with headroom"),
        pytest.param(BATCHES, 10, id="a hundred batches a second"),
        pytest.param(DIRECT._replace(peak=0.5), 1, id="never none"),
    ],
)
def test_executions_follow_from_duration_and_from_the_requests_that_one_takes(load: Load, concurrency: int) -> None:
    assert _one(load).concurrency == concurrency


@pytest.mark.parametrize(
    ("peak", "pollers", "ramp_s"),
    [(400, 0, 0.0), (50_000, 50, 99.0), (305_000, 305, 609.0)],
)
def test_pollers_are_needed_where_the_first_five_batches_are_not_enough(
    peak: float, pollers: int, ramp_s: float
) -> None:
    route = _one(BATCHES._replace(peak=peak))
    assert (route.pollers, route.ramp_s) == (pollers, ramp_s)


def test_the_account_must_allow_what_is_reserved_and_a_hundred() -> None:
    needs = compute_needs([DIRECT, BATCHES._replace(peak=50_000)])
    assert [route.reserved for route in needs.routes] == [200, 1_000]
    assert needs.concurrency == 1_300


def test_shards_follow_from_what_a_partition_takes() -> None:
    route = _one(DIRECT._replace(peak=20_000, busiest=0.1))
    assert (route.record_shards, route.hour_shards) == (4, 2)
    assert compute_needs([DIRECT._replace(peak=20_000)], busiest_venue=0.25).minute_shards == 5


def test_costs_are_those_of_the_table_in_the_docs() -> None:
    page = (PROJECT / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert (
        f"| **together** | | | **{cost_of_a_million(DIRECT):.2f}** | | **{cost_of_a_million(BATCHES):.2f}** |" in page
    )
    readme = " ".join((PROJECT / "README.md").read_text(encoding="utf-8").split())
    assert (
        f"about ${cost_of_a_million(DIRECT):.2f}, a million quotes in batches of ten ${cost_of_a_million(BATCHES):.2f}"
        in readme
    )


def test_a_backlog_drains_only_where_more_is_worked_off_than_arrives() -> None:
    assert drain_seconds(3_000, 500, 200) == 10
    assert drain_seconds(1, 200, 200) == math.inf


LOADS = st.builds(
    Load,
    st.just("trade"),
    st.floats(1, 1e5),
    st.floats(1, 1e5),
    buffered=st.booleans(),
    batch=st.integers(1, 100),
    run_ms=st.floats(1, 2_000),
    busiest=st.floats(0.01, 1),
)


@settings(max_examples=cases(30), deadline=None)
@given(LOADS, st.floats(1, 10))
def test_more_events_never_need_less(load: Load, times: float) -> None:
    less, more = _one(load), _one(load._replace(peak=load.peak * times))
    for name in ("concurrency", "pollers", "ramp_s", "market_units", "record_shards", "hour_shards", "reserved"):
        assert getattr(more, name) >= getattr(less, name), name
