"""Ways in which a role makes itself more than it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.access.decision import Answer, decide
from tapeproof.gate.access.delivery.site import site_of
from tapeproof.gate.access.difference import find_new_access
from tapeproof.gate.access.document import Document, Names, Statement
from tapeproof.gate.access.evaluation import Policies
from tapeproof.gate.access.principal import Principal
from tapeproof.gate.access.request import Request, names_action
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.gate.engine.model import Finding, Resource, Stack

__all__ = ["judge_role"]


class _Granted(NamedTuple):
    """One action that a role has somewhere: on which resource, and by which statement."""

    action: str
    resource: str
    statement: Statement
    holder: str


def judge_role(stack: Stack, role: Resource) -> Iterator[Finding]:
    """Yield a finding for each way in which a role can make itself more than it is.

    Raises:
        Undecided: After them, where one of its policies is not known.
    """
    holdings = site_of(stack).holdings
    owned = holdings.identity(role)
    statements = tuple((one.document.name, statement) for one in owned for statement in one.document.statements)
    known = [(name, statement) for name, statement in statements if not statement.unread]
    boundary = holdings.boundary(role)
    limit = None if boundary is None else boundary.document
    for row in rows("escalations"):
        granted = [_grant(known, action, limit) for action in row["actions"].split()]
        found = [one for one in granted if one is not None]
        if len(found) == len(granted):
            yield _build_finding(stack, role, row["way"], found)
    unread = next((statement.unread[0] for _, statement in statements if statement.unread), "")
    if unread:
        raise Undecided(role["name"], unread)


def _grant(known: Sequence[tuple[str, Statement]], action: str, limit: Document | None) -> _Granted | None:
    """Return a request with the action that a role's policies allow, None where they allow none."""
    named = [(name, one) for name, one in known if names_action(one.actions, action)]
    if not any(one.effect == "Allow" for _, one in named):
        return None
    only = Document(tuple(replace(one, actions=Names((action,)), index=at) for at, (_, one) in enumerate(named)))
    witness = find_new_access(Document(()), only).witness
    if witness is None or (limit is not None and not _within(limit, action, witness.resource)):
        return None
    name, statement = named[witness.statement.index]
    return _Granted(action, witness.resource, statement, name)


def _within(limit: Document, action: str, resource: str) -> bool:
    request = Request(Principal("root", "", "0"), action, resource, "0")
    return decide(Policies((limit,)), request).answer is not Answer.DENIED


def _build_finding(stack: Stack, role: Resource, way: str, found: Sequence[_Granted]) -> Finding:
    holder = stack.at(found[-1].holder) or role
    actions = " and ".join(f"{one.action} on {one.resource}" for one in found)
    return holder.fails(
        holder.attributes.get("policy", holder),
        f"{role.address} {way}: it may call {actions}",
        fix=f"take {found[-1].action} away, or bind it by a permissions boundary",
        expected="no way to more than it has",
        observed=", ".join(one.action for one in found),
    )
