"""Reads every dead-letter queue of the stack without consuming it, and redrives what lies there.

Three kinds of messages end in these queues: a function's on-failure record (the event inside `requestPayload`), a
queue message that was received too often (its body is the event), and an event that EventBridge could not hand over
(the event, with the rule and the target as message attributes).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tapeproof.ops.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

__all__ = ["DeadLetter", "Redriven", "read_dead_letters", "redrive"]

HIDDEN_S = 60
"""How long a reading hides messages from other readers, at most: they are shown again as soon as it is done."""
BATCH = 10
EMPTY_READS = 2
SHOWN = 300


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message in a dead-letter queue.

    Args:
        purpose: Which of the stack's queues it lies in.
        queue_url: That queue.
        message_id: The message's id.
        receipt: The handle to delete it with, or to show it again.
        body: The message's text.
        attributes: Its attributes, such as `TARGET_ARN` of an event that could not be handed over.
    """

    purpose: str
    queue_url: str
    message_id: str
    receipt: str
    body: str
    attributes: Mapping[str, str]

    @property
    def document(self) -> dict[str, Any]:
        """The message's text as a document; empty when it is none."""
        try:
            document = json.loads(self.body)
        except ValueError:
            return {}
        return document if isinstance(document, dict) else {}

    @property
    def payload(self) -> object:
        """What the function was, or should have been, invoked with."""
        return self.document.get("requestPayload", self.document)

    @property
    def is_encrypted(self) -> bool:
        """Whether it is EventBridge's envelope around an event that it could not decrypt, or not encrypt again.

        "Decrypting events in EventBridge dead-letter queues", EventBridge User Guide.
        """
        payload = self.payload
        detail = payload.get("detail") if isinstance(payload, dict) else None
        return isinstance(detail, dict) and "encrypted-payload" in detail

    @property
    def event_id(self) -> str | None:
        """The EventBridge event's id, when the message holds one."""
        payload = self.payload
        found = payload.get("id") if isinstance(payload, dict) else None
        return found if isinstance(found, str) else None

    @property
    def function_arn(self) -> str | None:
        """The function that the message failed in, or should have reached; None when it came from a queue."""
        context = self.document.get("requestContext")
        named = context.get("functionArn") if isinstance(context, dict) else self.attributes.get("TARGET_ARN")
        return str(named) if named and ":function:" in str(named) else None


@dataclass(slots=True)
class Redriven:
    """What a redrive did: how many messages went back, and what could not and why."""

    invoked: int = 0
    requeued: int = 0
    kept: list[tuple[DeadLetter, str]] = field(default_factory=list)


def read_dead_letters(sqs: SQSClient, queues: Mapping[str, str]) -> list[DeadLetter]:
    """Return every message of the dead-letter queues and leave them there.

    Args:
        sqs: The client to read with.
        queues: Queue address by purpose.

    Raises:
        OperationError: A queue cannot be read.
    """
    found: list[DeadLetter] = []
    for purpose, url in queues.items():
        letters = list(_receive(sqs, purpose, url))
        _show_again(sqs, url, letters)
        found.extend(letters)
    return found


def redrive(sqs: SQSClient, functions: LambdaClient, queues: Mapping[str, str], sources: Mapping[str, str]) -> Redriven:
    """Hand every dead letter to where it was going, and only then delete it.

    A message that came from a queue goes back into that queue; for every other the function it failed in is invoked
    with the event as it was, so that the event keeps its id. The invocation is synchronous: a message whose event
    fails again stays where it is. Handing over twice is harmless, the second delivery is a DUPLICATE.

    Args:
        sqs: The client for the queues.
        functions: The client for the functions.
        queues: Dead-letter queue address by purpose.
        sources: Addresses of the queues that feed functions; each one's redrive policy names its dead-letter queue.

    Returns:
        The counts, and each message that stays with the reason.
    """
    done = Redriven()
    origins = _origins(sqs, sources)
    for purpose, url in queues.items():
        origin = origins.get(_arn(sqs, url))
        # Each is handed over as it is read: a long queue shows its first messages again before its last one is read.
        stay = [
            letter for letter in _receive(sqs, purpose, url) if not _hand_over(letter, sqs, functions, origin, done)
        ]
        _show_again(sqs, url, stay)
    return done


def _hand_over(letter: DeadLetter, sqs: SQSClient, functions: LambdaClient, origin: str | None, done: Redriven) -> bool:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a quarter of a second to load

    try:
        _readable(letter)
        if letter.function_arn:
            _invoke(functions, letter)
            done.invoked += 1
        else:
            _requeue(sqs, letter, origin)
            done.requeued += 1
        sqs.delete_message(QueueUrl=letter.queue_url, ReceiptHandle=letter.receipt)
    except (BotoCoreError, ClientError, _StaysError) as error:
        done.kept.append((letter, str(error)))
        return False
    return True


class _StaysError(Exception):
    """A message cannot be handed over."""


def _readable(letter: DeadLetter) -> None:
    # A function would take the envelope for a malformed event, and the event itself would be gone.
    if letter.is_encrypted:
        raise _StaysError("it is encrypted: decrypt it (docs/runbook.md), or let the publisher send it again")


def _invoke(functions: LambdaClient, letter: DeadLetter) -> None:
    answer = functions.invoke(FunctionName=letter.function_arn or "", Payload=json.dumps(letter.payload).encode())
    said = answer["Payload"].read().decode(errors="replace")
    if answer.get("FunctionError"):
        raise _StaysError(f"{letter.function_arn} failed again: {said[:SHOWN]}")


def _requeue(sqs: SQSClient, letter: DeadLetter, origin: str | None) -> None:
    target = letter.attributes.get("TARGET_ARN", "")
    if origin is None and ":sqs:" in target:
        origin = sqs.get_queue_url(QueueName=target.rsplit(":", 1)[-1])["QueueUrl"]
    if origin is None:
        raise _StaysError("it names neither a function nor a queue")
    sqs.send_message(QueueUrl=origin, MessageBody=letter.body)


def _origins(sqs: SQSClient, sources: Mapping[str, str]) -> dict[str, str]:
    origins = {}
    for url in sources.values():
        policy = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"]).get("Attributes", {})
        if "RedrivePolicy" in policy:
            origins[str(json.loads(policy["RedrivePolicy"])["deadLetterTargetArn"])] = url
    return origins


def _arn(sqs: SQSClient, url: str) -> str:
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def _receive(sqs: SQSClient, purpose: str, url: str) -> Iterator[DeadLetter]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a quarter of a second to load

    empty, seen = 0, set[str]()
    try:
        if not _approximate_depth(sqs, url):
            return
        while empty < EMPTY_READS:
            answer = sqs.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=BATCH,
                VisibilityTimeout=HIDDEN_S,
                WaitTimeSeconds=empty,
                MessageAttributeNames=["All"],
            )
            # What stays is shown again while the rest is read; it is nothing new.
            messages = [one for one in answer.get("Messages", []) if one["MessageId"] not in seen]
            seen.update(one["MessageId"] for one in messages)
            empty = 0 if messages else empty + 1
            for message in messages:
                attributes = {
                    name: value.get("StringValue", "") for name, value in message.get("MessageAttributes", {}).items()
                }
                yield DeadLetter(
                    purpose, url, message["MessageId"], message["ReceiptHandle"], message["Body"], attributes
                )
    except (BotoCoreError, ClientError) as error:
        raise OperationError(f"{url}: the dead-letter queue {purpose} cannot be read", why=str(error)) from error


def _approximate_depth(sqs: SQSClient, url: str) -> int:
    names: list[Any] = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return sum(int(count) for count in counts.values())


def _show_again(sqs: SQSClient, url: str, letters: Sequence[DeadLetter]) -> None:
    for start in range(0, len(letters), BATCH):
        entries = [
            {"Id": str(index), "ReceiptHandle": letter.receipt, "VisibilityTimeout": 0}
            for index, letter in enumerate(letters[start : start + BATCH])
        ]
        sqs.change_message_visibility_batch(QueueUrl=url, Entries=entries)  # type: ignore[arg-type]
