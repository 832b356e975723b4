"""The account of the applied stack, read once for all that judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.frontends.live import read as read_live

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Stack
    from tapeproof.local.lifecycle import LocalStack
    from tapeproof.ops.target import Target


class Session:
    """The part of a boto3 session that the front end uses, on the embedded AWS."""

    region_name = "us-east-1"

    def __init__(self, target: Target) -> None:
        self._target = target

    def client(self, service: str, **_: object) -> Any:  # noqa: ANN401 - boto3 is untyped here
        return self._target.client(service)


@pytest.fixture(scope="package")
def live(applied_stack: LocalStack) -> Stack:
    session = Session(applied_stack.target)
    return read_live(region=session.region_name, suffix="local", session=session)
