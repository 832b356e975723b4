"""An account whose answers are written down in the test."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tapeproof.gate.frontends.live.account import Account, find_account

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REFUSED = "AccessDenied"


class Client:
    """Answers a service's calls from what is written down; anything else AWS calls not found.

    Args:
        answers: By call: an answer, a list of pages, the code of an error, or a function of the arguments.
        paged: The calls that boto3 has a paginator for.
    """

    def __init__(self, answers: dict[str, Any], paged: frozenset[str]) -> None:
        self.answers = answers
        self.paged = paged
        self.meta = SimpleNamespace(events=SimpleNamespace(register=lambda *_: None), endpoint_url="https://aws")

    def can_paginate(self, operation: str) -> bool:
        return operation in self.paged

    def get_paginator(self, operation: str) -> Any:  # noqa: ANN401 - as boto3's
        return SimpleNamespace(paginate=lambda **arguments: self._pages(operation, arguments))

    def _pages(self, operation: str, arguments: dict[str, Any]) -> Iterator[dict[str, Any]]:
        answer = self._answer(operation, arguments)
        yield from answer if isinstance(answer, list) else [answer]

    def _answer(self, operation: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        answer = self.answers.get(operation, "ResourceNotFoundException")
        answer = answer(**arguments) if callable(answer) else answer
        if isinstance(answer, str):
            raise ClientError({"Error": {"Code": answer, "Message": "no"}}, operation)
        return answer

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return lambda **arguments: self._answer(operation, arguments)


class Session:
    """A session of boto3 over written answers, by call; services do not share the names of calls here."""

    region_name = "us-east-1"

    def __init__(self, answers: dict[str, Any], paged: frozenset[str] = frozenset()) -> None:
        self.client_of = Client({"get_caller_identity": {"Account": "123456789012"}, **answers}, paged)

    def client(self, _service: str, region_name: str, **_: object) -> Client:
        assert region_name
        return self.client_of


@pytest.fixture
def account_of() -> Callable[..., Account]:
    """Return a function that makes an account of written answers."""

    def make(
        suffix: str = "", region: str | None = None, paged: frozenset[str] = frozenset(), **answers: object
    ) -> Account:
        return Account(find_account(region, Session(answers, paged)), suffix)

    return make


@pytest.fixture
def session_of() -> type[Session]:
    """Return the class of sessions over written answers."""
    return Session
