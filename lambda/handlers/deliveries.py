"""From what Lambda hands over to the EventBridge events in it.

An event arrives straight from a rule, in a batch of SQS messages, or wrapped once more: Lambda's on-failure
destination keeps the event in an envelope (AWS Lambda Developer Guide, "Capturing records of asynchronous
invocations"), and a redrive may hand over that envelope. An archive replay is the event with ``replay-name`` added.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tapeproof.market.errors import Rejection
from tapeproof.market.fields import iso_ns

__all__ = ["Delivery", "Message", "delivery", "messages", "unwrap_envelope"]

_MOST_WRAPPINGS = 16
# Printable ASCII without the separator of the tables' keys.
_PLAIN = re.compile(r"[\x21\x22\x24-\x7e]{1,128}")
_ACCOUNT = re.compile(r"[0-9]{12}")
_MILLISECONDS = re.compile(r"[0-9]{13}")
_UNKNOWN = "unknown"
_REPLAY = "replay-name"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event as it was delivered.

    Attributes:
        evt: The EventBridge event id; derived from the content where there is none.
        source: The event's source.
        detail_type: The event's detail type.
        detail: The event's detail, of any shape.
        event: The whole event, of any shape.
        arrived: When EventBridge received it, RFC 3339, or what stands in its place.
        replay: Name of the archive replay that repeated it, or None.
        flaw: Why this is no event at all, or None.
        account: The AWS account that put it on the bus; empty where the event does not say.
    """

    evt: str
    source: str
    detail_type: str
    detail: Any
    event: Any
    arrived: Any = None
    replay: str | None = None
    flaw: str | None = None
    account: str = ""

    @property
    def sender(self) -> dict[str, str]:
        """Return what entries observe of who sent the event: the account, as EventBridge names no principal."""
        return {"account": self.account} if self.account else {}

    @property
    def time_ns(self) -> int | None:
        """Return when EventBridge received it, nanoseconds since 1970 UTC, or None."""
        try:
            return iso_ns(self.arrived, "time")
        except Rejection:
            return None

    @property
    def text(self) -> str:
        """Return the event as JSON text, which is kept when it becomes no record.

        What a replay adds belongs to that delivery: the same event replayed has the same text.
        """
        if self.replay is None:
            return _text(self.event)
        return _text({name: value for name, value in self.event.items() if name != _REPLAY})


@dataclass(frozen=True, slots=True)
class Message:
    """An SQS message and the event in it."""

    message_id: str
    delivery: Delivery


def unwrap_envelope(event: Any) -> Any:  # noqa: ANN401 - whatever Lambda was invoked with
    """Return the event that an on-failure envelope holds, or the event itself."""
    for _ in range(_MOST_WRAPPINGS):
        if not (isinstance(event, dict) and "requestPayload" in event and "requestContext" in event):
            break
        event = event["requestPayload"]
    return event


def messages(event: Any) -> list[Message] | None:  # noqa: ANN401 - as above
    """Return the messages of an SQS batch, or None when the event is not one."""
    records = event.get("Records") if isinstance(event, dict) else None
    if not isinstance(records, list) or not records:
        return None
    if not all(isinstance(record, dict) and record.get("eventSource") == "aws:sqs" for record in records):
        return None
    return [_message(record) for record in records]


def _message(record: dict[str, Any]) -> Message:
    message_id = str(record.get("messageId", ""))
    body = record.get("body")
    text = body if isinstance(body, str) else ""
    try:
        event = unwrap_envelope(json.loads(text))
    except (ValueError, RecursionError):
        kept = {"body": text, "messageId": message_id}
        flaw = "the message body is not JSON"
        found = Delivery(_id(message_id, kept), _UNKNOWN, "", None, kept, flaw=flaw)
    else:
        found = delivery(event)
    return Message(message_id, replace(found, arrived=_read_sent_time(record)) if found.arrived is None else found)


def _read_sent_time(record: dict[str, Any]) -> str | None:
    """Return when a message was sent to its queue, which every delivery of it says alike."""
    attributes = record.get("attributes")
    text = attributes.get("SentTimestamp") if isinstance(attributes, dict) else None
    if not isinstance(text, str) or not _MILLISECONDS.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text) / 1000, UTC).isoformat()


def delivery(event: Any) -> Delivery:  # noqa: ANN401 - as above
    """Return what was delivered, also when it is not an EventBridge event."""
    if not isinstance(event, dict) or "detail" not in event or not isinstance(event.get("source"), str):
        flaw = "not an EventBridge event: it has no source or no detail"
        return Delivery(_id(None, event), _UNKNOWN, "", None, event, flaw=flaw)
    replay = event.get(_REPLAY)
    return Delivery(
        evt=_id(event.get("id"), event),
        source=_plain(event["source"]) or _UNKNOWN,
        detail_type=_plain(event.get("detail-type")) or _UNKNOWN,
        detail=event["detail"],
        event=event,
        arrived=event.get("time"),
        replay=None if replay is None else (_plain(replay) or _UNKNOWN),
        account=_account(event.get("account")),
    )


def _account(value: object) -> str:
    return value if isinstance(value, str) and _ACCOUNT.fullmatch(value) else ""


def _text(event: Any) -> str:  # noqa: ANN401 - as above
    try:
        text = json.dumps(event, separators=(",", ":"), ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate has no UTF-8 form; escaped it is plain text again.
        return json.dumps(event, separators=(",", ":"))
    except RecursionError:
        # Lambda could read it, so it can be written with some more room.
        usual = sys.getrecursionlimit()
        sys.setrecursionlimit(3 * usual)
        try:
            return json.dumps(event, separators=(",", ":"))
        finally:
            sys.setrecursionlimit(usual)
    return text


def _plain(value: object) -> str:
    return value if isinstance(value, str) and _PLAIN.fullmatch(value) else ""


def _id(value: object, event: Any) -> str:  # noqa: ANN401 - as above
    return _plain(value) or f"sha256-{hashlib.sha256(_text(event).encode()).hexdigest()[:32]}"
