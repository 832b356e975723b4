"""The gate and the criteria judge one account: the same resources belong, and no question is asked twice."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from tapeproof.account.asking import Account, Asker, open_account
from tapeproof.evidence.collectors.gate import judge_account
from tapeproof.evidence.collectors.live.collector import SERVICES
from tapeproof.gate.frontends.live.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGION = "us-east-1"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
OTHERS = {"aws_s3_bucket", "aws_kms_key"}
"""Types whose name in the gate's model is not what the criteria call their identity."""


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws(config={"lambda": {"use_docker": False}}):
        session = boto3.Session(region_name=REGION)
        for suffix in ("dev", "prod", "devel"):
            _build(session, suffix)
        _client(session, "iam").create_role(
            RoleName="role-of-a-service-dev",
            Path="/aws-service-role/ecs.amazonaws.com/",
            AssumeRolePolicyDocument=TRUST,
        )
        _client(session, "sqs").create_queue(QueueName="queuedev")
        yield open_account(region=REGION)


def _client(session: boto3.Session, service: str) -> Any:  # noqa: ANN401 - boto3 is untyped
    return session.client(service)  # type: ignore[call-overload]


def _build(session: boto3.Session, suffix: str) -> None:
    key = _client(session, "kms").create_key()["KeyMetadata"]["KeyId"]
    for alias in ("data", "other"):
        _client(session, "kms").create_alias(AliasName=f"alias/key-{alias}-{suffix}", TargetKeyId=key)
    _client(session, "dynamodb").create_table(
        TableName=f"table-market-{suffix}",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    fifo = {"FifoQueue": "true"}
    _client(session, "sqs").create_queue(QueueName=f"queue-trade-{suffix}")
    _client(session, "sqs").create_queue(QueueName=f"queue-trade-{suffix}.fifo", Attributes=fifo)
    _client(session, "sns").create_topic(Name=f"topic-alarms-{suffix}.fifo", Attributes={"FifoTopic": "true"})
    _client(session, "s3").create_bucket(Bucket=f"bucket-tiles-{suffix}")
    _client(session, "logs").create_log_group(logGroupName=f"/aws/lambda/lambda-trade-{suffix}")
    _client(session, "events").create_event_bus(Name=f"bus-market-{suffix}")
    for bus in ("default", f"bus-market-{suffix}"):
        _client(session, "events").put_rule(Name=f"rule-{bus}-{suffix}", EventBusName=bus, EventPattern="{}")
    role = _client(session, "iam").create_role(RoleName=f"role-trade-{suffix}", AssumeRolePolicyDocument=TRUST)
    code = io.BytesIO()
    zipfile.ZipFile(code, "w").close()
    _client(session, "lambda").create_function(
        FunctionName=f"lambda-trade-{suffix}", Runtime="python3.11", Role=role["Role"]["Arn"], Handler="a.b",
        Code={"ZipFile": code.getvalue()}, Environment={"Variables": {"TABLE": "market"}},
    )  # fmt: skip
    _client(session, "cloudwatch").put_metric_alarm(
        AlarmName=f"alarm-errors-{suffix}", MetricName="Errors", Namespace="AWS/Lambda", Statistic="Sum", Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold",
    )  # fmt: skip


def _observed(account: Account, suffix: str) -> set[tuple[str, str]]:
    asker = Asker(account)
    found = [one for service in SERVICES for one in service.observe(asker, suffix)]
    return {(one.kind, one.identity if one.kind not in OTHERS else one.value["Region"]) for one in found}


def _modelled(account: Account, suffix: str) -> set[tuple[str, str]]:
    kinds = {type_ for service in SERVICES for type_ in service.types}
    found = [one for one in read(account=account, suffix=suffix).resources() if one.type in kinds]
    return {(one.type, one.name if one.type not in OTHERS else REGION) for one in found}


def test_both_find_the_same_resources_of_the_stack(account: Account) -> None:
    found = _observed(account, "dev")
    assert found == _modelled(account, "dev")
    assert {kind for kind, _ in found} == {type_ for service in SERVICES for type_ in service.types} - {
        "aws_scheduler_schedule"
    }
    assert ("aws_sqs_queue", "queue-trade-dev.fifo") in found
    assert not [name for _, name in found if name.endswith(("prod", "devel", "queuedev", "service-dev"))]


def test_one_run_asks_each_question_once(account: Account, tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    account.session.events.register(
        "before-parameter-build", lambda params, model, **_: asked.update([f"{model.name} {params}"])
    )
    _observed(account, "dev")
    report = judge_account(tmp_path, account, "dev")
    assert {name: count for name, count in asked.items() if count > 1} == {}
    assert {"ListQueues {}", "ListFunctions {}"} <= asked.keys()
    assert {result["front_end"] for result in report["results"]} == {"live"}
    assert [row["policy"] for row in report["results"] if "table-market-dev" in row["resource"]]
