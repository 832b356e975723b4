"""The processor's client of DynamoDB, which sends requests as they are.

The writers build requests in the wire's own form (attribute values with their types), binary content apart. The SDK
walks such a request member by member against its model, which took a third of a processor's time. Here it is encoded
at once, by two of the SDK's documented events (Boto3 developer guide, "Extensibility guide").
"""

from __future__ import annotations

import json
from binascii import b2a_base64
from typing import Any

__all__ = ["create_client", "send_as_given"]

_OPERATIONS = ("PutItem", "TransactWriteItems")
_GIVEN = "tapeproof_request"


def create_client() -> Any:  # noqa: ANN401 - botocore's own shape
    """Return a low-level client for the processor, of the account and region that the environment names."""
    from botocore.config import Config  # noqa: PLC0415 - tests bring a client of their own
    from botocore.session import get_session  # noqa: PLC0415 - a quarter less to load than the whole SDK

    config = Config(
        connect_timeout=1,
        read_timeout=2,
        # The audit writer repeats a transaction itself, byte for byte and within the time that is left.
        retries={"mode": "standard", "total_max_attempts": 2},
        parameter_validation=False,
        tcp_keepalive=True,
    )
    return send_as_given(get_session().create_client("dynamodb", config=config))


def send_as_given(client: Any) -> Any:  # noqa: ANN401 - botocore's own shape
    """Make a client send the arguments of its writes as its callers gave them; return the client.

    The arguments have to be in the form of DynamoDB's API, with binary content as bytes; nothing checks them here.
    """
    for operation in _OPERATIONS:
        client.meta.events.register(f"provide-client-params.dynamodb.{operation}", _set_aside)
        client.meta.events.register(f"before-call.dynamodb.{operation}", _encode)
    return client


def _set_aside(params: dict[str, Any], context: dict[str, Any], **_: Any) -> dict[str, Any]:  # noqa: ANN401 - botocore's own
    """Leave nothing to the SDK's serializer that takes long."""
    context[_GIVEN] = params
    return {"TransactItems": []} if "TransactItems" in params else {"Item": {}, "TableName": params["TableName"]}


def _encode(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:  # noqa: ANN401 - botocore's own
    params["body"] = json.dumps(context[_GIVEN], separators=(",", ":"), default=_base64).encode()


def _base64(content: bytes) -> str:
    """Return binary content as the wire has it (Amazon DynamoDB developer guide, "Data type descriptors")."""
    return b2a_base64(content, newline=False).decode()
