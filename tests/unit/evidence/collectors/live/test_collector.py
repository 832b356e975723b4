from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tapeproof.account.errors import AccountError
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collection import Context, collect
from tapeproof.evidence.collectors.live import AddressBook, live_collectors, open_account
from tapeproof.evidence.collectors.live.collector import SERVICES
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.workspace import Workspace
from tests.places import PROJECT
from tests.unit.evidence.samples import NOW, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGION = "us-east-1"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


IAM_ACTIONS = {
    "s3:list_buckets": "s3:ListAllMyBuckets",
    "s3:get_bucket_encryption": "s3:GetEncryptionConfiguration",
    "s3:get_public_access_block": "s3:GetBucketPublicAccessBlock",
    "s3:get_object_lock_configuration": "s3:GetBucketObjectLockConfiguration",
}
"""Calls whose IAM action has another name (Service Authorization Reference, Amazon S3)."""


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": REGION,
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield


def _client(service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
    make: Any = boto3.client
    return make(service, region_name=REGION)


def _stack() -> None:
    """Make one resource of each kind that belongs, and one that does not."""
    key = _client("kms").create_key()["KeyMetadata"]["Arn"]
    _client("kms").create_alias(AliasName="alias/key-data-dev", TargetKeyId=key)
    for name in ("table-market-dev", "table-market-prod"):
        _client("dynamodb").create_table(
            TableName=name,
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
            SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key},
        )
    _client("dynamodb").update_continuous_backups(
        TableName="table-market-dev", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    _client("logs").create_log_group(logGroupName="/aws/lambda/lambda-trade-dev", kmsKeyId=key)
    _client("logs").put_retention_policy(logGroupName="/aws/lambda/lambda-trade-dev", retentionInDays=7)
    role = _client("iam").create_role(RoleName="role-lambda-trade-dev", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]}
    _client("iam").put_role_policy(
        RoleName="role-lambda-trade-dev", PolicyName="p", PolicyDocument=json.dumps(document)
    )
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("a.py", "")
    _client("lambda").create_function(
        FunctionName="lambda-trade-dev",
        Runtime="python3.11",
        Role=role,
        Handler="a.b",
        Code={"ZipFile": code.getvalue()},
        Timeout=30,
        MemorySize=512,
        Environment={"Variables": {"MARKET_TABLE": "table-market-dev", "PLANTED": "correct-horse-battery"}},
    )
    _client("sqs").create_queue(QueueName="queue-trade-dlq-dev", Attributes={"KmsMasterKeyId": key})
    _client("sns").create_topic(Name="topic-alarms-dev")
    _client("s3").create_bucket(Bucket="bucket-tiles-dev")
    _client("events").create_event_bus(Name="bus-market-data-dev")
    _client("events").put_rule(
        Name="rule-trade-dev", EventBusName="bus-market-data-dev", EventPattern='{"source":["marketdata.kraken"]}'
    )
    _client("cloudwatch").put_metric_alarm(
        AlarmName="alarm-errors-dev", MetricName="Errors", Namespace="AWS/Lambda", Statistic="Sum", Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold",
    )  # fmt: skip


@pytest.fixture
def collected(aws: None, tmp_path: Path) -> Path:
    _stack()
    account = open_account(region=REGION)
    sample = Sample()
    sample.live = {}
    sample.simulated = account.simulated
    folder = sample.write(tmp_path / "run")
    clock = Clock(lambda: NOW)
    library = load_library()
    parameters = {**library.parameters, "region": REGION, "environment_suffix": "dev"}
    workspace = Workspace(folder, Redactor(), clock, clock.iso())
    context = Context(workspace, library, folder, folder, parameters, identity=account.identity, simulated=True)
    book = AddressBook({("aws_dynamodb_table", "table-market-dev"): "aws_dynamodb_table.market"})
    collect(context, live_collectors(account, book, "dev"))
    return folder


def _items(folder: Path) -> dict[str, dict[str, Any]]:
    return {path.parent.name: json.loads(path.read_bytes()) for path in folder.glob("evidence/live-*/item.json")}


def _lines(folder: Path, item: str) -> list[dict[str, Any]]:
    text = (folder / "evidence" / item / "raw" / "resources.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_every_service_is_collected_with_its_population_and_its_calls(collected: Path) -> None:
    items = _items(collected)
    assert items.keys() == {f"live-{service.name}" for service in SERVICES}
    assert {name: item["failure"] for name, item in items.items() if item["status"] != "collected"} == {}
    counts = {name: item["population"]["count"] for name, item in items.items()}
    assert counts == {
        "live-cloudwatch": 1, "live-dynamodb": 1, "live-events": 2, "live-iam": 1, "live-kms": 1, "live-lambda": 1,
        "live-logs": 1, "live-s3": 1, "live-scheduler": 0, "live-sns": 1, "live-sqs": 1,
    }  # fmt: skip
    for item in items.values():
        assert item["identity"]["how"] == "sts:GetCallerIdentity"
        assert item["simulated"] is True
        assert item["source"]["calls"]


def test_calls_carry_what_identifies_the_answer(collected: Path) -> None:
    (table,) = _lines(collected, "live-dynamodb")
    assert table["resource"] == "aws_dynamodb_table.market"
    described = next(call for call in table["calls"] if call["operation"] == "describe_table")
    assert described["parameters"] == {"TableName": "table-market-dev"}
    assert described["status"] == 200
    assert described["request_id"]
    assert len(described["body_sha256"]) == 64


def test_the_auditors_role_may_make_every_call_that_is_made(collected: Path) -> None:
    source = PROJECT / "stack" / "modules" / "market_data_system" / "iam.tf"
    granted = set(re.findall(r'"([a-z0-9]+:[A-Za-z]+)"', source.read_text(encoding="utf-8")))
    made = {call["operation"] for item in _items(collected).values() for call in item["source"]["calls"]}
    needed = {IAM_ACTIONS.get(one) or _iam_action(one) for one in made}
    assert needed <= granted


def _iam_action(call: str) -> str:
    service, operation = call.split(":")
    return f"{service}:{''.join(word.capitalize() for word in operation.split('_'))}"


def test_criteria_judge_what_the_account_answered(collected: Path) -> None:
    assessment = write_bundle(collected).assessment
    live = {policy["id"]: policy["stages"]["live"] for policy in assessment["policies"] if "live" in policy["stages"]}
    assert live["TP_DDB_1"]["status"] == "pass"
    assert live["TP_LOG_1"]["status"] == "fail"
    assert live["TP_IAM_1"]["status"] == "fail"
    assert live["TP_IAM_2"]["status"] == "fail"
    assert live["TP_RUN_1"]["status"] == "pass"
    assert live["EV_POP_2"]["status"] == "fail"
    assert {policy["effects"]["implemented"] for policy in assessment["policies"]} <= {
        "not-evaluated",
        "not-applicable",
    }


def test_a_table_whose_name_lacks_the_suffix_stands_in_the_bundle_and_on_its_cover(collected: Path) -> None:
    bundle = write_bundle(collected)
    outside = (bundle.folder / "evidence/live-dynamodb/raw/outside.jsonl").read_text()
    assert json.loads(outside) == {"type": "aws_dynamodb_table", "name": "table-market-prod"}
    told = [one["details"] for one in bundle.assessment["reservations"] if one["code"] == "OUTSIDE_ENVIRONMENT"]
    assert {"kind": "aws_dynamodb_table", "number": 1, "named": ["table-market-prod"]} in told
    html = (bundle.folder / "reports/report.html").read_text()
    cover = html[: html.index("</header>")]
    assert "1 of the account&#x27;s aws_dynamodb_table have other names" in cover or "table-market-prod" in cover


def test_values_of_environment_variables_are_never_kept(collected: Path) -> None:
    for path in collected.rglob("*"):
        assert path.is_dir() or b"correct-horse-battery" not in path.read_bytes()
    (function,) = _lines(collected, "live-lambda")
    assert sorted(function["value"]["Configuration"]["Environment"]["Variables"]) == ["MARKET_TABLE", "PLANTED"]


def test_without_credentials_every_service_is_not_collected_and_says_why(tmp_path: Path) -> None:
    error = AccountError("no AWS account could be reached", why="no credentials")
    sample = Sample()
    folder = sample.write(tmp_path / "run")
    clock = Clock(lambda: NOW)
    library = load_library()
    context = Context(Workspace(folder, Redactor(), clock, clock.iso()), library, folder, folder, {})
    collect(context, live_collectors(error, AddressBook(), "dev"))
    assert {item["status"] for item in _items(folder).values()} == {"failed"}
    assert all("no credentials" in item["failure"] for item in _items(folder).values())
