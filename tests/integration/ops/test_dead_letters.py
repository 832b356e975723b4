"""Reading dead-letter queues without consuming them, and handing on what lies there."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.ops.dead_letters import read_dead_letters, redrive
from tapeproof.ops.errors import OperationError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:lambda-trade-test"


class Functions:
    """Functions that succeed, or fail for the events they are told to."""

    def __init__(self, *failing: str) -> None:
        self.invoked: list[tuple[str, dict[str, Any]]] = []
        self._failing = failing

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803 - the SDK's names
        event = json.loads(Payload)
        self.invoked.append((FunctionName, event))
        if event["id"] in self._failing:
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorMessage": "no table"}')}
        return {"Payload": io.BytesIO(b"{}")}


@pytest.fixture(autouse=True)
def no_waiting(sqs: SQSClient) -> None:
    """Let nobody wait for messages that are on their way: in moto none is."""
    sqs.meta.events.register(
        "provide-client-params.sqs.ReceiveMessage", lambda params, **_: params | {"WaitTimeSeconds": 0}
    )


@pytest.fixture
def queues(sqs: SQSClient) -> dict[str, str]:
    return {purpose: sqs.create_queue(QueueName=f"queue-{purpose}-test")["QueueUrl"] for purpose in ("trade", "quote")}


def _event(event_id: str) -> dict[str, Any]:
    return {"id": event_id, "detail-type": "Trade", "source": "marketdata.kraken", "detail": {}}


def _record(event_id: str) -> str:
    context = {"functionArn": FUNCTION, "condition": "RetriesExhausted"}
    return json.dumps({"requestContext": context, "requestPayload": _event(event_id)})


def _depth(sqs: SQSClient, url: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    return sum(map(int, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()))


def test_reading_finds_every_message_and_leaves_it_visible(sqs: SQSClient, queues: dict[str, str]) -> None:
    for n in range(23):
        sqs.send_message(QueueUrl=queues["trade"], MessageBody=_record(f"event-{n}"))
    for _ in range(2):
        found = read_dead_letters(sqs, queues)
        assert sorted(letter.event_id or "" for letter in found) == sorted(f"event-{n}" for n in range(23))
    assert _depth(sqs, queues["trade"]) == 23
    assert sqs.receive_message(QueueUrl=queues["trade"])["Messages"]


@pytest.mark.parametrize("body", ["", "not JSON", "[]", "7", "null", '{"requestPayload": 3}', '{"id": 5}'])
def test_a_message_without_an_event_has_no_id_and_is_no_error(
    sqs: SQSClient, queues: dict[str, str], body: str
) -> None:
    sqs.send_message(QueueUrl=queues["trade"], MessageBody=body or " ")
    (letter,) = read_dead_letters(sqs, queues)
    assert letter.event_id is None
    assert letter.function_arn is None


def test_a_failure_record_goes_back_to_its_function_with_the_event_as_it_was(
    sqs: SQSClient, queues: dict[str, str]
) -> None:
    sqs.send_message(QueueUrl=queues["trade"], MessageBody=_record("event-1"))
    functions = Functions()
    done = redrive(sqs, functions, queues, {})  # type: ignore[arg-type]
    assert functions.invoked == [(FUNCTION, _event("event-1"))]
    assert (done.invoked, done.requeued, done.kept) == (1, 0, [])
    assert _depth(sqs, queues["trade"]) == 0


def test_what_fails_again_stays_and_is_named_and_the_others_go(sqs: SQSClient, queues: dict[str, str]) -> None:
    for n in range(12):
        sqs.send_message(QueueUrl=queues["trade"], MessageBody=_record(f"event-{n}"))
    done = redrive(sqs, Functions("event-3", "event-7"), queues, {})  # type: ignore[arg-type]
    assert done.invoked == 10
    assert sorted(letter.event_id or "" for letter, _ in done.kept) == ["event-3", "event-7"]
    assert all("no table" in why for _, why in done.kept)
    assert sorted(letter.event_id or "" for letter in read_dead_letters(sqs, queues)) == ["event-3", "event-7"]


def test_a_queues_message_goes_back_into_the_queue_it_came_from(sqs: SQSClient, queues: dict[str, str]) -> None:
    arn = sqs.get_queue_attributes(QueueUrl=queues["quote"], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 3})
    source = sqs.create_queue(QueueName="queue-quote-buffer-test", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    sqs.send_message(QueueUrl=queues["quote"], MessageBody=json.dumps(_event("event-1")))
    done = redrive(sqs, Functions(), queues, {"quote": source})  # type: ignore[arg-type]
    assert (done.invoked, done.requeued) == (0, 1)
    (message,) = sqs.receive_message(QueueUrl=source)["Messages"]
    assert json.loads(message["Body"]) == _event("event-1")


@pytest.mark.parametrize("to_function", [True, False])
def test_what_eventbridge_could_not_hand_over_goes_to_the_target_it_names(
    sqs: SQSClient, queues: dict[str, str], *, to_function: bool
) -> None:
    buffer = sqs.create_queue(QueueName="queue-book-test")["QueueUrl"]
    target = FUNCTION if to_function else "arn:aws:sqs:us-east-1:123456789012:queue-book-test"
    sqs.send_message(
        QueueUrl=queues["trade"],
        MessageBody=json.dumps(_event("event-1")),
        MessageAttributes={"TARGET_ARN": {"DataType": "String", "StringValue": target}},
    )
    functions = Functions()
    done = redrive(sqs, functions, queues, {})  # type: ignore[arg-type]
    assert (done.invoked, done.requeued) == ((1, 0) if to_function else (0, 1))
    assert len(functions.invoked) == to_function
    assert _depth(sqs, buffer) == (0 if to_function else 1)


def test_a_message_that_names_nobody_stays(sqs: SQSClient, queues: dict[str, str]) -> None:
    sqs.send_message(QueueUrl=queues["trade"], MessageBody="what is this")
    done = redrive(sqs, Functions(), queues, {})  # type: ignore[arg-type]
    ((_, why),) = done.kept
    assert why == "it names neither a function nor a queue"
    assert _depth(sqs, queues["trade"]) == 1


def test_a_queue_that_is_not_there_is_named(sqs: SQSClient) -> None:
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/queue-of-nobody"
    with pytest.raises(OperationError, match="queue-of-nobody"):
        read_dead_letters(sqs, {"trade": url})


def test_an_envelope_that_eventbridge_encrypted_stays_and_no_function_sees_it(
    sqs: SQSClient, queues: dict[str, str]
) -> None:
    envelope = _event("event-1") | {"source": "aws.events", "detail-type": "Encrypted Events"}
    envelope["detail"] = {
        "event-bus-arn": "arn:aws:events:us-east-1:123456789012:event-bus/b",
        "encrypted-payload": "AYABeA",
    }
    sqs.send_message(
        QueueUrl=queues["trade"],
        MessageBody=json.dumps(envelope),
        MessageAttributes={"TARGET_ARN": {"DataType": "String", "StringValue": FUNCTION}},
    )
    functions = Functions()
    done = redrive(sqs, functions, queues, {})  # type: ignore[arg-type]
    ((_, why),) = done.kept
    assert why.startswith("it is encrypted")
    assert functions.invoked == []
    assert _depth(sqs, queues["trade"]) == 1
