"""Sessions through EventBridge, Lambda and DynamoDB: nothing is lost, and whatever would be lost is named."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from tapeproof.market.instants import day
from tapeproof.market.store import MarketStore
from tapeproof.ops.manifest import latest_manifest, read_manifest
from tests.places import PROJECT, SHARED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.local.lifecycle import LocalStack
    from tapeproof.ops.manifest import Manifest

pytestmark = pytest.mark.embedded_aws

SHARED = SHARED / "marketdata"
WHOLE = {"kraken-trade": 49, "kraken-ticker": 60, "kraken-book": 4_321, "bitstamp": 747, "gemini": 678}
LARGE = 131_072
COINBASE_HEAD, COINBASE = 4, 2_000


def _printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_the_built_in_session_is_accounted_for_to_the_last_event(
    applied_stack: LocalStack, local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert local_command("replay", "--limit", "600", "--speed", "max", "--seed", "11") == 0
    said = _printed(capsys)
    assert "Every event accounted for" in said
    for outcome in ("recorded", "duplicate", "conflict", "rejected", "quarantined"):
        assert outcome in said
    totals = next(line for line in said.splitlines() if line.startswith("│ all")).replace("│", " ").split()
    due, recorded, duplicate, conflict, rejected, quarantined, dead, missing = totals[1:]
    assert due == "600"
    assert all(int(count) > 0 for count in (recorded, duplicate, conflict, rejected, quarantined))
    assert (dead, missing) == ("·", "·")
    assert "LATE" in said
    assert "GAP" in said


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the captures lie beside the project, and are not there")
def test_real_captures_go_through_without_a_loss(
    applied_stack: LocalStack, local_command: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    coinbase = tmp_path / "coinbase.capture"
    with (SHARED / "coinbase.capture").open() as recorded:
        coinbase.write_text("".join(islice(recorded, COINBASE_HEAD + COINBASE)))
    captures = [*(str(SHARED / f"{name}.capture") for name in WHOLE), str(coinbase)]
    assert local_command("replay", *captures, "--speed", "max") == 0
    said = _printed(capsys)
    assert "Every event accounted for" in said
    manifest = latest_manifest(applied_stack.workspace.runs)
    assert manifest is not None
    sent = [manifest.planned[n].venue for n in manifest.sent]
    assert len(sent) == sum(WHOLE.values()) + COINBASE
    assert sent.count("coinbase") == COINBASE


def test_what_was_recorded_can_be_read_with_its_proof(
    applied_stack: LocalStack, local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert local_command("replay", "--limit", "100", "--speed", "max", "--seed", "12") == 0
    capsys.readouterr()
    assert local_command("latest", "BTC-USD", "--json") == 0
    newest = [json.loads(line) for line in _printed(capsys).splitlines()]
    assert {document["key"].split("#")[0] for document in newest} >= {"trade", "quote"}
    assert all(document["key"].split("#")[2] == "BTC-USD" for document in newest)
    assert local_command("trades", "BTC-USD", "--json", "--limit", "500") == 0
    trades = [json.loads(line) for line in _printed(capsys).splitlines()]
    assert trades
    for document in trades:
        entry = applied_stack.target.client("dynamodb").get_item(
            TableName=applied_stack.outputs().audit_table_name,
            Key={
                "pk": {"S": f"L#{document['audit']['lane']}"},
                "sk": {"S": f"{document['audit']['sequence']:010d}"},
            },
        )["Item"]
        assert bytes(entry["h"]["B"]).hex() == document["audit"]["entry_hash"]
        assert document["key"].encode() in bytes(entry["b"]["B"])


def test_a_book_larger_than_an_item_is_stored_whole_under_one_hash(
    applied_stack: LocalStack, local_command: Callable[..., int]
) -> None:
    assert local_command("replay", "--limit", "60", "--speed", "max", "--seed", "18") == 0
    manifest = latest_manifest(applied_stack.workspace.runs)
    assert manifest is not None
    outputs, dynamodb = applied_stack.outputs(), applied_stack.target.client("dynamodb")
    store = MarketStore(dynamodb, outputs.market_table_name)
    keys = [key for event in manifest.planned.values() if event.detail_type == "Book" for key in event.keys]
    (large,) = [stored for stored in map(store.record, keys) if stored and len(stored.body) > LARGE]
    assert large.record.key in keys
    items = dynamodb.query(
        TableName=outputs.market_table_name,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={
            ":pk": {"S": f"book#coinbase#{large.record.symbol}#{day(large.record.ts_event_ns)}"},
            ":sk": {"S": large.record.identifier},
        },
    )["Items"]
    assert len(items) > 1
    entry = dynamodb.get_item(
        TableName=outputs.audit_table_name,
        Key={"pk": {"S": f"L#{large.audit.lane}"}, "sk": {"S": f"{large.audit.sequence:010d}"}},
    )["Item"]
    assert large.payload_hash.encode() in bytes(entry["b"]["B"])


def _wait_for_events(stack: LocalStack, before: Manifest | None) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        manifest = latest_manifest(stack.workspace.runs)
        newer = manifest is not None and (before is None or manifest.path != before.path)
        if manifest is not None and newer and len(manifest.sent) > 20:
            return
        time.sleep(0.2)
    pytest.fail("the replay published nothing in a minute")


def test_ctrl_c_stops_publishing_and_still_accounts_for_what_was_published(
    applied_stack: LocalStack, local_command: Callable[..., int]
) -> None:
    root = str(applied_stack.workspace.root)
    before = latest_manifest(applied_stack.workspace.runs)
    running = subprocess.Popen(
        [sys.executable, "-m", "tapeproof", "local", "replay", "--dir", root, "--rate", "60", "--seed", "13"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    _wait_for_events(applied_stack, before)
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert "Every event accounted for" in said
    manifest = latest_manifest(applied_stack.workspace.runs)
    assert manifest is not None
    assert manifest.ended == "stopped"
    assert 20 < len(manifest.sent) < 600


def test_a_run_that_was_killed_can_still_be_accounted_for(
    applied_stack: LocalStack, local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    root = str(applied_stack.workspace.root)
    before = latest_manifest(applied_stack.workspace.runs)
    running = subprocess.Popen(
        [sys.executable, "-m", "tapeproof", "local", "replay", "--dir", root, "--rate", "60", "--seed", "14"],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
    )
    _wait_for_events(applied_stack, before)
    running.kill()
    running.wait()
    manifest = latest_manifest(applied_stack.workspace.runs)
    assert manifest is not None
    assert manifest.ended is None
    assert manifest.sent
    time.sleep(2)
    assert local_command("status", "--run", str(manifest.path)) == 0
    said = _printed(capsys)
    assert "cut off" in said
    assert "Every event accounted for" in said


def test_an_event_that_never_reached_the_bus_is_named_by_its_natural_key(
    applied_stack: LocalStack, local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert local_command("replay", "--limit", "40", "--speed", "max", "--seed", "15") == 0
    manifest = latest_manifest(applied_stack.workspace.runs)
    assert manifest is not None
    forged = manifest.path.with_name("0-forged.jsonl")
    event_id = manifest.sent[30][0]
    forged.write_text(manifest.path.read_text().replace(event_id, "00000000-0000-0000-0000-000000000000"))
    capsys.readouterr()
    assert local_command("status", "--run", str(forged)) == 1
    said = _printed(capsys)
    assert "Events are missing" in said
    assert f"key {read_manifest(forged).planned[30].keys[0]}" in said


def test_a_capture_with_a_bad_line_publishes_nothing(
    applied_stack: LocalStack,
    local_command: Callable[..., int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = sorted(applied_stack.workspace.runs.iterdir())
    path = tmp_path / "kraken.capture"
    path.write_text('1618678132.8: {"event":"heartbeat"}\nwhat is this\n')
    assert local_command("replay", str(path)) == 16
    assert f"{path}:2:" in capsys.readouterr().err
    assert sorted(applied_stack.workspace.runs.iterdir()) == before
