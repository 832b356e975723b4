"""Asks AWS for what is there. It only reads, follows every page, and remembers what AWS would not answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.errors import CannotJudgeError
from tapeproof.gate.engine.model import Block, Resource, Span, Unknown, Value
from tapeproof.gate.frontends.plain import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Account"]

_READS = re.compile(r"(?:Get|List|Describe|Head|BatchGet)")
_ABSENT = re.compile(r"NotFound|NoSuch|DoesNotExist|NonExistent|NotConfigured")


class Account:
    """One account and region, as far as the caller may look into it.

    Attributes:
        region: The region asked.
        unread: What AWS refused to say, and why.
        gaps: Stand for the resources that AWS refused to list, of which a rule would otherwise say that there are none.
    """

    def __init__(self, region: str | None, suffix: str = "", session: Any = None) -> None:  # noqa: ANN401 - boto3 is untyped
        """Find the credentials and region to ask with.

        Args:
            region: The region; that of the environment or profile when None.
            suffix: Look only at what has a name with this ending.
            session: A boto3 session; a new one when None.

        Raises:
            CannotJudgeError: boto3 is not installed, or there is no region or no usable credentials.
        """
        try:
            import boto3  # noqa: PLC0415 - only --live needs it, and it is slow to import
            from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as above
        except ImportError as error:
            raise CannotJudgeError("--live needs boto3; install it with: pip install 'tapeproof[aws]'") from error
        self._refusals: tuple[type[Exception], ...] = (ClientError, BotoCoreError)
        self._session: Any = session or boto3.Session()
        self._clients: dict[str, Any] = {}
        self._suffix = suffix
        self.region: str = region or self._session.region_name or ""
        self.unread: list[Unknown] = []
        self.gaps: list[Resource] = []
        if not self.region:
            raise CannotJudgeError("--live needs a region: set --region or AWS_REGION")
        try:
            self.number: str = self._client("sts").get_caller_identity()["Account"]
        except self._refusals as error:
            raise CannotJudgeError(f"AWS does not say who is asking: {error}; check the credentials") from error
        self.span = Span(f"aws:{self.number}:{self.region}")

    def covers(self, name: str) -> bool:
        """Return whether something of this name is to be looked at."""
        return name.removesuffix(".fifo").endswith(self._suffix)

    def pages(
        self,
        service: str,
        operation: str,
        key: str,
        *,
        gap: tuple[str, ...] = (),
        **arguments: Any,  # noqa: ANN401 - JSON
    ) -> Iterator[Any]:
        """Yield what a call lists, over all its pages; a refusal is kept in ``unread``.

        Args:
            service: The service.
            operation: The call.
            key: Where its answer has the list.
            gap: Resource type and attributes of one that stands for all of them when AWS refuses, with nothing known.
            arguments: Of the call.
        """
        client = self._client(service)
        try:
            if client.can_paginate(operation):
                for page in client.get_paginator(operation).paginate(**arguments):
                    yield from page.get(key, [])
                return
            while True:
                page = getattr(client, operation)(**arguments)
                yield from page.get(key, [])
                if not page.get("NextToken"):
                    return
                arguments["NextToken"] = page["NextToken"]
        except self._refusals as error:
            if not _ABSENT.search(_code(error)):
                self._gap(self._describe_refusal(service, operation, error), gap)

    def _gap(self, refused: Unknown, gap: tuple[str, ...]) -> None:
        self.unread.append(refused)
        if gap:
            type_, *names = gap
            made = self.resource(type_, "?", f"{type_}[?]", **dict.fromkeys(names, refused))
            self.gaps.append(replace(made, doubt=refused))

    def ask(self, service: str, operation: str, **arguments: Any) -> dict[str, Any] | Unknown:  # noqa: ANN401 - JSON
        """Return the answer to one call: empty when what was asked for does not exist, unknown when AWS refuses."""
        try:
            answer: dict[str, Any] = getattr(self._client(service), operation)(**arguments)
        except self._refusals as error:
            return {} if _ABSENT.search(_code(error)) else self._describe_refusal(service, operation, error)
        return answer

    def resource(self, type_: str, name: str, address: str, /, **attributes: Any) -> Resource:  # noqa: ANN401 - JSON
        """Return a resource; attributes may be plain data or values, and None counts as absent."""
        return Resource(
            type=type_,
            labels=(type_, name),
            address=address,
            name=name,
            span=self.span,
            attributes={
                key: value if isinstance(value, Value) else value_of(value, self.span)
                for key, value in attributes.items()
                if value is not None
            },
        )

    def part(self, answer: Mapping[str, Any] | Unknown, *path: str) -> Any:  # noqa: ANN401 - JSON
        """Return a part of an answer, None when it is absent, and the unknown itself when AWS refused."""
        here: Any = answer
        for key in path:
            if isinstance(here, Unknown):
                return here
            here = here.get(key) if isinstance(here, dict) else None
        return here

    def provider(self) -> Block:
        """Return the region as a provider block, for the rule about regions."""
        region = value_of(self.region, self.span)
        return Block(type="provider", labels=("aws",), attributes={"region": region}, span=self.span)

    def _describe_refusal(self, service: str, operation: str, error: Exception) -> Unknown:
        return Unknown(f"AWS refused {service} {operation}: {_code(error) or error}", span=self.span)

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 is untyped
        if service not in self._clients:
            client = self._session.client(service, region_name=self.region)
            client.meta.events.register("before-call", _only_reads)
            self._clients[service] = client
        return self._clients[service]


def _only_reads(model: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's own signature
    """Stop any call that could change something, before it leaves this machine."""
    if not _READS.match(model.name):
        raise AssertionError(f"the live front end never calls {model.name}")


def _code(error: Exception) -> str:
    response: Any = getattr(error, "response", {})
    return str(response.get("Error", {}).get("Code", ""))
