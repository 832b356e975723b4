"""The simulated open: no event appears or vanishes, the same seed says the same, and what is computed holds."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def market_open() -> ModuleType:
    spec = importlib.util.spec_from_file_location("market_open", PROJECT / "benchmarks" / "open.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["market_open"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("peak", [1_000, 10_000])
def test_every_event_is_recorded_or_waits(market_open: ModuleType, peak: int) -> None:
    told = market_open.simulate(peak, market_open.DEFAULT, 7)
    assert told.recorded + told.waiting == pytest.approx(told.published)
    assert told.published == pytest.approx(peak * 75, rel=0.1)


def test_the_same_seed_says_the_same(market_open: ModuleType) -> None:
    first, second, other = (market_open.simulate(2_000, market_open.DEFAULT, seed) for seed in (3, 3, 4))
    assert first == second
    assert first != other


@pytest.mark.parametrize("peak", [1_000, 10_000])
def test_computed_settings_hold_the_second_where_defaults_do_not(market_open: ModuleType, peak: int) -> None:
    default = market_open.simulate(peak, market_open.DEFAULT, 1)
    ready = market_open.simulate(peak, market_open.computed(peak), 1)
    assert ready.p99_s < 1
    assert ready.throttled == 0
    assert (default.p99_s < 1) is (peak == 1_000)


def test_a_table_that_is_throttled_for_long_has_twice_the_throughput(market_open: ModuleType) -> None:
    table = market_open.Table(4_000, 6_000)
    for _ in range(round(market_open.ASSUMED.split_s / market_open.STEP) + 1):
        table.refill(throttled=True)
    assert table.units == 6_000
    table.refill(throttled=False)
    assert table.take(1_000, 3) == 100


def test_the_page_shows_what_the_simulation_says(
    market_open: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["open.py", "--peak", "10000"])
    market_open.main()
    said = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    page = (PROJECT / "docs" / "capacity.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in said if line not in page] == []
