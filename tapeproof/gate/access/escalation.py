"""Ways in which an identity makes itself more than it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.demand import find_resource_of, is_value
from tapeproof.gate.access.document import Document, Names, Statement
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.request import names_action
from tapeproof.gate.access.site import site_of
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.engine.record import replace
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tapeproof.gate.access.solver import Found
    from tapeproof.gate.engine.model import Finding, Resource, Stack

__all__ = ["judge_identity"]


class _Granted(NamedTuple):
    """One action that an identity has somewhere: on which resource, and by which statement."""

    action: str
    resource: str
    statement: Statement
    holder: str


def judge_identity(stack: Stack, holder: Resource) -> Iterator[Finding]:
    """Yield a finding for each way in which a role, a user or a group can make itself more than it is.

    Raises:
        Undecided: After them, where one of its policies is not known.
    """
    holdings = site_of(stack).holdings
    owned = holdings.identity(holder)
    statements = tuple((one.document.name, statement) for one in owned for statement in one.document.statements)
    known = [(name, statement) for name, statement in statements if not statement.unread]
    boundary = holdings.boundary(holder)
    limit = None if boundary is None else boundary.document
    doubts = [statement.unread[0] for _, statement in statements if statement.unread]
    services = _list_services(one for _, one in known if one.effect == "Allow")
    for row in rows("escalations"):
        try:
            granted = [
                _grant(known, action, limit, row) if services & {"*", action.partition(":")[0].lower()} else None
                for action in row["actions"].split()
            ]
        except UndecidedError as error:
            doubts.append(f"whether it {row['way']}: {error}")
            continue
        found = [one for one in granted if one is not None]
        if len(found) == len(granted):
            yield _build_finding(stack, holder, row["way"], found)
    if doubts:
        raise Undecided(holder["name"], doubts[0])


def _list_services(statements: Iterable[Statement]) -> set[str]:
    """Return the services of which statements name actions, `*` where one may name those of any."""
    names = [one.actions for one in statements]
    texts = [text.partition(":")[0].lower() for one in names for text in one.values]
    return {"*" if set("*?") & set(text) else text for text in texts} | {"*" for one in names if one.negated}


def _grant(
    known: Sequence[tuple[str, Statement]], action: str, limit: Document | None, way: Mapping[str, str]
) -> _Granted | None:
    """Return a request with the action that an identity's policies and boundary allow, None where they allow none."""
    named = [(name, one) for name, one in known if names_action(one.actions, action)]
    allows = [(name, one) for name, one in named if one.effect == "Allow" and _gives_more(one, way)]
    bounds = [Statement("Allow", Names(("*",)), Names(("*",)))] if limit is None else list(limit.statements)
    bounds = [one for one in bounds if names_action(one.actions, action)]
    both = [*(one for _, one in named), *bounds]
    document = Document(tuple(replace(one, actions=Names((action,))) for one in both if one.effect == "Deny"))
    for name, statement in allows:
        for bound in (one for one in bounds if one.effect == "Allow"):
            found = _solve(replace(statement, actions=Names((action,))), bound, document, way["carried"])
            if found is not None:
                resource = find_resource_of(action.partition(":")[0], found.on_resource) or found.resource
                return _Granted(action, resource, statement, name)
    return None


def _gives_more(statement: Statement, way: Mapping[str, str]) -> bool:
    """Return whether a statement does not give what is gained by itself, and is not about its own user only."""
    gained = way["gained"].split()
    if gained and all(names_action(statement.actions, one) for one in gained):
        return False
    names = statement.resources
    own = names is not None and all("${aws:username}" in text.lower() for text in names.values)
    return not (way["of_others"] and own)


def _solve(statement: Statement, bound: Statement, denies: Document, carried: str) -> Found | None:
    """Return a request inside a statement and a bound, and outside all Denies."""
    from tapeproof.gate.access.boxes import box_of, multivalued_keys  # noqa: PLC0415 - few policies get as far as this
    from tapeproof.gate.access.populations import populations  # noqa: PLC0415 - as above
    from tapeproof.gate.access.solver import Solver  # noqa: PLC0415 - as above

    every = [statement, bound, *denies.statements]
    demands = [is_value(key.lower(), value) for key, _, value in [carried.partition("=")] if key]
    for population in populations(denies, Document((statement, bound)), None):
        outside = [box_of(one, population.values) for one in denies.statements]
        inside = (*population.demands, *demands, *box_of(statement, population.values))
        found = Solver(multivalued_keys(every), inside).solve(box_of(bound, population.values), outside)
        if found is not None:
            return found
    return None


def _build_finding(stack: Stack, identity: Resource, way: str, found: Sequence[_Granted]) -> Finding:
    holder = stack.at(found[-1].holder) or identity
    actions = " and ".join(f"{one.action} on {one.resource}" for one in found)
    return holder.fails(
        holder.attributes.get("policy", holder),
        f"{identity.address} {way}: it may call {actions}",
        fix=f"take {found[-1].action} away, or bind it by a permissions boundary",
        expected="no way to more than it has",
        observed=", ".join(one.action for one in found),
    )
