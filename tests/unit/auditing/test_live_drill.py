"""The drill on live tables: moto's, with a bucket of its own; lines and key are those of the log in memory."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

import tapeproof.auditing.drill as module
from tapeproof.auditing.attacks import ATTACKS
from tapeproof.auditing.errors import ServiceError, SourceError
from tapeproof.auditing.export import ExportOptions
from tapeproof.auditing.live_drill import drill_live
from tapeproof.auditing.source import Live, Names
from tapeproof.auditing.store_changes import StoreChanges
from tapeproof.auditing.throwaway import ThrowAwayLog
from tapeproof.cli import main
from tests.effort import SOAKING
from tests.unit.log.world import HOUR, MINUTE, ORIGIN, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def world() -> World:
    """A small log of a closed hour and an open one: moto takes milliseconds for an item."""
    world = World()
    for _ in range(2):
        writers = [world.writer(name) for name in ("lambda-trade-dev", "lambda-quote-dev")]
        for _ in range(2):
            for writer in writers:
                world.write(writer, world.decision())
                world.write(writer, world.decision(), world.decision())
            world.seal()
        world.now = (world.now // HOUR + 1) * HOUR + 21 * MINUTE
        world.seal()
    for writer in [world.writer() for _ in range(4)]:
        for _ in range(3):
            world.write(writer, world.decision())
    world.seal()
    return world


@pytest.fixture(scope="module")
def live(world: World) -> Iterator[Live]:
    """A log that no test may change: each leaves it as it was."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        patch.setattr(Live, "verifier_key", lambda _self: world.vkey())
        patch.setattr(Live, "lines", lambda _self: iter(world.lines))
        patch.setattr(Live, "lines_since", lambda _self: 0)
        dynamodb, s3 = boto3.client("dynamodb"), boto3.client("s3")
        for table in ("audit", "market"):
            make_table(dynamodb, table)
            for item in world.model.table(table):
                dynamodb.put_item(TableName=table, Item=item)
        s3.create_bucket(Bucket="tiles")
        for path, data in world.bucket.files.items():
            s3.put_object(Bucket="tiles", Key=path, Body=data)
        yield Live(Names(ORIGIN, "audit", "market", "tiles", "arn:key/one", ("group",)))


def make_table(dynamodb: Any, name: str) -> None:  # noqa: ANN401 - boto3's client
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
    types = [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"}]
    dynamodb.create_table(TableName=name, KeySchema=keys, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")


def stores(live: Live) -> dict[str, Any]:
    """Return everything in the account's tables and bucket."""
    tables = live.dynamodb.list_tables()["TableNames"]
    return {
        **{name: live.dynamodb.scan(TableName=name)["Items"] for name in tables},
        "tiles": {
            one["Key"]: one["ETag"] for one in boto3.client("s3").list_objects_v2(Bucket="tiles").get("Contents", ())
        },
    }


def options(world: World) -> ExportOptions:
    return ExportOptions(line_lag_ns=0, clock=lambda: world.now)


OF_EXPORTS = {"leave the witness lines out", "leave the records out", "strike an event from the index"}
SOME = {
    *OF_EXPORTS,
    "fork the log",
    "narrow the window of witness lines",
    "replace the public key",
    "roll the store back",
    "serve another newest record",
    "wipe everything",
}


def test_the_drill_on_tables_detects_everything_and_leaves_the_account_as_it_was(
    live: Live, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not SOAKING:
        monkeypatch.setattr(module, "ATTACKS", tuple(row for row in ATTACKS if row.title in SOME))
        monkeypatch.setattr(module, "COMBINED", 1)
    before = stores(live)
    outcomes = drill_live(live, options(world), jobs=1)
    assert [one for one in outcomes if one.detected is False] == []
    assert {one.title for one in outcomes if one.detected is None} == OF_EXPORTS
    assert len(outcomes) > len(SOME)
    assert stores(live) == before


def test_a_log_of_more_items_than_may_be_copied_is_not_and_nothing_is_left_behind(live: Live) -> None:
    before = stores(live)
    with pytest.raises(SourceError, match="more items than the drill copies"):
        drill_live(live, most=20)
    assert stores(live) == before


def test_a_copy_that_cannot_be_removed_is_named(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_arguments: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "DeleteTable")

    log = ThrowAwayLog(live)
    with pytest.raises(ServiceError, match=r"audit-drill-\w{8}, market-drill-\w{8} could not be removed"), log:
        monkeypatch.setattr(live.dynamodb, "delete_table", refuse)


@pytest.mark.parametrize("which", ["audit", "market"])
def test_a_table_that_was_there_before_is_never_written_to(live: Live, which: str) -> None:
    """Also one of the name that the copy would have: who made it is what counts."""
    log = ThrowAwayLog(live)
    name = log.wanted_tables[which]
    make_table(live.dynamodb, name)
    live.dynamodb.put_item(TableName=name, Item={"pk": {"S": "mine"}, "sk": {"S": "1"}})
    before = stores(live)
    with pytest.raises(ServiceError, match="making a copy"), log:
        pytest.fail("the copy was made")
    assert stores(live) == before
    with pytest.raises(SourceError, match="not made by this drill"):
        log.apply(StoreChanges(items={(which, "mine", "1"): None}))
    assert stores(live) == before


def test_what_was_changed_is_put_back_whatever_it_was(live: Live) -> None:
    with ThrowAwayLog(live) as log:
        before = stores(live)
        key = next((item["pk"]["S"], item["sk"]["S"]) for item in log.scan("audit") if item["pk"]["S"] != "C")
        changes = StoreChanges(
            items={("audit", *key): None, ("market", "new", "1"): {"pk": {"S": "new"}, "sk": {"S": "1"}}},
            objects={"checkpoint": None},
            gone=Counter(list(log.lines())[:2]),
            lines_since=7,
        )
        log.apply(changes)
        assert stores(live) != before
        assert log.objects.get("checkpoint") is None
        assert (len(list(log.lines())), log.lines_since()) == (len(list(live.lines())) - 2, 7)
        log.restore()
        assert stores(live) == before
        assert log.objects.get("checkpoint") == live.objects.get("checkpoint")
        assert (Counter(log.lines()), log.lines_since()) == (Counter(live.lines()), 0)


def test_the_command_drills_the_log_that_terraform_s_outputs_name(
    live: Live, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "ATTACKS", tuple(row for row in ATTACKS if row.title == "set a time to live"))
    monkeypatch.setattr("tapeproof.auditing.subcommands._export_options", lambda *_: options(world))
    names = live.names
    outputs: dict[str, Any] = {
        "log_origin": names.origin,
        "audit_table_name": names.audit_table,
        "market_table_name": names.market_table,
        "tile_bucket_name": names.bucket,
        "checkpoint_key_arn": names.key_arn,
        "log_group_names": {"trade": "group"},
    }
    path = tmp_path / "outputs.json"
    path.write_text(json.dumps({name: {"value": value} for name, value in outputs.items()}))
    before = stores(live)
    assert main(["audit", "drill", "--outputs", str(path), "--jobs", "1", "--quiet"]) == 0
    assert "1 of 1 attacks detected and named" in capsys.readouterr().out
    assert main(["audit", "drill", "--outputs", str(path), "--max-items", "3", "--quiet"]) != 0
    assert "more items than the drill copies" in capsys.readouterr().err
    assert stores(live) == before


def test_an_export_and_a_live_log_are_not_drilled_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "drill", str(tmp_path), "--outputs", "outputs.json"]) != 0
    assert "both named" in capsys.readouterr().err


def test_a_drill_of_nothing_says_what_it_wants(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "drill"]) != 0
    assert "no log is named" in capsys.readouterr().err
