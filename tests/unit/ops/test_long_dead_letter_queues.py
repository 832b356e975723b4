"""Dead-letter queues that take longer to read than a reading hides their messages."""

from __future__ import annotations

import io
import itertools
import json
from typing import Any

import pytest

from tapeproof.ops.dead_letters import read_dead_letters, redrive

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/queue-trade-dlq-test"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:lambda-trade-test"


def _record(event_id: str) -> str:
    return json.dumps({"requestContext": {"functionArn": FUNCTION}, "requestPayload": {"id": event_id}})


class HastyQueue:
    """A queue that shows what it handed out again after a few further readings."""

    def __init__(self, messages: int, *, hidden_for: int) -> None:
        self.bodies = {f"m{n}": _record(f"e{n}") for n in range(messages)}
        self._hidden_for, self._readings = hidden_for, 0
        self._visible_at = dict.fromkeys(self.bodies, 0)

    def get_queue_attributes(self, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - the SDK's own shape
        names = asked["AttributeNames"]
        return {"Attributes": {name: "arn" if name == "QueueArn" else str(len(self.bodies)) for name in names}}

    def receive_message(self, **_: Any) -> dict[str, Any]:  # noqa: ANN401 - the SDK's own shape
        self._readings += 1
        if self._readings > 1000:
            pytest.fail("it is read without end")
        visible = (name for name in self.bodies if self._visible_at[name] <= self._readings)
        taken = list(itertools.islice(visible, 10))
        self._visible_at |= dict.fromkeys(taken, self._readings + self._hidden_for)
        return {"Messages": [{"MessageId": n, "ReceiptHandle": n, "Body": self.bodies[n]} for n in taken]}

    def delete_message(self, **asked: Any) -> None:  # noqa: ANN401 - the SDK's own shape
        del self.bodies[asked["ReceiptHandle"]]

    def change_message_visibility_batch(self, **_: Any) -> None:  # noqa: ANN401 - the SDK's own shape
        pass


class Functions:
    """Functions that fail for every tenth event."""

    def __init__(self) -> None:
        self.invoked: list[str] = []

    def invoke(self, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - the SDK's own shape
        self.invoked.append(json.loads(asked["Payload"])["id"])
        failed = {"FunctionError": "Unhandled"} if self.invoked[-1].endswith("0") else {}
        return failed | {"Payload": io.BytesIO(b"{}")}


def test_each_message_is_redriven_once_and_what_fails_again_ends_the_redrive() -> None:
    queue, functions = HastyQueue(300, hidden_for=5), Functions()
    done = redrive(queue, functions, {"trade": URL}, {})  # type: ignore[arg-type]
    assert sorted(functions.invoked) == sorted(f"e{n}" for n in range(300))
    assert (done.invoked, len(done.kept), len(queue.bodies)) == (270, 30, 30)


def test_each_message_is_read_once() -> None:
    queue = HastyQueue(300, hidden_for=5)
    found = read_dead_letters(queue, {"trade": URL})  # type: ignore[arg-type]
    assert len(found) == len({letter.message_id for letter in found})
