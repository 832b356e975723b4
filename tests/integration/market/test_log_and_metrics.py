"""What the processor tells CloudWatch."""

from __future__ import annotations

import json
import time
from typing import Any, TypeAlias

from tests.integration.market.native_messages import MATCH

Fixture: TypeAlias = Any


def test_the_log_has_the_entry_verbatim_and_no_message_body(bench: Fixture, native: Fixture, capsys: Fixture) -> None:
    bench.processor().process(native("coinbase", MATCH), bench.context)
    bench.processor().process(native("coinbase", '{"secret-marker":1'), bench.context)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    stored = {item["h"]["B"].hex(): json.loads(item["b"]["B"]) for item in bench.items("table-audit-test", "L#")}
    assert {line["audit"]["h"]: line["audit"]["b"] for line in lines if "audit" in line} == stored
    assert "secret-marker" not in json.dumps(lines)
    assert "0.00001305" not in json.dumps(lines)


def test_metrics_have_the_service_alone_and_venue_and_type_beside_it(
    bench: Fixture, native: Fixture, capsys: Fixture
) -> None:
    bench.processor().process(native("coinbase", MATCH), bench.context)
    (blob,) = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if "_aws" in line]
    (directive,) = blob["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Tapeproof"
    assert sorted(map(sorted, directive["Dimensions"])) == [["service"], ["service", "type", "venue"]]
    assert (blob["service"], blob["venue"], blob["type"]) == (bench.service, "coinbase", "trade")
    assert blob["Recorded"] == [1.0]
    # A message of 2021 says nothing about the latency of today.
    assert "CommitLatency" not in blob


def test_latency_of_a_fresh_event_is_measured_from_its_time_and_from_its_receipt(
    bench: Fixture, canonical: Fixture, capsys: Fixture
) -> None:
    now = time.time_ns()
    bench.processor().process(canonical(now - 20_000_000, ts_event_ns=str(now - 50_000_000)), bench.context)
    (blob,) = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if "_aws" in line]
    assert 20 <= blob["CommitLatency"][0] < blob["EventLatency"][0]
