from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import boto3
import pytest
from handlers import sealer as module
from moto import mock_aws

from tapeproof.log.checkpoint import parse_checkpoint
from tapeproof.log.note import parse_note
from tests.unit.log.world import ORIGIN, World

if TYPE_CHECKING:
    from collections.abc import Iterator


class Context:
    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 60_000


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AUDIT_TABLE": "audit",
        "LOG_ORIGIN": ORIGIN,
        "TILE_BUCKET": "tiles",
        "ENVIRONMENT_SUFFIX": "test",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        for table in ("audit", "market"):
            dynamodb.create_table(
                TableName=table,
                KeySchema=[
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                ],
                AttributeDefinitions=[
                    {"AttributeName": "pk", "AttributeType": "S"},
                    {"AttributeName": "sk", "AttributeType": "S"},
                ],
                BillingMode="PAY_PER_REQUEST",
            )
        boto3.client("s3").create_bucket(Bucket="tiles")
        key = boto3.client("kms").create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")["KeyMetadata"]["Arn"]
        monkeypatch.setenv("CHECKPOINT_KEY_ARN", key)
        module._sealer.cache_clear()
        yield
        module._sealer.cache_clear()


@pytest.mark.usefixtures("services")
def test_the_function_seals_what_a_processor_wrote_and_reports_its_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    world = World()
    client = boto3.client("dynamodb")
    writer = world.writer(clock=time.time_ns)
    writer._client = client
    world.write(writer, world.decision(), world.decision())
    assert module.handler({}, Context())["entries"] == 1
    assert module.handler({}, Context())["entries"] == 0
    note = boto3.client("s3").get_object(Bucket="tiles", Key="checkpoint")["Body"].read()
    assert parse_checkpoint(parse_note(note).text).size == 3
    metrics = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (metrics["log"], metrics["environment"], metrics["LogSize"]) == (ORIGIN, "test", 3)
    (definition,) = metrics["_aws"]["CloudWatchMetrics"]
    assert definition["Namespace"] == "Tapeproof"
    assert definition["Dimensions"] == [["service"], ["log", "environment"]]
    assert metrics["CheckpointSealed"] == 1
    assert "CheckpointAgeSeconds" in [one["Name"] for one in definition["Metrics"]]
