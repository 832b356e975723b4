"""Metrics and log lines: numbers, names that are known, and never a body."""

from __future__ import annotations

import json
from typing import Any

import pytest
from handlers.telemetry import Telemetry

from tests.unit.handlers.steps import NOW, decide, make_committed, make_event, make_settings

MS = 1_000_000


def _report(
    capsys: pytest.CaptureFixture[str],
    event: object,
    committed_ns: int = NOW,
    act: str | None = None,
    **environment: str,
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    steps = decide(event, **environment)
    telemetry = Telemetry(make_settings(**environment))
    outcomes = telemetry.report_committed([(step, make_committed(step, act)) for step in steps], committed_ns, "r-1")
    return outcomes, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_outcomes_are_counted_for_their_venue_and_type(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes, lines = _report(capsys, make_event())
    assert outcomes == {"RECORDED": 1}
    metric, line = lines
    assert (metric["venue"], metric["type"], metric["Recorded"]) == ("coinbase", "trade", [1.0])
    assert (line["message"], line["outcomes"], line["request_id"]) == ("processed", {"RECORDED": 1}, "r-1")


@pytest.mark.parametrize(
    ("after_ms", "measured"),
    [(250, [250.0]), (0, [0.0]), (3_599_999, [3_599_999.0]), (3_600_000, None), (-1, None)],
)
def test_latency_is_measured_unless_the_event_is_a_replay_or_from_the_future(
    capsys: pytest.CaptureFixture[str], after_ms: int, measured: list[float] | None
) -> None:
    _, lines = _report(capsys, make_event(), NOW + after_ms * MS)
    assert lines[0].get("CommitLatency") == measured
    assert lines[0].get("EventLatency") == measured


@pytest.mark.parametrize("act", ["DUPLICATE", "CONFLICT"])
def test_what_was_not_recorded_has_no_latency(capsys: pytest.CaptureFixture[str], act: str) -> None:
    _, lines = _report(capsys, make_event(), NOW + MS, act)
    assert "CommitLatency" not in lines[0]
    assert [line["level"] for line in lines if line.get("message") == act] == (["WARNING"] if act == "CONFLICT" else [])


def test_what_needs_attention_is_pointed_out_by_its_event_and_never_by_its_body(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, lines = _report(capsys, make_event(raw='{"secret": "hunter2"'))
    (warning,) = [line for line in lines if line.get("level") == "WARNING"]
    assert (warning["message"], warning["event_id"], warning["lane"], warning["seq"]) == ("REJECTED", "e-1", "lane", 4)
    assert warning["code"]
    assert "hunter2" not in json.dumps(lines)


@pytest.mark.parametrize(
    ("event", "route", "venue"),
    [
        (make_event(raw="{"), "trade", "coinbase"),
        (make_event() | {"source": "marketdata.mallory"}, "trade", "other"),
        (make_event(), "quarantine", "other"),
        ({"id": "e", "source": 7}, "trade", "other"),
    ],
)
def test_a_name_that_a_stranger_chose_becomes_no_metric(
    capsys: pytest.CaptureFixture[str], event: dict[str, Any], route: str, venue: str
) -> None:
    _, lines = _report(capsys, event, ROUTE=route)
    assert [(line["venue"], line["type"]) for line in lines if "_aws" in line] == [(venue, "none")]


def test_a_number_of_the_function_is_a_metric_without_a_venue(capsys: pytest.CaptureFixture[str]) -> None:
    Telemetry(make_settings(POWERTOOLS_METRICS_NAMESPACE="Desk")).count("Missing", 3)
    (metric,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert metric["Missing"] == [3.0]
    assert "venue" not in metric
    assert metric["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Desk"


def test_nothing_decided_is_told_and_counts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    telemetry = Telemetry(make_settings())
    assert telemetry.report_committed([], NOW, "r-1") == {}
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert line["outcomes"] == {}
