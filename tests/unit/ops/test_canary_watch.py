"""`tapeproof ops canary` says what it watches, what it took back, and ends accordingly."""

from __future__ import annotations

from argparse import Namespace
from types import SimpleNamespace
from typing import Any

import pytest

from tapeproof.ops.canary_watch import canary
from tests.unit.ops.test_canary import ERRORS, NAMES, _Alarms, _Lambda


def _run(functions: _Lambda, alarms: _Alarms) -> int:
    clients: dict[str, Any] = {"lambda": functions, "cloudwatch": alarms}
    found: Any = (SimpleNamespace(client=clients.__getitem__), SimpleNamespace(function_names=NAMES), None)
    return canary(Namespace(minutes=0), lambda: found)


@pytest.mark.parametrize(
    ("weights", "states", "status", "said"),
    [
        ({}, {}, 0, "nothing to watch"),
        ({"trade": {"7": 0.9}}, {}, 0, "trade: no alarm went off"),
        ({"trade": {"7": 0.9}}, {ERRORS: "ALARM"}, 1, f"trade: {ERRORS} went off: all events go to version 7 again"),
    ],
)
def test_it_ends_with_1_only_when_something_was_taken_back(
    weights: dict[str, dict[str, float]],
    states: dict[str, str],
    status: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _run(_Lambda(weights), _Alarms(states)) == status
    assert said in " ".join(capsys.readouterr().out.split())


def test_it_says_which_part_of_the_events_new_code_takes(capsys: pytest.CaptureFixture[str]) -> None:
    _run(_Lambda({"trade": {"7": 0.9}}), _Alarms())
    assert "trade: version 8 takes 10% of the events, 7 the rest; watching 2 alarms" in " ".join(
        capsys.readouterr().out.split()
    )
