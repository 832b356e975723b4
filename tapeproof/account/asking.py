"""An AWS account to ask, or what looks like one; every question and its answer's identity are recorded."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tapeproof.account.errors import AccountError
from tapeproof.account.observation import belongs, is_of_aws
from tapeproof.account.origin import EMULATED_ACCOUNTS, is_emulated

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Account", "Asker", "open_account"]

DENIED: Final = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation"}


@dataclass(slots=True)
class Account:
    """Where live evidence comes from.

    Attributes:
        session: A boto3 session.
        region: The region that is asked.
        endpoint: An endpoint other than AWS's own; empty for AWS.
        account: Account id.
        identity: Who asks, as AWS says.
        simulated: Whether it is an emulator.
    """

    session: Any
    region: str
    endpoint: str
    account: str
    identity: dict[str, str]
    simulated: bool

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        """Return a client of one service."""
        from botocore.config import Config  # noqa: PLC0415 - boto3 is only needed for live evidence

        config = Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=5, read_timeout=30)
        return self.session.client(service, region_name=self.region, endpoint_url=self.endpoint or None, config=config)

    def secrets(self) -> list[str]:
        """Return the credentials in use, so that they can be kept out of evidence."""
        credentials = self.session.get_credentials()
        frozen = credentials.get_frozen_credentials() if credentials else None
        return [one for one in (frozen.access_key, frozen.secret_key, frozen.token) if one] if frozen else []


def open_account(*, region: str, profile: str = "", endpoint: str = "") -> Account:
    """Return the account that the credentials at hand belong to.

    Args:
        region: The region to ask.
        profile: Named profile; empty for the default chain.
        endpoint: Endpoint of an emulator; ``AWS_ENDPOINT_URL`` when empty.

    Raises:
        AccountError: boto3 is not installed, there are no credentials, or nobody answers.
    """
    try:
        import boto3  # noqa: PLC0415 - boto3 is only needed for live evidence
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is only needed here
    except ImportError as error:
        raise AccountError("live evidence needs boto3", fix="pip install 'tapeproof[aws]'") from error
    endpoint = endpoint or os.environ.get("AWS_ENDPOINT_URL", "")
    try:
        session = boto3.Session(profile_name=profile or None, region_name=region)
        account = Account(session, region, endpoint, "", {}, is_emulated(endpoint))
        client = account.client("sts")
        answer = client.get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        fix = "sign in, or name a --profile or an --endpoint-url"
        raise AccountError("no AWS account could be reached", why=str(error), fix=fix) from error
    except ValueError as error:  # botocore's, and urllib's, of an address that is none
        fix = "write it with its scheme, such as http://localhost:4566"
        raise AccountError(f"{endpoint!r} is no endpoint", why=str(error), fix=fix) from error
    account.account = str(answer["Account"])
    account.simulated = (
        account.simulated or account.account in EMULATED_ACCOUNTS or is_emulated(str(client.meta.endpoint_url))
    )
    account.identity = {"who": str(answer["Arn"]), "how": "sts:GetCallerIdentity"}
    return account


@dataclass(slots=True)
class Asker:
    """Asks one account and keeps what identifies each answer.

    Attributes:
        account: Who is asked.
        calls: What was asked so far, since `take_calls`.
        outside: Kind and name of what was listed and is not of the environment, in the order of listing.
    """

    account: Account
    calls: list[dict[str, Any]] = field(default_factory=list)
    outside: list[tuple[str, str]] = field(default_factory=list)
    _clients: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, Any] = field(default_factory=dict)

    def ask(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - AWS's parameters
        """Return the answer to one call.

        Raises:
            AccountError: It was refused, or failed.
        """
        answer = self.ask_if_any(service, operation, (), **parameters)
        return {} if answer is None else answer

    def ask_if_any(
        self,
        service: str,
        operation: str,
        absent: tuple[str, ...],
        **parameters: Any,  # noqa: ANN401 - AWS's parameters
    ) -> dict[str, Any] | None:
        """Return the answer to one call, or None when AWS says by one of the codes that there is none."""
        client = self._client(service)
        with self._refusals(service, operation, parameters, absent):
            return self._record(service, operation, parameters, getattr(client, operation)(**parameters))
        return None

    def pages(self, service: str, operation: str, key: str, **parameters: Any) -> Iterator[Any]:  # noqa: ANN401
        """Yield the elements of a listing, page after page."""
        client = self._client(service)
        if not client.can_paginate(operation):
            yield from self.ask(service, operation, **parameters).get(key, ())
            return
        elements: list[Any] = []
        with self._refusals(service, operation, parameters, ()):
            for page in client.get_paginator(operation).paginate(**parameters):
                elements += self._record(service, operation, parameters, page).get(key, ())
        yield from elements

    @contextmanager
    def _refusals(
        self, service: str, operation: str, parameters: dict[str, Any], absent: tuple[str, ...]
    ) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is only needed here

        try:
            yield
        except ClientError as error:
            self._record(service, operation, parameters, dict(error.response))
            code = error.response.get("Error", {}).get("Code", "")
            if code in absent:
                return
            fix = f"grant it to {self.account.identity.get('who', 'the caller')}" if code in DENIED else ""
            raise AccountError(f"AWS did not answer {service} {operation}", why=str(error), fix=fix) from error
        except BotoCoreError as error:
            raise AccountError(f"{service} {operation} failed", why=str(error)) from error

    def is_chosen(self, kind: str, name: str, suffix: str) -> bool:
        """Return whether what was listed is of the environment; what is not, and is not AWS's own, is remembered."""
        if belongs(name, suffix):
            return True
        if not is_of_aws(kind, name):
            self.outside.append((kind, name))
        return False

    def key(self, key_id: str | None) -> dict[str, Any] | None:
        """Return what KMS says of a key; asked once a key."""
        if not key_id:
            return None
        if key_id not in self._keys:
            answer = self.ask_if_any("kms", "describe_key", ("NotFoundException",), KeyId=key_id)
            self._keys[key_id] = (answer or {}).get("KeyMetadata")
        found: dict[str, Any] | None = self._keys[key_id]
        return found

    def take_calls(self) -> list[dict[str, Any]]:
        """Return the calls so far and begin anew."""
        calls, self.calls = self.calls, []
        return calls

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
        if service not in self._clients:
            client = self.account.client(service)
            client.meta.events.register("before-parse", self._note_body)
            self._clients[service] = client
        return self._clients[service]

    def _note_body(self, response_dict: dict[str, Any], **_: object) -> None:
        body = response_dict.get("body", b"")
        self._body = hashlib.sha256(body).hexdigest() if isinstance(body, bytes) else ""

    _body: str = ""

    def _record(
        self, service: str, operation: str, parameters: dict[str, Any], answer: dict[str, Any]
    ) -> dict[str, Any]:
        metadata = answer.pop("ResponseMetadata", {})
        headers = metadata.get("HTTPHeaders", {})
        self.calls.append(
            {
                "service": service,
                "operation": operation,
                "parameters": parameters,
                "request_id": metadata.get("RequestId", ""),
                "status": metadata.get("HTTPStatusCode", 0),
                "date": headers.get("date", ""),
                "endpoint": self._clients[service].meta.endpoint_url,
                "body_sha256": self._body,
            }
        )
        return answer
