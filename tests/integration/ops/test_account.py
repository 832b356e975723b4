"""The same commands against an account: found by the SDK's own configuration, and by the stack's outputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import boto3
import pytest

from tapeproof import cli
from tapeproof.ops.errors import PublishError

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_dynamodb import DynamoDBClient


@pytest.fixture
def outputs(tmp_path: Path, dynamodb: DynamoDBClient) -> Path:
    boto3.client("events", region_name="us-east-1").create_event_bus(Name="bus-market-data-test")
    queue = boto3.client("sqs", region_name="us-east-1").create_queue(QueueName="queue-trade-dlq-test")["QueueUrl"]
    kinds = {"trade": "Trade", "quote": "Quote", "book": "Book", "status": "Status"}
    values = {
        "event_bus_name": "bus-market-data-test",
        "market_table_name": "table-market-test",
        "audit_table_name": "table-audit-test",
        "log_origin": "tapeproof/test",
        "dlq_urls": {"trade": queue},
        "queue_urls": {},
        "function_names": {name: f"lambda-{name}-test" for name in (*kinds, "quarantine", "sealer")},
        "role_arns": {},
        "routes": {name: {"sources": [], "detail_types": [kind], "delivery": "direct"} for name, kind in kinds.items()},
    }
    path = tmp_path / "outputs.json"
    path.write_text(json.dumps({name: {"value": value} for name, value in values.items()}))
    return path


def test_a_replay_on_an_account_publishes_there_and_misses_what_nobody_processed(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--dir", str(tmp_path / "local"), "--account", "--outputs", str(outputs)]
    status = cli.main(
        ["local", "replay", *arguments, "--built-in", "--limit", "30", "--speed", "max", "--settle", "0.5"]
    )
    said = capsys.readouterr().out
    assert status == 1
    assert "published 30 of the built-in session" in said
    assert said.count("missing: ") == 30
    assert cli.main(["local", "status", *arguments]) == 1
    assert "AWS account: event bus bus-market-data-test" in capsys.readouterr().out


def test_invented_trades_reach_an_account_only_when_they_are_asked_for_by_name(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--dir", str(tmp_path / "local"), "--account", "--outputs", str(outputs), "--limit", "5"]
    assert cli.main(["local", "replay", *arguments]) == 1
    said = capsys.readouterr().err
    assert "invented" in said
    assert "--built-in" in said
    assert not (tmp_path / "local" / "runs").exists()


def test_what_is_missing_is_written_down_whole_when_it_is_too_much_to_show(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--dir", str(tmp_path / "local"), "--account", "--outputs", str(outputs)]
    options = ["--built-in", "--limit", "70", "--speed", "max", "--settle", "0.2"]
    assert cli.main(["local", "replay", *arguments, *options]) == 1
    said = capsys.readouterr().out
    (listing,) = (tmp_path / "local" / "runs").glob("*.differences.txt")
    assert str(listing) in said
    assert len(listing.read_text().splitlines()) == 70


def test_a_bus_that_is_not_there_leaves_a_manifest_that_says_so(
    outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs.write_text(outputs.read_text().replace("bus-market-data-test", "bus-of-nobody"))
    arguments = ["--dir", str(tmp_path / "local"), "--account", "--outputs", str(outputs), "--built-in", "--limit", "5"]
    assert cli.main(["local", "replay", *arguments, "--speed", "max", "--settle", "0.2"]) == PublishError.exit_status
    assert "bus-of-nobody: events 0 to 4 could not be published" in capsys.readouterr().err
    assert list((tmp_path / "local" / "runs").glob("*.jsonl"))
