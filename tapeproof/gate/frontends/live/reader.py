"""Reads an account into the model, one service after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Stack
from tapeproof.gate.frontends.live.account import Account
from tapeproof.gate.frontends.live.compute import endpoints, functions
from tapeproof.gate.frontends.live.identity import groups, keys, policies, roles, users
from tapeproof.gate.frontends.live.messaging import queues, topics
from tapeproof.gate.frontends.live.routing import buses, schedules
from tapeproof.gate.frontends.live.storage import buckets, tables
from tapeproof.gate.frontends.live.watching import alarms, log_groups, log_policies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.gate.engine.model import Resource

__all__ = ["read"]

_SERVICES: tuple[Callable[[Account], Iterator[Resource]], ...] = (
    functions,
    buses,
    schedules,
    tables,
    buckets,
    queues,
    topics,
    log_groups,
    log_policies,
    alarms,
    roles,
    policies,
    users,
    groups,
    keys,
    endpoints,
)


def read(*, region: str | None = None, suffix: str = "", session: Any = None) -> Stack:  # noqa: ANN401 - boto3 is untyped
    """Return what an account holds in one region, with credentials from the environment.

    Only calls that read are made; AWS's managed policy ``ReadOnlyAccess`` is more than enough.

    Args:
        region: The region; that of the environment or profile when None.
        suffix: Look only at what has a name with this ending, such as the environment suffix; keys count by alias.
        session: A boto3 session; a new one when None.

    Raises:
        CannotJudgeError: boto3 is not installed, or AWS cannot be asked at all.
    """
    account = Account(region, suffix, session)
    found = tuple(resource for service in _SERVICES for resource in service(account))
    return Stack(
        root=account.span.file,
        front_end="live",
        everything=(*found, *account.gaps),
        blocks=(account.provider(),),
        unread=tuple(account.unread),
    )
