"""Reads an account into the model, one service after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Stack
from tapeproof.gate.frontends.live.account import Account, find_account
from tapeproof.gate.frontends.live.compute import functions
from tapeproof.gate.frontends.live.identity import groups, keys, policies, roles, users
from tapeproof.gate.frontends.live.messaging import queues, topics
from tapeproof.gate.frontends.live.pipes import pipes
from tapeproof.gate.frontends.live.routing import buses, schedules
from tapeproof.gate.frontends.live.storage import buckets, tables
from tapeproof.gate.frontends.live.streams import streams
from tapeproof.gate.frontends.live.watching import alarms, log_groups, log_policies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.account.asking import Account as AskedAccount
    from tapeproof.gate.engine.model import Resource

__all__ = ["read"]

_SERVICES: tuple[Callable[[Account], Iterator[Resource]], ...] = (
    functions,
    buses,
    schedules,
    pipes,
    streams,
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
)


def read(
    *,
    region: str | None = None,
    suffix: str = "",
    session: Any = None,  # noqa: ANN401 - boto3 is untyped
    account: AskedAccount | None = None,
) -> Stack:
    """Return what an account holds in one region.

    Only calls that read are made; AWS's managed policy ``ReadOnlyAccess`` is more than enough.

    Args:
        region: The region; that of the environment or profile when None.
        suffix: Look only at what has a name with this ending, such as the environment suffix; keys count by alias.
        session: A boto3 session; one with credentials from the environment when None.
        account: One that others of this run ask as well, in place of region and session.

    Raises:
        CannotJudgeError: boto3 is not installed, or AWS cannot be asked at all.
    """
    looked = Account(account or find_account(region, session), suffix)
    found = tuple(resource for service in _SERVICES for resource in service(looked))
    return Stack(
        root=looked.span.file,
        front_end="live",
        everything=(*found, *looked.gaps),
        blocks=(looked.provider(),),
        unread=tuple(looked.unread),
    )
