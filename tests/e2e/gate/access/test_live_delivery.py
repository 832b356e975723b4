"""Break one hop of the applied stack: `gate delivery --live` names that hop, and no other.

`make test` breaks all of them at once, each on a way of its own, and reads the account once; `make soak` one by one.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.access.delivery.listing import exit_status
from tapeproof.gate.frontends.hcl.reader import read as read_source
from tapeproof.gate.frontends.live import read as read_live
from tapeproof.local.terraform_run import CONFIGURATION, VARIABLES
from tests.e2e.gate.access.account import ACCOUNT, REGION, Account
from tests.e2e.gate.access.single_grants import grants_of, remove_grant
from tests.e2e.gate.conftest import Session
from tests.effort import SOAKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.engine.model import Stack
    from tapeproof.local.lifecycle import LocalStack

pytestmark = pytest.mark.embedded_aws

BUS = "bus-market-data-local"
Stopped = tuple[str, str, str, str]
"""Where a hop comes from, where it goes to, whether events or failures go there, and the code of the reason."""


@pytest.fixture(scope="module")
def account(applied_stack: LocalStack) -> Account:
    return Account(applied_stack)


def own_name(address: str) -> str:
    """Return the name at the end of an ARN or a URL, rules without what their pattern adds to it."""
    name = address.replace("/", ":").rpartition(":")[2]
    return "-".join(name.split("-")[:2]) if name.startswith("rule-") else name


def stops_of(stack: Stack) -> set[Stopped]:
    return {
        (own_name(hop.origin), own_name(hop.end), hop.purpose, stop.code)
        for hop in hops_of(stack)
        for stop in hop.stops
    }


class Break(NamedTuple):
    """A way to stop events.

    Attributes:
        make: Does it for a while.
        stopped: The hops on which they stop then.
    """

    make: Callable[[Account], contextlib.AbstractContextManager[None]]
    stopped: set[Stopped]


@contextlib.contextmanager
def rule_off(account: Account) -> Iterator[None]:
    events, name = account.client("events"), find_rule(account, "book")
    events.disable_rule(Name=name, EventBusName=BUS)
    try:
        yield
    finally:
        events.enable_rule(Name=name, EventBusName=BUS)


def find_rule(account: Account, route: str) -> str:
    (rule,) = account.client("events").list_rules(EventBusName=BUS, NamePrefix=f"rule-{route}-")["Rules"]
    return str(rule["Name"])


@contextlib.contextmanager
def target_taken_away(account: Account) -> Iterator[None]:
    events, on = account.client("events"), {"Rule": find_rule(account, "quarantine"), "EventBusName": BUS}
    targets = events.list_targets_by_rule(**on)["Targets"]
    events.remove_targets(Ids=[target["Id"] for target in targets], **on)
    try:
        yield
    finally:
        events.put_targets(Targets=targets, **on)


@contextlib.contextmanager
def permission_taken_away(account: Account) -> Iterator[None]:
    functions, on = account.client("lambda"), {"FunctionName": "lambda-trade-local", "Qualifier": "alias-live-local"}
    (statement,) = json.loads(functions.get_policy(**on)["Policy"])["Statement"]
    functions.remove_permission(StatementId=statement["Sid"], **on)
    try:
        yield
    finally:
        functions.add_permission(
            StatementId=statement["Sid"],
            Action=statement["Action"],
            Principal=statement["Principal"]["Service"],
            SourceArn=statement["Condition"]["ArnLike"]["AWS:SourceArn"],
            SourceAccount=ACCOUNT,
            **on,
        )


@contextlib.contextmanager
def queue_with(account: Account, queue: str, **changed: str) -> Iterator[None]:
    """Give a queue other attributes for a while."""
    sqs, url = account.client("sqs"), f"{account.server.endpoint}/{ACCOUNT}/{queue}"
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes=changed)
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={name: before.get(name, "") for name in changed})


def denied_at(queue: str) -> Callable[[Account], contextlib.AbstractContextManager[None]]:
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"
    statements = [
        {"Effect": effect, "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
        for effect in ("Allow", "Deny")
    ]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return lambda account: queue_with(account, queue, Policy=policy)


def not_admitted_at(queue: str) -> Callable[[Account], contextlib.AbstractContextManager[None]]:
    """Take away all that a queue's policy allows."""

    def make(account: Account) -> contextlib.AbstractContextManager[None]:
        url = f"{account.server.endpoint}/{ACCOUNT}/{queue}"
        kept = account.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]
        policy = json.loads(kept["Policy"])
        for grant in grants_of(policy):
            policy = remove_grant(policy, grant)
        return queue_with(account, queue, Policy=json.dumps(policy))

    return make


def role_without(role: str, *actions: str) -> Callable[[Account], contextlib.AbstractContextManager[None]]:
    """Take actions away from a role, on whatever resource."""

    def make(account: Account) -> contextlib.AbstractContextManager[None]:
        ((name, policy),) = account.role_policies(role).items()
        for statement in policy["Statement"]:
            statement["Action"] = [action for action in statement["Action"] if action not in actions]
        policy["Statement"] = [statement for statement in policy["Statement"] if statement["Action"]]
        return account.holding(role, name, policy)

    return make


@contextlib.contextmanager
def topic_shut(account: Account) -> Iterator[None]:
    sns, arn = account.client("sns"), f"arn:aws:sns:{REGION}:{ACCOUNT}:topic-page-local"
    before = sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"]
    policy = json.loads(before)
    policy["Statement"] = [one for one in policy["Statement"] if one["Effect"] == "Deny"]
    sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(policy))
    try:
        yield
    finally:
        sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=before)


@contextlib.contextmanager
def mapping_off(account: Account) -> Iterator[None]:
    functions = account.client("lambda")
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:queue-status-local"
    (mapping,) = functions.list_event_source_mappings(EventSourceArn=arn)["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        yield
    finally:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


@contextlib.contextmanager
def schedule_untrusted(account: Account) -> Iterator[None]:
    role = "role-schedule-seal-local"
    trust = account.client("iam").get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    (statement,) = trust["Statement"]
    other = {**statement, "Principal": {"Service": "events.amazonaws.com"}}
    with account.trusting(role, {**trust, "Statement": [other]}):
        yield


PAGED = ("alarm-audit-at-risk-local", "alarm-events-at-risk-local", "alarm-notifications-alarms-local")
BREAKS = {
    "a rule that is off": Break(rule_off, {(BUS, "rule-book", "delivery", "off")}),
    "a target that is taken away": Break(target_taken_away, {(BUS, "rule-quarantine", "delivery", "no target")}),
    "a permission that is taken away": Break(
        permission_taken_away, {("rule-trade", "lambda-trade-local", "delivery", "no permission")}
    ),
    "a Deny in a queue's policy": Break(
        denied_at("queue-quote-local"), {("rule-quote", "queue-quote-local", "delivery", "denied")}
    ),
    "a dead-letter queue that does not admit its rule": Break(
        not_admitted_at("queue-status-target-dlq-local"),
        {("rule-status", "queue-status-target-dlq-local", "failure", "policy")},
    ),
    "a dead-letter queue that does not admit its bus": Break(
        not_admitted_at("queue-bus-dlq-local"), {(BUS, "queue-bus-dlq-local", "failure", "policy")}
    ),
    "a dead-letter queue that denies its source": Break(
        lambda account: queue_with(
            account, "queue-book-dlq-local", RedriveAllowPolicy=json.dumps({"redrivePermission": "denyAll"})
        ),
        {("queue-book-local", "queue-book-dlq-local", "failure", "redrive refused")},
    ),
    "a role that may not keep failures": Break(
        role_without("role-lambda-quote-local", "sqs:SendMessage"),
        {("lambda-quote-local", "queue-quote-dlq-local", "failure", "role")},
    ),
    "a role that may not write its log": Break(
        role_without("role-lambda-sealer-local", "logs:PutLogEvents"),
        {("lambda-sealer-local", "its log group", "delivery", "log")},
    ),
    "a role that may not read its queue": Break(
        role_without("role-lambda-trade-local", "sqs:ReceiveMessage"),
        {("queue-trade-local", "lambda-trade-local", "delivery", "role")},
    ),
    "a mapping that is off": Break(mapping_off, {("queue-status-local", "lambda-status-local", "delivery", "off")}),
    "a message that is shown again too soon": Break(
        lambda account: queue_with(account, "queue-quote-local", VisibilityTimeout="1"),
        {("queue-quote-local", "lambda-quote-local", "delivery", "visible")},
    ),
    "a role that the scheduler may not take": Break(
        schedule_untrusted,
        {
            ("schedule-seal-local", "lambda-sealer-local", "delivery", "trust"),
        },
    ),
    "a topic that does not admit its alarms": Break(
        topic_shut, {(alarm, "topic-page-local", "delivery", "policy") for alarm in PAGED}
    ),
}


def read(stack: LocalStack) -> Stack:
    session = Session(stack.target)
    return read_live(region=session.region_name, suffix="local", session=session)


def test_every_hop_of_the_source_is_found_in_the_account_and_arrives(live: Stack) -> None:
    source = read_source(CONFIGURATION, var_files=[VARIABLES])

    def kinds(stack: Stack) -> list[tuple[str, str]]:
        return sorted((hop.sender.type, hop.purpose) for hop in hops_of(stack))

    assert kinds(live) == kinds(source)
    assert stops_of(live) == set()
    assert exit_status(hops_of(live)) == 0


@pytest.mark.skipif(SOAKING, reason="each is broken by itself")
def test_each_hop_that_is_broken_is_named_and_no_other(applied_stack: LocalStack, account: Account) -> None:
    with contextlib.ExitStack() as broken:
        for one in BREAKS.values():
            broken.enter_context(one.make(account))
        stack = read(applied_stack)
    assert stops_of(stack) == {stopped for one in BREAKS.values() for stopped in one.stopped}
    assert exit_status(hops_of(stack)) == 1


@pytest.mark.skipif(not SOAKING, reason="all are broken at once")
@pytest.mark.parametrize("name", BREAKS)
def test_a_hop_that_is_broken_is_named_and_no_other(applied_stack: LocalStack, account: Account, name: str) -> None:
    with BREAKS[name].make(account):
        stack = read(applied_stack)
    assert stops_of(stack) == BREAKS[name].stopped


@pytest.mark.skipif(not SOAKING, reason="the account is read once where all are broken at once")
def test_afterwards_everything_arrives_again(applied_stack: LocalStack) -> None:
    assert stops_of(read(applied_stack)) == set()
