"""Serves ministack to whoever holds the key of this start, and to the functions that it runs; to nobody else.

Run by the interpreter of the embedded AWS's own environment, as a script: it imports ministack and nothing of ours.

ministack 1.5.33 by itself takes a published key, any number of twelve digits and unsigned requests as the account's
root, whatever the secret; makes the keys of functions' roles from their names, so that anybody can compute them; lets
anybody reset and configure it; and listens on port 443 too where it may. Here every request is signed, by the key of
this start or by one that was handed out under it.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib
import json
import os
import urllib.parse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Messages = Callable[[], Any]
    Application = Callable[[Any, Messages, Callable[[Any], Any]], Any]

__all__ = ["Guard", "install", "main", "make_role_key"]

READY = "/_ministack/ready"
"""The only thing that anybody may ask: whether it serves."""
_FORBIDDEN = 403
_SIGNED = "AWS4-HMAC-SHA256 "


class Guard:
    """An ASGI application that lets signed requests through to another.

    Args:
        application: The other.
        find_secret: Returns secret and session token of a key that was handed out under this start, or None.
        administrator: The key that may also ask what ministack offers besides AWS.
        signatures: ministack's reader of signatures.
        name_key: Returns the key that ministack itself takes a request's headers and query to be signed with.
    """

    def __init__(
        self,
        application: Application,
        find_secret: Callable[[str], tuple[str, str] | None],
        administrator: str,
        signatures: Any,  # noqa: ANN401 - a module
        name_key: Callable[[dict[str, str], dict[str, list[str]]], str],
    ) -> None:
        self._application, self._find_secret, self._administrator = application, find_secret, administrator
        self._signatures, self._name_key = signatures, name_key

    async def __call__(self, scope: Any, receive: Messages, send: Callable[[Any], Any]) -> None:  # noqa: ANN401 - ASGI's own shapes
        """Serve one connection."""
        if scope["type"] == "lifespan" or (scope["type"] == "http" and scope["path"] == READY):
            await self._application(scope, receive, send)
        elif scope["type"] != "http":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            body = await _read_body(receive)
            why = "" if self._is_administrator(scope) else self._find_fault(scope, body)
            if why:
                await _refuse(send, why, as_json=any(name.lower() == b"x-amz-target" for name, _ in scope["headers"]))
            else:
                await self._application(scope, _replay_body(body, receive), send)

    def _is_administrator(self, scope: Any) -> bool:  # noqa: ANN401 - as above
        """Return whether a request for what is not AWS carries the secret itself, as nobody signs such requests."""
        known = self._find_secret(self._administrator)
        expected = f"Bearer {known[0] if known else ''}".encode()
        given = b"".join(value for name, value in scope["headers"] if name.lower() == b"authorization")
        return known is not None and scope["path"].startswith("/_") and hmac.compare_digest(given, expected)

    def _find_fault(self, scope: Any, body: bytes) -> str:  # noqa: ANN401 - as above
        """Return why a request is refused; the empty string when it is not."""
        names = [name.lower() for name, _ in scope["headers"]]
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        query = urllib.parse.parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        authorization = headers.get("authorization", "")
        if authorization and not (authorization.startswith(_SIGNED) and names.count(b"authorization") == 1):
            return "it is signed in another way than AWS's fourth"
        read = self._signatures
        signature = read.parse_header_signature(headers) if authorization else read.parse_query_signature(query)
        if isinstance(signature, tuple):
            return "it is not signed"
        key = signature.access_key_id
        known = self._find_secret(key)
        # One request must not name one key to us and another to ministack.
        if known is None or key != self._name_key(headers, query):
            return "its key is not one of this start"
        secret, token = known
        given = headers.get("x-amz-security-token") or query.get("X-Amz-Security-Token", [""])[0]
        if not hmac.compare_digest(token.encode(), given.encode()):
            return "its session is not one of this start"
        if key != self._administrator and scope["path"].startswith("/_"):
            return "only the administrator asks this"
        raw_path = scope.get("raw_path") or urllib.parse.quote(scope["path"]).encode()
        fault = read.header_signature_failure(
            signature, secret, scope["method"], raw_path.decode("latin-1"), query, headers, body,
            presigned=not authorization,
        ) or read.request_time_failure(signature)  # fmt: skip
        return "its signature is not by the secret of this start" if fault else ""


async def _read_body(receive: Messages) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return b"".join(parts)


def _replay_body(body: bytes, receive: Messages) -> Messages:
    """Return what gives a body that was read already, and then what comes after it."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Any:  # noqa: ANN401 - as above
        return waiting.pop() if waiting else await receive()

    return give


async def _refuse(send: Callable[[Any], Any], why: str, *, as_json: bool) -> None:
    said = f"refused: {why}"
    kind, answer = (
        "text/xml",
        f"<ErrorResponse><Error><Code>AccessDenied</Code><Message>{said}</Message></Error></ErrorResponse>",
    )
    if as_json:
        kind, answer = "application/x-amz-json-1.1", json.dumps({"__type": "AccessDeniedException", "message": said})
    body = answer.encode()
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": _FORBIDDEN, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def make_role_key(secret: str, function: str, role: str) -> tuple[str, str, str]:
    """Return key, secret and token of a function's session, which nobody can make without the secret of the start."""
    made = [
        hmac.digest(secret.encode(), f"{what}\0{function}\0{role}".encode(), hashlib.sha256).hex()
        for what in ("key", "secret", "token")
    ]
    return f"ASIA{made[0][:16].upper()}", made[1], made[2]


def _hand_out_keys(secret: str) -> None:
    """Let ministack give functions keys of this start."""
    runtime = importlib.import_module("ministack.core.lambda_runtime")
    functions = importlib.import_module("ministack.services.lambda_svc")
    sessions = importlib.import_module("ministack.services.sts")

    def execution_credentials(config: Mapping[str, Any]) -> dict[str, str]:
        role_arn, function_arn = config.get("Role", ""), config.get("FunctionArn", "")
        account, _ = runtime._account_region_from_function_config(config)  # noqa: SLF001 - it has no public name
        key, hidden, token = make_role_key(secret, function_arn, role_arn)
        role, name = role_arn.rsplit("/", 1)[-1], config.get("FunctionName", "function")[:64]
        session = {
            "Arn": f"arn:aws:sts::{account}:assumed-role/{role}/{name}",
            "UserId": f"{role}:{name}",
            "SecretAccessKey": hidden,
            "SessionToken": token,
        }
        sessions.register_session(key, session)
        return {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": hidden, "AWS_SESSION_TOKEN": token}

    modules: tuple[Any, ...] = (runtime, functions)
    for module in modules:
        if not hasattr(module, "execution_credentials"):
            raise SystemExit("this release of ministack hands out keys in another way; its functions are not started")
        module.execution_credentials = execution_credentials


def main() -> None:
    """Serve until the process is ended."""
    install().main()


def install() -> Any:  # noqa: ANN401 - a module
    """Put the guard before ministack's application as it is now, and return ministack's module."""
    os.umask(0o077)
    access_key, secret_key = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    served: Any = importlib.import_module("ministack.app")
    _hand_out_keys(secret_key)
    served._port_is_bindable = lambda *_: False  # noqa: SLF001 - or it would listen on port 443 as well
    served.app = Guard(
        served.app,
        _read_secrets(access_key, secret_key),
        access_key,
        importlib.import_module("ministack.core.sigv4"),
        importlib.import_module("ministack.core.router").extract_access_key_id,
    )
    return served


def _read_secrets(access_key: str, secret_key: str) -> Callable[[str], tuple[str, str] | None]:
    """Return what finds secret and token of the administrator's key and of the sessions that ministack knows."""
    sessions = importlib.import_module("ministack.services.sts")

    def find(key: str) -> tuple[str, str] | None:
        if key == access_key:
            return secret_key, ""
        session = sessions._sessions.get(key)  # noqa: SLF001 - it has no public reader
        return None if session is None else (session["SecretAccessKey"], session["SessionToken"])

    return find


if __name__ == "__main__":
    main()
