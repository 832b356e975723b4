"""Requests to the embedded AWS before it answers: kept, and refused where AWS would refuse or a test wants it.

Data events of functions and publishers pass untouched; what changes or reads the stack, by Terraform's provider, is
looked at. Three paths of its own serve whoever holds its certificate:

- `GET /_tapeproof/requests` returns the requests that were looked at, oldest first;
- `PUT /_tapeproof/refusals` takes a list of `{"match", "code", "message", "status", "skip", "times"}`: requests whose
  operation, or method and path, match the regular expression are refused, after `skip` of them, `times` times;
- `PUT /_tapeproof/rates` takes a number: requests are refused that come more often than so many times what AWS takes;
  0 lets all pass.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NotRequired, Protocol, TypedDict
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]
    App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

__all__ = ["OWN_PATH", "Refusal", "Request", "Requests", "name_operation"]

KEPT = 50_000
LONGEST_BODY = 262_144
"""Longer ones are code, which is kept as its length."""
OWN_PATH = "/_tapeproof/"
_LOOKED_AT = re.compile(rb"terraform|HashiCorp", re.IGNORECASE)


class Refusal(TypedDict):
    """A refusal: an error as AWS gives it, and which requests it meets."""

    code: str
    message: NotRequired[str]
    match: NotRequired[str]
    status: NotRequired[int]
    skip: NotRequired[int]
    times: NotRequired[int]


@dataclass(slots=True)
class Request:
    """A request.

    Attributes:
        method: Of HTTP.
        path: With its query.
        headers: Their names in lower case.
        body: What was sent.
        service: The name that it is signed for.
        operation: The API's name for it where the protocol says it, else method and path.
        status: Of the answer.
        access_key: Id of the key that it is signed with.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    service: str = ""
    operation: str = ""
    status: int = 0
    access_key: str = ""

    def query(self) -> dict[str, str]:
        """Return the body as the query protocol reads it."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def show(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        body = self.body.decode("utf-8", "replace") if len(self.body) <= LONGEST_BODY else _without_code(self.body)
        return {
            "method": self.method,
            "path": self.path,
            "headers": self.headers,
            "body": body,
            "service": self.service,
            "operation": self.operation,
            "status": self.status,
        }


def _without_code(body: bytes) -> str:
    try:
        read = json.loads(body)
    except ValueError:
        return ""
    return json.dumps({name: "UEsFBg==" if name == "ZipFile" else value for name, value in read.items()})


def name_operation(request: Request) -> str:
    """Return the operation of a request, or its method and path where only these say it."""
    target = request.headers.get("x-amz-target", "")
    if target:
        return target.rpartition(".")[2]
    if "x-www-form-urlencoded" in request.headers.get("content-type", ""):
        action = request.query().get("Action")
        if action:
            return action
    return f"{request.method} {request.path}"


class Pace(Protocol):
    """Judges how often requests come."""

    scale: float

    def find_refusal(self, request: Request) -> Refusal | None:
        """Return why a request that comes too soon is refused; None when it does not."""
        ...


@dataclass
class Requests:
    """Stands before an application.

    Args:
        app: The embedded AWS.
        judges: Each says of a request why AWS would refuse it.
        rates: Says so of a request that comes too soon.
    """

    app: App
    judges: Sequence[Callable[[Request], Refusal | None]] = ()
    rates: Pace | None = None
    kept: deque[Request] = field(default_factory=lambda: deque(maxlen=KEPT))
    refusals: list[Refusal] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer, or let it be answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith(OWN_PATH):
            await self._answer_itself(scope, await _read_body(receive), send)
        elif not _is_looked_at(scope):
            await self.app(scope, receive, send)
        else:
            await self._look(scope, receive, send)

    async def _look(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        request = _read_request(scope, await _read_body(receive))
        refusal = self._find_refusal(request)
        if refusal is not None:
            request.status = refusal.get("status", 400)
            self.kept.append(request)
            await _refuse(request, refusal, send)
            return

        async def note(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
                self.kept.append(request)
            await send(message)

        await self.app(scope, _replay(request.body, receive), note)

    def _find_refusal(self, request: Request) -> Refusal | None:
        with self.lock:
            for refusal in self.refusals:
                if not re.search(refusal.get("match", ""), request.operation):
                    continue
                if refusal.get("skip", 0):
                    refusal["skip"] -= 1
                elif refusal.get("times", 1):
                    refusal["times"] = refusal.get("times", 1) - 1
                    return refusal
            too_soon = self.rates.find_refusal(request) if self.rates else None
        if too_soon is not None:
            return too_soon
        found = (judge(request) for judge in self.judges)
        return next((refusal for refusal in found if refusal is not None), None)

    async def _answer_itself(self, scope: dict[str, Any], body: bytes, send: Send) -> None:
        if scope["method"] == "PUT":
            with self.lock:
                if self.rates and scope["path"].endswith("/rates"):
                    self.rates.scale = float(json.loads(body))
                else:
                    self.refusals = json.loads(body)
        shown = json.dumps([request.show() for request in list(self.kept)]) if scope["method"] == "GET" else "[]"
        await _send(send, 200, "application/json", shown.encode())


def _is_looked_at(scope: dict[str, Any]) -> bool:
    return any(name == b"user-agent" and _LOOKED_AT.search(value) for name, value in scope["headers"])


def _read_request(scope: dict[str, Any], body: bytes) -> Request:
    query = scope.get("query_string", b"").decode()
    path = (scope.get("raw_path") or scope["path"].encode()).decode().partition("?")[0]
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    kept = {name: value for name, value in headers.items() if name not in {"authorization", "x-amz-security-token"}}
    request = Request(scope["method"], f"{path}?{query}" if query else path, kept, body)
    request.operation = name_operation(request)
    # AWS General Reference, "Signature Version 4": Credential=<key>/<date>/<region>/<service>/aws4_request
    signed = re.search(r"Credential=([^/,]*)/[^,]*/([^/,]+)/aws4_request", headers.get("authorization", ""))
    request.access_key, request.service = signed.groups() if signed else ("", "")
    return request


async def _read_body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already, and afterwards what still comes."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> dict[str, Any]:
        return waiting.pop() if waiting else await receive()

    return give


async def _refuse(request: Request, refusal: Refusal, send: Send) -> None:
    code, message = refusal["code"], escape(refusal.get("message", "refused on purpose"))
    if request.service == "s3":
        text = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        await _send(send, request.status, "application/xml", text.encode())
        return
    if "x-www-form-urlencoded" in request.headers.get("content-type", ""):
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        text = f"<ErrorResponse>{error}</ErrorResponse>"
        await _send(send, request.status, "text/xml", text.encode(), ())
        return
    body = json.dumps({"__type": code, "message": refusal.get("message", "refused on purpose")}).encode()
    await _send(send, request.status, "application/x-amz-json-1.1", body, [(b"x-amzn-errortype", code.encode())])


async def _send(send: Send, status: int, kind: str, body: bytes, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    given = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": given})
    await send({"type": "http.response.body", "body": body})
