"""`tapeproof ops capacity` says what to ask for, what to set and what cannot be had."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tapeproof.cli import main

LARGE = ["--rate", "trade=2000", "--burst", "trade=6000", "--rate", "quote=20000", "--burst", "quote=50000"]


def _answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["ops", "capacity", *arguments, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_a_small_load_needs_nothing_of_aws(capsys: pytest.CaptureFixture[str]) -> None:
    answer = _answer(capsys, "--rate", "trade=100")
    assert (answer["requests"], answer["warm"], answer["shortfalls"]) == ([], [], [])


def test_a_large_load_names_each_quota_with_its_default(capsys: pytest.CaptureFixture[str]) -> None:
    answer = _answer(capsys, *LARGE)
    asked = {one["quota"]: (one["needed"], one["default"]) for one in answer["requests"]}
    assert asked["Lambda: Concurrent executions"] == (2_300, 1_000)
    assert asked["DynamoDB: Table-level write throughput, market table"] == (168_000, 40_000)
    assert asked["EventBridge: Invocations throttle limit"] == (56_000, 18_750)
    assert "EventBridge: PutEvents throttle limit" not in asked
    assert {one["name"] for one in answer["warm"]} == {"exchange-time", "symbol-time", "table-audit", "table-market"}


def test_what_no_setting_gives_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    told = _answer(capsys, "--rate", "trade=60000", "--busiest-symbol", "0.9")["shortfalls"]
    assert len(told) == 3
    assert "record_shards would be 108, and the stack takes 64" in told[0]
    assert "deliver it buffered" in told[1]
    assert "the log's checkpoint falls behind" in told[2]


def test_a_person_reads_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ops", "capacity", *LARGE]) == 0
    told = capsys.readouterr().out
    for part in ("Ask AWS for", "WriteUnitsPerSecond=168000", "pollers = { minimum = 50, maximum = 100 }", "cost:"):
        assert part in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rate", "trade"], "expected ROUTE=EVENTS_PER_SECOND"),
        (["--rate", "trade=-1"], "expected a number above 0"),
        (["--rate", "trade=1", "--busiest-symbol", "2"], "expected a share"),
    ],
)
def test_a_bad_value_says_what_was_expected(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ops", "capacity", *arguments]) == 64
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--burst", "quote=2"], "no rate of the route quote was given"),
        (["--direct", "trade", "--buffered", "trade"], "named as buffered and as direct"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ops", "capacity", "--rate", "trade=1", *arguments]) != 0
    assert said in capsys.readouterr().err
