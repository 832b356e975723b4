from __future__ import annotations

from typing import Any

import pytest

from tapeproof.evidence.verifier.period import Period, gaps_between


def _history(*days: int, status: str = "pass", cadence: int = 7) -> list[dict[str, Any]]:
    return [
        {"as_of": f"2026-11-{day:02d}T09:00:00Z", "cadence_days": cadence, "implemented": {"P": status}} for day in days
    ]


def _period(history: list[dict[str, Any]], *, day: int = 16, begins: str = "2026-11-01", cadence: int = 7) -> Period:
    return Period(
        {"as_of": f"2026-11-{day:02d}T09:00:00Z", "period": {"from": begins, "cadence_days": cadence}}, history
    )


def test_a_policy_that_held_in_every_run_of_a_kept_cadence_has_operated() -> None:
    assert _period(_history(2, 9)).judge_operation("P", "pass") == "pass"


@pytest.mark.parametrize(
    "period",
    [
        _period(_history(2, 9), cadence=0),
        _period(_history(2, 9, cadence=0)),
        _period(_history(9)),
        _period(_history(2, 9, status="fail")),
        _period(_history(2, 9, status="not-evaluated")),
        _period(_history(2, 9), day=25),
        _period(_history(2, 9), begins="2026-10-01"),
        _period(_history(15, 15)),
        _period([]),
    ],
)
def test_anything_less_is_not_evaluated(period: Period) -> None:
    assert period.judge_operation("P", "pass") == "not-evaluated"


@pytest.mark.parametrize("now", ["fail", "unknown", "not-applicable"])
def test_what_does_not_hold_now_has_not_operated(now: str) -> None:
    assert _period(_history(2, 9)).judge_operation("P", now) == now


def test_runs_before_the_period_do_not_count() -> None:
    period = _period(_history(2, 9), begins="2026-11-08")
    assert [one["as_of"][:10] for one in period.runs] == ["2026-11-09"]


def test_gaps_longer_than_the_cadence_are_named_by_their_ends() -> None:
    times = ["2026-11-01", "2026-11-02T00:00:00Z", "2026-11-20T00:00:00Z"]
    assert gaps_between(times, 7) == [["2026-11-02T00:00:00Z", "2026-11-20T00:00:00Z"]]
