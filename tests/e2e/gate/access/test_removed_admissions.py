"""Take away what lets a service in: the embedded AWS delivers, or not, as the model of permission says.

The policies are those of the applied stack's queues, topics and functions, and the events go through rules and alarms
of the names that they admit. All of it is made a second time in another region, so that the stack stays as it is.
"""

from __future__ import annotations

import contextlib
import io
import json
import time
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tapeproof.gate.access.cases import read_request_case
from tapeproof.gate.access.decision import Answer, decide
from tests.e2e.gate.access.account import ACCOUNT, REGION, Account, role_arn
from tests.e2e.gate.access.single_grants import grants_of, remove_grant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.lifecycle import LocalStack
    from tests.e2e.gate.access.single_grants import Document

pytestmark = pytest.mark.embedded_aws

ELSEWHERE = "eu-west-1"
WAITED_S = 20
BUS = "bus-market-data-local"
ROUTES = ("book", "quarantine", "quote", "status", "trade")
FILLED = tuple(f"queue-{route}-target-dlq-local" for route in ROUTES) + tuple(
    f"queue-{route}-local" for route in ROUTES if route != "quarantine"
)
CALLED = ("quarantine", "status", "trade")
NOT_ASKED = {"queue-bus-dlq-local": "ministack keeps nothing in the dead-letter queue of a bus"}


class Hop(NamedTuple):
    """What a service does to a resource."""

    service: str
    source: str
    action: str
    resource: str


def is_let_in(policy: Document, hop: Hop) -> bool:
    """Return what the model says of a service's call."""
    context = {"aws:SourceArn": hop.source, "aws:SourceAccount": ACCOUNT, "aws:SecureTransport": "true"}
    request = {"principal": {"kind": "service", "name": hop.service}, "action": hop.action, "resource": hop.resource}
    asked = {**request, "resource_account": ACCOUNT, "context": context}
    answer = decide(*read_request_case({"policies": {"resource": policy}, "request": asked}, hop.resource)).answer
    assert answer in {Answer.ALLOWED, Answer.DENIED}
    return answer is Answer.ALLOWED


class Region:
    """The same names in a region where nothing else is."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 is untyped here
        return self.account.client(service, region=ELSEWHERE)

    def move(self, policy: str) -> Document:
        """Return a policy of the stack for here."""
        moved: Document = json.loads(policy.replace(REGION, ELSEWHERE))
        return moved

    def arn(self, service: str, own: str) -> str:
        return f"arn:aws:{service}:{ELSEWHERE}:{ACCOUNT}:{own}"

    def url(self, queue: str) -> str:
        return str(self.client("sqs").get_queue_url(QueueName=queue)["QueueUrl"])

    def set_policy(self, queue: str, policy: Document | None) -> None:
        attributes = {"Policy": json.dumps(policy) if policy else ""}
        self.client("sqs").set_queue_attributes(QueueUrl=self.url(queue), Attributes=attributes)

    def take_all(self, queue: str, *, awaited: bool) -> list[dict[str, Any]]:
        """Take out what a queue holds; wait for it where something is owed."""
        sqs, url = self.client("sqs"), self.url(queue)
        answer = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            WaitTimeSeconds=WAITED_S if awaited else 0,
        )
        messages: list[dict[str, Any]] = answer.get("Messages", [])
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return messages

    def publish(self, route: str) -> None:
        """Send an event that only the rule of a route takes."""
        entry = {"EventBusName": BUS, "Source": route, "DetailType": "grant", "Detail": "{}"}
        assert self.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0


@pytest.fixture(scope="module")
def region(applied_stack: LocalStack) -> Iterator[Region]:
    region = Region(Account(applied_stack))
    events, sqs = region.client("events"), region.client("sqs")
    events.create_event_bus(Name=BUS)
    for name in (*FILLED, "queue-told"):
        sqs.create_queue(QueueName=name)
    yield region
    for group in region.client("logs").describe_log_groups()["logGroups"]:
        region.client("logs").delete_log_group(logGroupName=group["logGroupName"])
    for name in (*FILLED, "queue-told"):
        sqs.delete_queue(QueueUrl=region.url(name))
    events.delete_event_bus(Name=BUS)


@contextlib.contextmanager
def rule_to(region: Region, rule: str, target: dict[str, Any]) -> Iterator[None]:
    """Make a rule for a route's events with one target."""
    events, pattern = region.client("events"), json.dumps({"source": [rule.split("-")[1]]})
    events.put_rule(Name=rule, EventBusName=BUS, EventPattern=pattern)
    events.put_targets(Rule=rule, EventBusName=BUS, Targets=[{"Id": "one", **target}])
    try:
        yield
    finally:
        events.remove_targets(Rule=rule, EventBusName=BUS, Ids=["one"])
        events.delete_rule(Name=rule, EventBusName=BUS)


def find_rule(region: Region, route: str) -> str:
    """Return the name that the stack gave the rule of a route."""
    rules = region.account.client("events").list_rules(EventBusName=BUS, NamePrefix=f"rule-{route}-")["Rules"]
    (name,) = (rule["Name"] for rule in rules)
    return str(name)


def policy_of_queue(region: Region, queue: str) -> Document:
    """Return the policy of a queue of the stack, for here."""
    url = f"{region.account.server.endpoint}/{ACCOUNT}/{queue}"
    kept = region.account.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]
    return region.move(kept["Policy"])


def test_these_are_all_the_queues_that_admit_a_service(region: Region) -> None:
    sqs = region.account.client("sqs")
    names = [url.rpartition("/")[2] for url in sqs.list_queues()["QueueUrls"]]
    admitting = {
        name
        for name in names
        for grant in grants_of(policy_of_queue(region, name))
        if "Service" in grant.statement["Principal"]
    }
    assert admitting == {*FILLED, *NOT_ASKED}


@pytest.mark.parametrize("queue", FILLED)
def test_a_queue_is_filled_by_its_rule_for_as_long_as_it_admits_it(region: Region, queue: str) -> None:
    route = queue.split("-")[1]
    rule, whole = find_rule(region, route), policy_of_queue(region, queue)
    (grant,) = grants_of(whole)
    hop = Hop("events.amazonaws.com", region.arn("events", f"rule/{BUS}/{rule}"), grant.action, grant.resource)
    answers = []
    with rule_to(region, rule, {"Arn": region.arn("sqs", queue)}):
        for policy in (whole, remove_grant(whole, grant)):
            region.set_policy(queue, policy)
            region.publish(route)
            owed = is_let_in(policy, hop)
            answers.append((len(region.take_all(queue, awaited=owed)), owed))
    assert answers == [(1, True), (0, False)]


CODE = "def handler(event, context):\n    return None\n"


@contextlib.contextmanager
def function(region: Region, name: str, alias: str) -> Iterator[None]:
    """Make a function of a name that does nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("main.py", CODE)
    functions, role = region.client("lambda"), role_arn("role-lambda-trade-local")
    code = {"ZipFile": packed.getvalue()}
    functions.create_function(FunctionName=name, Role=role, Runtime="python3.12", Handler="main.handler", Code=code)
    version = functions.publish_version(FunctionName=name)["Version"]
    functions.create_alias(FunctionName=name, Name=alias, FunctionVersion=version)
    try:
        yield
    finally:
        functions.delete_function(FunctionName=name)


@pytest.mark.parametrize("route", CALLED)
def test_a_function_is_called_by_its_rule_for_as_long_as_it_admits_it(region: Region, route: str) -> None:
    name, alias, net = f"lambda-{route}-local", "alias-live-local", f"queue-{route}-target-dlq-local"
    rule, functions = find_rule(region, route), region.client("lambda")
    written = region.account.client("lambda").get_policy(FunctionName=name, Qualifier=alias)["Policy"]
    whole = region.move(written)
    (grant,) = grants_of(whole)
    source, arn = region.arn("events", f"rule/{BUS}/{rule}"), region.arn("lambda", f"function:{name}:{alias}")
    hop = Hop("events.amazonaws.com", source, grant.action, arn)
    region.set_policy(net, policy_of_queue(region, net))
    refused = []
    with (
        function(region, name, alias),
        rule_to(region, rule, {"Arn": arn, "DeadLetterConfig": {"Arn": region.arn("sqs", net)}}),
    ):
        functions.add_permission(
            FunctionName=name,
            Qualifier=alias,
            StatementId=grant.sid,
            Action=grant.action,
            Principal=grant.statement["Principal"]["Service"],
            SourceArn=grant.statement["Condition"]["ArnLike"]["AWS:SourceArn"],
            SourceAccount=ACCOUNT,
        )
        assert json.loads(functions.get_policy(FunctionName=name, Qualifier=alias)["Policy"]) == whole
        region.publish(route)
        refused.append((len(region.take_all(net, awaited=False)), not is_let_in(whole, hop)))
        functions.remove_permission(FunctionName=name, Qualifier=alias, StatementId=grant.sid)
        region.publish(route)
        letters = region.take_all(net, awaited=True)
        refused.append((len(letters), not is_let_in(remove_grant(whole, grant), hop)))
    assert refused == [(0, False), (1, True)]
    assert letters[0]["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "NO_PERMISSIONS"


@contextlib.contextmanager
def topic(region: Region, name: str) -> Iterator[str]:
    """Make a topic that tells a queue."""
    sns, arn, queue = region.client("sns"), region.arn("sns", name), region.arn("sqs", "queue-told")
    sns.create_topic(Name=name)
    statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
    condition = {"ArnEquals": {"aws:SourceArn": arn}}
    region.set_policy(
        "queue-told", {"Version": "2012-10-17", "Statement": [{**statement, "Resource": queue, "Condition": condition}]}
    )
    subscription = sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue)["SubscriptionArn"]
    try:
        yield arn
    finally:
        sns.unsubscribe(SubscriptionArn=subscription)
        sns.delete_topic(TopicArn=arn)


@contextlib.contextmanager
def alarm_to(region: Region, name: str, topic_arn: str) -> Iterator[None]:
    """Make an alarm that tells a topic."""
    cloudwatch = region.client("cloudwatch")
    of = {
        "Namespace": "N",
        "MetricName": "M",
        "Statistic": "Sum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 1.0,
    }
    cloudwatch.put_metric_alarm(
        AlarmName=name, AlarmActions=[topic_arn], ComparisonOperator="GreaterThanThreshold", **of
    )
    try:
        yield
    finally:
        cloudwatch.delete_alarms(AlarmNames=[name])


@pytest.mark.parametrize(
    ("name", "alarm"),
    [("topic-alarms-local", "alarm-any-local"), ("topic-page-local", "alarm-notifications-alarms-local")],
)
def test_a_topic_is_told_by_its_alarms_for_as_long_as_it_admits_them(region: Region, name: str, alarm: str) -> None:
    stack = region.account.client("sns")
    attributes = stack.get_topic_attributes(TopicArn=f"arn:aws:sns:{REGION}:{ACCOUNT}:{name}")["Attributes"]
    whole = region.move(attributes["Policy"])
    (grant,) = grants_of(whole)
    hop = Hop("cloudwatch.amazonaws.com", region.arn("cloudwatch", f"alarm:{alarm}"), grant.action, grant.resource)
    answers = []
    with topic(region, name) as arn, alarm_to(region, alarm, arn):
        for policy in (whole, remove_grant(whole, grant)):
            region.client("sns").set_topic_attributes(
                TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(policy)
            )
            for state in ("OK", "ALARM"):
                region.client("cloudwatch").set_alarm_state(AlarmName=alarm, StateValue=state, StateReason="a test")
            owed = is_let_in(policy, hop)
            time.sleep(0 if owed else 0.2)  # a message that should not come has that long to come nevertheless
            answers.append((len(region.take_all("queue-told", awaited=owed)), owed))
    assert answers == [(1, True), (0, False)]
