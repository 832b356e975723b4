"""What fails is kept, can be handed on again, and is recorded once.

ministack 1.5.33 neither retries nor dead-letters a function that EventBridge invokes; it does both for an asynchronous
Invoke, but applies only the configuration of the unpublished version. So retries and destination are tested through
Invoke, on that version, with the configuration of the alias that EventBridge invokes.
"""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.ops.audit_tail import OUTCOMES, Audited, AuditTail
from tapeproof.ops.dead_letters import read_dead_letters
from tapeproof.ops.publication import prepare
from tapeproof.ops.session import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tapeproof.local.lifecycle import LocalStack
    from tapeproof.ops.publication import Publication

pytestmark = pytest.mark.embedded_aws


@dataclass
class Deliveries:
    """Hands single events to functions and queues, and knows what the audit table says about them."""

    stack: LocalStack
    tail: AuditTail
    seen: list[Audited] = field(default_factory=list)

    def invoke(self, route: str, event: dict[str, Any], kind: str = "RequestResponse") -> str | None:
        """Invoke a route's function and return the error's kind, None when it succeeded."""
        answer = self.stack.target.client("lambda").invoke(
            FunctionName=self.stack.outputs().function_names[route],
            InvocationType=kind,
            Payload=json.dumps(event).encode(),
        )
        error: str | None = answer.get("FunctionError")
        return error

    def outcomes(self, event_ids: Iterable[str], *, enough: int, within_s: float = 15) -> list[str]:
        """Return the outcomes of events, waiting until there are enough or the time is over."""
        wanted = set(event_ids)
        give_up = time.monotonic() + within_s
        while True:
            self.seen += self.tail.poll()
            found = [audited.act for audited in self.seen if audited.evt in wanted and audited.act in OUTCOMES]
            if len(found) >= enough or time.monotonic() > give_up:
                return found
            time.sleep(0.1)

    def dead(self, purpose: str) -> list[str | None]:
        """Return the ids of the events in a dead-letter queue."""
        urls = self.stack.outputs().dlq_urls
        return [
            letter.event_id for letter in read_dead_letters(self.stack.target.client("sqs"), {purpose: urls[purpose]})
        ]

    def await_dead(self, purpose: str, event_id: str, within_s: float = 30) -> bool:
        give_up = time.monotonic() + within_s
        while time.monotonic() < give_up:
            if event_id in self.dead(purpose):
                return True
            time.sleep(0.3)
        return False


@pytest.fixture
def deliveries(applied_stack: LocalStack) -> Deliveries:
    table = applied_stack.outputs().audit_table_name
    return Deliveries(applied_stack, AuditTail(applied_stack.target.client("dynamodb"), table, time.time_ns()))


def _publications(detail_type: str, count: int) -> list[Publication]:
    """Return events that no other test has published: the session is seeded by the clock."""
    script = session(time.time_ns(), time.time_ns(), 1_000 * count)
    all_types = (prepare(0, scheduled.message) for scheduled in script if scheduled.kind == "market")
    wanted = (publication for publication in all_types if publication.planned.detail_type == detail_type)
    found = list(islice(wanted, count))
    assert len(found) == count
    return found


def _event(publication: Publication) -> dict[str, Any]:
    """Return the event that EventBridge would hand to its target."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": publication.planned.detail_type,
        "source": publication.source,
        "account": "000000000000",
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "region": "us-east-1",
        "resources": [],
        "detail": json.loads(publication.detail),
    }


@contextlib.contextmanager
def _failing(stack: LocalStack, route: str) -> Iterator[None]:
    """Make a function raise: it may not write anything while this lasts."""
    iam, role = stack.target.client("iam"), stack.outputs().role_arns[route].rsplit("/", 1)[-1]
    deny = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "dynamodb:PutItem", "Resource": "*"}]}
    iam.put_role_policy(RoleName=role, PolicyName="outage", PolicyDocument=json.dumps(deny))
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="outage")


@pytest.fixture
def asynchronous_config(applied_stack: LocalStack) -> Iterator[dict[str, Any]]:
    """The configuration of the alias that EventBridge invokes, put on the version that ministack looks at."""
    client, name = applied_stack.target.client("lambda"), applied_stack.outputs().function_names["trade"]
    (alias,) = client.list_aliases(FunctionName=name)["Aliases"]
    config = client.get_function_event_invoke_config(FunctionName=name, Qualifier=alias["Name"])
    client.put_function_event_invoke_config(
        FunctionName=name,
        MaximumRetryAttempts=config["MaximumRetryAttempts"],
        MaximumEventAgeInSeconds=config["MaximumEventAgeInSeconds"],
        DestinationConfig=config["DestinationConfig"],
    )
    yield config
    client.delete_function_event_invoke_config(FunctionName=name)


def test_a_handler_that_raises_ends_in_the_failure_queue_after_its_retries_and_is_redriven_to_recorded(
    applied_stack: LocalStack,
    deliveries: Deliveries,
    local_command: Callable[..., int],
    asynchronous_config: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert asynchronous_config["MaximumRetryAttempts"] == 2
    event = _event(*_publications("Trade", 1))
    since_ms = int(time.time() * 1000)
    with _failing(applied_stack, "trade"):
        deliveries.invoke("trade", event, "Event")
        assert deliveries.await_dead("trade", event["id"])
        assert deliveries.outcomes([event["id"]], enough=1, within_s=0) == []
        assert _failures(applied_stack, "trade", since_ms) == 3
        assert local_command("redrive", "--queue", "trade") == 1
        assert "stays in trade" in capsys.readouterr().out
        assert event["id"] in deliveries.dead("trade")
    assert local_command("redrive", "--queue", "trade") == 0
    assert deliveries.outcomes([event["id"]], enough=1) == ["RECORDED"]
    assert event["id"] not in deliveries.dead("trade")


def _failures(stack: LocalStack, route: str, since_ms: int) -> int:
    """Return how many invocations of a function ended with an error since a time."""
    group = f"/aws/lambda/{stack.outputs().function_names[route]}"
    pages = stack.target.client("logs").get_paginator("filter_log_events")
    lines = [
        event["message"] for page in pages.paginate(logGroupName=group, startTime=since_ms) for event in page["events"]
    ]
    return sum("Traceback" in line for line in lines)


def test_a_second_delivery_stays_a_duplicate(deliveries: Deliveries) -> None:
    event = _event(*_publications("Trade", 1))
    for _ in range(3):
        assert deliveries.invoke("trade", event) is None
    assert sorted(deliveries.outcomes([event["id"]], enough=3)) == ["DUPLICATE", "DUPLICATE", "RECORDED"]


def test_a_producers_retry_under_a_new_event_id_stays_a_duplicate(deliveries: Deliveries) -> None:
    (publication,) = _publications("Trade", 1)
    first, second = _event(publication), _event(publication)
    assert deliveries.invoke("trade", first) is None
    assert deliveries.invoke("trade", second) is None
    assert deliveries.outcomes([first["id"]], enough=1) == ["RECORDED"]
    assert deliveries.outcomes([second["id"]], enough=1) == ["DUPLICATE"]


def test_one_bad_message_of_a_batch_fails_alone(applied_stack: LocalStack, deliveries: Deliveries) -> None:
    good = [_event(publication) for publication in _publications("Quote", 4)]
    bad = _event(*_publications("Quote", 1))
    bad["detail"]["raw"] = bad["detail"]["raw"][:-10]
    queue = applied_stack.outputs().queue_urls["quote"]
    batch = [*good[:2], bad, *good[2:]]
    applied_stack.target.client("sqs").send_message_batch(
        QueueUrl=queue,
        Entries=[{"Id": str(index), "MessageBody": json.dumps(event)} for index, event in enumerate(batch)],
    )
    assert deliveries.outcomes([event["id"] for event in good], enough=4) == ["RECORDED"] * 4
    assert deliveries.outcomes([bad["id"]], enough=1) == ["REJECTED"]
    assert _empties(applied_stack, queue)
    assert len(deliveries.outcomes([event["id"] for event in batch], enough=6, within_s=1)) == 5


def test_messages_of_a_failing_batch_end_in_the_failure_queue_and_are_redriven_to_recorded(
    applied_stack: LocalStack, deliveries: Deliveries, local_command: Callable[..., int]
) -> None:
    sqs, queue = applied_stack.target.client("sqs"), applied_stack.outputs().queue_urls["quote"]
    event = _event(*_publications("Quote", 1))
    usual = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    # Each of the deliveries waits for the message to be shown again: minutes on AWS, a second here.
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    try:
        with _failing(applied_stack, "quote"):
            sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(event))
            assert deliveries.await_dead("quote", event["id"], within_s=60)
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=usual)
    assert deliveries.outcomes([event["id"]], enough=1, within_s=0) == []
    assert local_command("redrive", "--queue", "quote") == 0
    assert deliveries.outcomes([event["id"]], enough=1) == ["RECORDED"]
    assert deliveries.dead("quote") == []


def test_an_event_that_eventbridge_could_not_hand_over_is_redriven_to_its_function(
    applied_stack: LocalStack, deliveries: Deliveries, local_command: Callable[..., int]
) -> None:
    outputs = applied_stack.outputs()
    event = _event(*_publications("Trade", 1))
    target = f"arn:aws:lambda:us-east-1:000000000000:function:{outputs.function_names['trade']}"
    applied_stack.target.client("sqs").send_message(
        QueueUrl=outputs.dlq_urls["trade-target"],
        MessageBody=json.dumps(event),
        MessageAttributes={"TARGET_ARN": {"DataType": "String", "StringValue": target}},
    )
    assert local_command("redrive") == 0
    assert deliveries.outcomes([event["id"]], enough=1) == ["RECORDED"]
    assert deliveries.dead("trade-target") == []


def test_a_dead_letter_that_says_nothing_is_kept_and_named(
    applied_stack: LocalStack, local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    sqs, queue = applied_stack.target.client("sqs"), applied_stack.outputs().dlq_urls["bus"]
    sqs.send_message(QueueUrl=queue, MessageBody="not an event")
    try:
        assert local_command("redrive", "--queue", "bus") == 1
        assert "it names neither a function nor a queue" in capsys.readouterr().out
        assert _depth(applied_stack, queue) == 1
    finally:
        sqs.purge_queue(QueueUrl=queue)


def test_a_queue_that_does_not_exist_is_refused_with_the_names_of_those_that_do(
    local_command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert local_command("redrive", "--queue", "trades") == 1
    said = capsys.readouterr().err
    assert "trades" in said
    assert "trade-target" in said


def _empties(stack: LocalStack, queue: str, within_s: float = 20) -> bool:
    """Return whether a queue is empty soon: Lambda deletes a batch after its function has answered."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        if _depth(stack, queue) == 0:
            return True
        time.sleep(0.1)
    return False


def _depth(stack: LocalStack, queue: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = stack.target.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    return sum(int(count) for count in counts.values())
