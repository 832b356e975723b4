"""What AWS enforces and ministack alone does not, on an embedded AWS that holds nothing else."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.embedded_server import Server

pytestmark = pytest.mark.embedded_aws

ACCOUNT, REGION = "000000000000", "us-east-1"
RULE = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/bus/rule"


@dataclass
class Account:
    """Clients of an empty embedded AWS; as Terraform's provider they are looked at."""

    server: Server

    def client(self, service: str) -> Any:  # noqa: ANN401 - what boto3 gives
        return boto3.Session(self.server.access_key, self.server.secret_key, region_name=REGION).client(
            service,
            endpoint_url=self.server.endpoint,
            verify=self.server.certificate,
            config=Config(user_agent_extra="Terraform"),
        )

    def queue(self, name: str, *, admits: str | None = None) -> tuple[str, str]:
        """Make a queue that admits a service, from one source, and return its URL and ARN."""
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
        attributes = {"Policy": _policy("events.amazonaws.com", "sqs:SendMessage", arn, admits)} if admits else {}
        return self.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"], arn

    def received(self, url: str) -> list[dict[str, Any]]:
        sqs = self.client("sqs")
        answer = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], WaitTimeSeconds=0)
        messages: list[dict[str, Any]] = answer.get("Messages", [])
        return messages


def _policy(service: str, action: str, arn: str, source: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": arn}
    condition = {"ArnLike": {"aws:SourceArn": source}, "StringEquals": {"aws:SourceAccount": ACCOUNT}}
    return json.dumps({"Version": "2012-10-17", "Statement": [{**statement, "Condition": condition}]})


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    aws = EmbeddedAws(Workspace(tmp_path_factory.mktemp("alone") / "local"))
    server = aws.start()
    account = Account(server)
    account.client("events").create_event_bus(Name="bus")
    account.client("events").put_rule(Name="rule", EventBusName="bus", EventPattern='{"source":["a"]}')
    yield account
    aws.stop()


def _publish(account: Account, target: dict[str, Any]) -> None:
    events = account.client("events")
    events.put_targets(Rule="rule", EventBusName="bus", Targets=[{"Id": "t", **target}])
    entry = {"EventBusName": "bus", "Source": "a", "DetailType": "b", "Detail": '{"c":1}'}
    assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0


@pytest.mark.parametrize(
    ("name", "admits", "delivered"),
    [
        ("open", RULE, 1),
        ("pattern", RULE.replace("rule/bus/rule", "rule/bus/*"), 1),
        ("shut", None, 0),
        ("others", f"{RULE}-of-others", 0),
    ],
)
def test_a_queue_gets_events_only_from_rules_that_its_policy_admits(
    account: Account, name: str, admits: str | None, delivered: int
) -> None:
    url, arn = account.queue(name, admits=admits)
    _publish(account, {"Arn": arn})
    assert len(account.received(url)) == delivered


@pytest.mark.parametrize(("name", "admits", "kept"), [("net", RULE, 1), ("no-net", None, 0)])
def test_what_may_not_be_delivered_goes_to_a_dead_letter_queue_that_admits_the_rule(
    account: Account, name: str, admits: str | None, kept: int
) -> None:
    _, shut = account.queue(f"{name}-shut")
    url, dead = account.queue(name, admits=admits)
    _publish(account, {"Arn": shut, "DeadLetterConfig": {"Arn": dead}})
    letters = account.received(url)
    assert len(letters) == kept
    for letter in letters:
        assert json.loads(letter["Body"])["detail"] == {"c": 1}
        said = {key: value["StringValue"] for key, value in letter["MessageAttributes"].items()}
        assert said == {"ERROR_CODE": "NO_PERMISSIONS", "RULE_ARN": RULE, "TARGET_ARN": shut}


def test_a_target_that_is_gone_is_a_dead_letter_too(account: Account) -> None:
    url, dead = account.queue("for-gone", admits=RULE)
    _publish(account, {"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:gone", "DeadLetterConfig": {"Arn": dead}})
    (letter,) = account.received(url)
    assert letter["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize("admitted", [True, False])
def test_an_alarm_reaches_only_a_topic_that_admits_it(account: Account, admitted: bool) -> None:
    name = f"told-{admitted}".lower()
    alarm = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{name}"
    topic = account.client("sns").create_topic(Name=name)["TopicArn"]
    source = alarm if admitted else f"{alarm}-other"
    account.client("sns").set_topic_attributes(
        TopicArn=topic,
        AttributeName="Policy",
        AttributeValue=_policy("cloudwatch.amazonaws.com", "sns:Publish", topic, source),
    )
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
    url = account.client("sqs").create_queue(
        QueueName=name, Attributes={"Policy": _policy("sns.amazonaws.com", "sqs:SendMessage", arn, topic)}
    )["QueueUrl"]
    account.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    cloudwatch = account.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName=name,
        Namespace="N",
        MetricName="M",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        ExtendedStatistic="p99",
        AlarmActions=[topic],
    )
    cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="a test")
    time.sleep(0.2)
    assert len(account.received(url)) == admitted


def test_an_alarm_that_a_composite_names_cannot_be_deleted(account: Account) -> None:
    cloudwatch = account.client("cloudwatch")
    common = {"Namespace": "N", "MetricName": "M", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1.0}
    cloudwatch.put_metric_alarm(AlarmName="child", Statistic="Sum", ComparisonOperator="GreaterThanThreshold", **common)
    cloudwatch.put_composite_alarm(AlarmName="parent", AlarmRule='ALARM("child")')
    with pytest.raises(ClientError, match="composite alarm"):
        cloudwatch.delete_alarms(AlarmNames=["child"])
    cloudwatch.delete_alarms(AlarmNames=["parent"])
    cloudwatch.delete_alarms(AlarmNames=["child"])


def test_quotas_are_refused_as_aws_refuses_them(account: Account) -> None:
    events, iam, cloudwatch = (account.client(name) for name in ("events", "iam", "cloudwatch"))
    events.create_event_bus(Name="full")
    for number in range(300):
        events.put_rule(Name=f"r{number}", EventBusName="full", EventPattern='{"source":["a"]}')
    with pytest.raises(ClientError, match="has 300 rules"):
        events.put_rule(Name="one-more", EventBusName="full", EventPattern='{"source":["a"]}')
    events.put_rule(Name="r7", EventBusName="full", EventPattern='{"source":["b"]}')
    with pytest.raises(ClientError, match="longer than 2048"):
        events.put_rule(Name="r7", EventBusName="full", EventPattern=json.dumps({"source": ["x" * 2_040]}))
    targets = [{"Id": str(number), "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:q"} for number in range(6)]
    with pytest.raises(ClientError, match="at most 5 targets"):
        events.put_targets(Rule="r7", EventBusName="full", Targets=targets)
    iam.create_role(RoleName="role", AssumeRolePolicyDocument=_policy("a.amazonaws.com", "sts:AssumeRole", "*", "*"))
    large = json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "x" * 6_000}]}
    )
    iam.put_role_policy(RoleName="role", PolicyName="one", PolicyDocument=large)
    with pytest.raises(ClientError, match="Maximum policy size"):
        iam.put_role_policy(RoleName="role", PolicyName="two", PolicyDocument=large)
    rule = " OR ".join(f'ALARM("a{number}")' for number in range(101))
    with pytest.raises(ClientError, match="100 alarms"):
        cloudwatch.put_composite_alarm(AlarmName="large", AlarmRule=rule)


def _alarm(account: Account) -> str:
    """Put an alarm once, and return the error, if any."""
    session = boto3.Session(account.server.access_key, account.server.secret_key, region_name=REGION)
    config = Config(user_agent_extra="Terraform", retries={"total_max_attempts": 1})
    cloudwatch = session.client(
        "cloudwatch", endpoint_url=account.server.endpoint, verify=account.server.certificate, config=config
    )
    try:
        cloudwatch.put_metric_alarm(
            AlarmName="often", MetricName="m", Namespace="n", Period=60, EvaluationPeriods=1, Threshold=1,
            Statistic="Sum", ComparisonOperator="GreaterThanThreshold",
        )  # fmt: skip
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return ""


def test_what_comes_more_often_than_aws_takes_it_is_refused(account: Account) -> None:
    # So slow that the fourth call comes too soon on any machine, and then so fast that none does.
    for scale, taken in ((b"0.00001", ["", "", "", "Throttling"]), (b"1e9", [""] * 4), (b"0", [""] * 4)):
        assert account.server.ask("PUT", "/_tapeproof/rates", scale)[0] == 200
        assert [_alarm(account) for _ in range(4)] == taken
