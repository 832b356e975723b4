"""`tapeproof ops restore` on tables of moto beside a log in memory."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tapeproof.auditing import source
from tapeproof.ops.errors import OperationError
from tapeproof.ops.restore import restore
from tapeproof.ops.target import StackOutputs, read_outputs
from tests.unit.log.dynamodb_model import ServiceError
from tests.unit.log.world import ORIGIN, World, populated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Aws = Any  # boto3's client, made at run time

TABLES = {"market": "table-market-dev", "audit": "table-audit-dev"}
OUTPUTS = StackOutputs(
    event_bus_name="bus-market-data-dev",
    market_table_name=TABLES["market"],
    audit_table_name=TABLES["audit"],
    log_origin=ORIGIN,
    dlq_urls={},
    queue_urls={},
    function_names={},
    role_arns={},
    routes={},
    tile_bucket_name="b",
    checkpoint_key_arn="arn:key/one",
    log_group_names={"trade": "/aws/lambda/lambda-trade-dev"},
)


class Store:
    """The world's bucket behind S3's calls."""

    def __init__(self, world: World) -> None:
        self._files = world.bucket.files

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        if Key not in self._files:
            raise ServiceError("NoSuchKey")
        return {"Body": BytesIO(self._files[Key])}


class Recoverable:
    """moto's DynamoDB, whose tables can be restored to any second of the day before, as if they were that old."""

    def __init__(self, client: Aws) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Aws:
        return getattr(self._client, name)

    def describe_continuous_backups(self, **request: object) -> dict[str, Any]:
        answer: dict[str, Any] = self._client.describe_continuous_backups(**request)
        now = datetime.now(UTC)
        window = {"EarliestRestorableDateTime": now - timedelta(days=1), "LatestRestorableDateTime": now}
        answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"].update(window)
        return answer


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client: Aws = boto3.client("dynamodb", region_name="us-east-1")
        for name in TABLES.values():
            keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
            kinds = [{"AttributeName": one["AttributeName"], "AttributeType": "S"} for one in keys]
            client.create_table(
                TableName=name, KeySchema=keys, AttributeDefinitions=kinds, BillingMode="PAY_PER_REQUEST"
            )
            client.update_continuous_backups(
                TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
            )
        yield Recoverable(client)


def _fill(dynamodb: Aws, world: World) -> None:
    for (table, _, _), item in world.model.items.items():
        dynamodb.put_item(TableName=TABLES[table], Item=item)


def _run(dynamodb: Aws, world: World, out: Path, **given: object) -> int:
    clients = {"kms": world.kms, "dynamodb": dynamodb, "s3": Store(world)}
    options = {"at": None, "suffix": "then", "write": True, "out": out, "wait": 5.0, "thorough": False, **given}
    outputs = options.pop("outputs", OUTPUTS)
    found: Any = (SimpleNamespace(client=clients.__getitem__), outputs, None)
    return restore(Namespace(**options), lambda: found)


def test_both_tables_are_restored_beside_the_live_ones_with_recovery_and_outputs(
    dynamodb: Aws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = populated(1)
    _fill(dynamodb, world)
    assert _run(dynamodb, world, tmp_path / "restored.json") == 0
    restored = read_outputs(tmp_path / "restored.json")
    assert restored.audit_table_name == "table-audit-dev-restored-then"
    for name, live in ((restored.audit_table_name, "audit"), (restored.market_table_name, "market")):
        held = dynamodb.scan(TableName=name)["Count"]
        assert held == sum(key[0] == live for key in world.model.items)
        told = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        assert told["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    names = source.read_outputs(tmp_path / "restored.json")
    assert (names.audit_table, names.market_table) == (restored.audit_table_name, restored.market_table_name)
    assert "nothing that was published after it is missing" in "".join(capsys.readouterr())


def test_entries_that_came_later_are_named_with_the_replay_that_brings_them_back(
    dynamodb: Aws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = populated(1)
    _fill(dynamodb, world)
    world.write(world.writer(), world.decision(), world.decision())
    world.seal()
    assert _run(dynamodb, world, tmp_path / "restored.json") == 1
    said = " ".join("".join(capsys.readouterr()).split())
    assert "missing: lane" in said
    assert "sequence 0 to 0" in said
    assert "replay the archive of bus-market-data-dev from" in said


def test_nothing_is_restored_unless_asked_for(
    dynamodb: Aws, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(dynamodb, populated(1), tmp_path / "restored.json", write=False) == 0
    assert sorted(dynamodb.list_tables()["TableNames"]) == sorted(TABLES.values())
    assert "--write" in "".join(capsys.readouterr())
    assert not (tmp_path / "restored.json").exists()


def test_a_second_run_goes_on_with_what_the_first_restored(dynamodb: Aws, tmp_path: Path) -> None:
    world = populated(1)
    _fill(dynamodb, world)
    for _ in range(2):
        assert _run(dynamodb, world, tmp_path / "restored.json") == 0
    assert len(dynamodb.list_tables()["TableNames"]) == 4


def test_a_restore_that_takes_too_long_says_how_to_go_on(dynamodb: Aws, tmp_path: Path) -> None:
    class Slow:
        exceptions = dynamodb.exceptions

        def __getattr__(self, name: str) -> Aws:
            return getattr(dynamodb, name)

        def describe_table(self, **_: object) -> dict[str, Any]:
            return {"Table": {"TableStatus": "CREATING"}}

    with pytest.raises(OperationError, match="is still CREATING"):
        _run(Slow(), populated(1), tmp_path / "restored.json", wait=0.0)


@pytest.mark.parametrize("at", ["1960-01-01T00:00:00", "2999-01-01T00:00:00"])
def test_a_time_out_of_reach_is_refused_with_what_is_in_reach(dynamodb: Aws, tmp_path: Path, at: str) -> None:
    with pytest.raises(OperationError, match="cannot be restored to"):
        _run(dynamodb, populated(1), tmp_path / "restored.json", at=at)


def test_a_table_without_recovery_and_outputs_of_before_are_told(dynamodb: Aws, tmp_path: Path) -> None:
    dynamodb.update_continuous_backups(
        TableName=TABLES["audit"], PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
    )
    with pytest.raises(OperationError, match="recovery of table-audit-dev is off"):
        _run(dynamodb, populated(1), tmp_path / "restored.json")
    before = json.loads(json.dumps({**{name: getattr(OUTPUTS, name) for name in StackOutputs.__slots__}}))
    with pytest.raises(OperationError, match="no tile bucket"):
        _run(dynamodb, populated(1), tmp_path / "o.json", outputs=StackOutputs(**{**before, "tile_bucket_name": ""}))
