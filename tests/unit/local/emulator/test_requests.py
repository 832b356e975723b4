"""What stands before the embedded AWS: it looks at Terraform's requests, keeps them, and refuses what it is told to."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local.emulator.requests import Refusal, Request, Requests, name_operation

if TYPE_CHECKING:
    from tapeproof.local.emulator.requests import Receive, Send

TERRAFORM = (b"user-agent", b"APN/1.0 HashiCorp/1.0 Terraform/1.11.0")
KEY = (b"authorization", b"AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/events/aws4_request, SignedHeaders=host")


class _Aws:
    """Answers everything with what it was sent."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        body = b""
        more = True
        while more:
            message = await receive()
            body, more = body + message["body"], message.get("more_body", False)
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})


def _ask(
    front: Requests, body: bytes = b"", *headers: tuple[bytes, bytes], path: str = "/", method: str = "POST"
) -> tuple[int, bytes, dict[bytes, bytes]]:
    parts = [{"type": "http.request", "body": body[:3], "more_body": True}, {"type": "http.request", "body": body[3:]}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": list(headers)}
    asyncio.run(front(scope, receive, send))
    return sent[0]["status"], sent[1]["body"], dict(sent[0]["headers"])


def _target(operation: str) -> tuple[bytes, bytes]:
    return b"x-amz-target", f"AWSEvents.{operation}".encode()


def _told(front: Requests, *refusals: dict[str, Any]) -> Requests:
    assert _ask(front, json.dumps(refusals).encode(), path="/_tapeproof/refusals", method="PUT")[0] == 200
    return front


def _kept(front: Requests) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = json.loads(_ask(front, path="/_tapeproof/requests", method="GET")[1])
    return kept


def test_what_terraform_asks_is_kept_whole_and_without_its_key() -> None:
    front = Requests(_Aws())
    assert _ask(front, b'{"Name":"r"}', TERRAFORM, KEY, _target("PutRule"))[:2] == (200, b'{"Name":"r"}')
    (kept,) = _kept(front)
    assert (kept["service"], kept["operation"], kept["status"]) == ("events", "PutRule", 200)
    assert json.loads(kept["body"]) == {"Name": "r"}
    assert "Credential" not in json.dumps(kept)


def test_what_functions_and_publishers_ask_passes_untouched() -> None:
    front = _told(Requests(_Aws()), {"code": "AccessDenied"})
    assert _ask(front, b"event", (b"user-agent", b"Boto3/1.40"), _target("PutEvents"))[:2] == (200, b"event")
    assert _kept(front) == []


def test_a_refusal_meets_what_it_names_after_and_as_often_as_it_says() -> None:
    aws = _Aws()
    refusal = {"match": "^PutTargets$", "code": "ThrottlingException", "skip": 1, "times": 2}
    front = _told(Requests(aws), refusal)
    asked = [_ask(front, b"{}", TERRAFORM, _target(name))[0] for name in ["PutRule", *["PutTargets"] * 4]]
    assert asked == [200, 200, 400, 400, 200]
    assert len(aws.asked) == 3
    assert [one["status"] for one in _kept(front)] == asked


def test_a_refusal_has_the_form_of_its_protocol() -> None:
    front = _told(Requests(_Aws()), {"code": "Throttling", "message": "slow", "times": 2})
    _, body, headers = _ask(front, b"{}", TERRAFORM, _target("PutRule"))
    assert json.loads(body) == {"__type": "Throttling", "message": "slow"}
    assert headers[b"x-amzn-errortype"] == b"Throttling"
    form = (b"content-type", b"application/x-www-form-urlencoded")
    _, body, _ = _ask(front, b"Action=DeleteAlarms&Version=1", TERRAFORM, form)
    assert b"<Code>Throttling</Code><Message>slow</Message>" in body


def test_a_refusal_of_s3_is_an_error_alone() -> None:
    front = _told(Requests(_Aws()), {"code": "AccessDenied", "message": "a < b"})
    key = (KEY[0], KEY[1].replace(b"events", b"s3"))
    _, body, _ = _ask(front, b"", TERRAFORM, key, path="/bucket", method="DELETE")
    assert body == b"<Error><Code>AccessDenied</Code><Message>a &lt; b</Message></Error>"


def test_a_judge_refuses_what_aws_would() -> None:
    def judge(request: Request) -> Refusal | None:
        return {"code": "LimitExceededException"} if request.operation == "PutRule" else None

    front = Requests(_Aws(), [judge])
    assert _ask(front, b"{}", TERRAFORM, _target("PutRule"))[0] == 400
    assert _ask(front, b"{}", TERRAFORM, _target("DeleteRule"))[0] == 200


def test_code_is_kept_as_no_more_than_that_it_was_there() -> None:
    front = Requests(_Aws())
    _ask(front, json.dumps({"FunctionName": "f", "ZipFile": "A" * 300_000}).encode(), TERRAFORM, path="/functions")
    (kept,) = _kept(front)
    assert json.loads(kept["body"])["FunctionName"] == "f"
    assert len(kept["body"]) < 100


@pytest.mark.parametrize(
    ("headers", "body", "operation"),
    [
        ({"x-amz-target": "DynamoDB_20120810.PutItem"}, b"{}", "PutItem"),
        ({"content-type": "application/x-www-form-urlencoded"}, b"Action=GetRole&Version=1", "GetRole"),
        ({"content-type": "application/x-www-form-urlencoded"}, b"Version=1", "POST /a?b"),
        ({}, b"", "POST /a?b"),
    ],
)
def test_an_operation_is_named_as_its_protocol_names_it(headers: dict[str, str], body: bytes, operation: str) -> None:
    assert name_operation(Request("POST", "/a?b", headers, body)) == operation
