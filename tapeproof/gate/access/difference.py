"""Compare two documents: does the new one allow a request that the old one does not?

A request is a point: who asks, the action, the resource, and each condition key. A statement is a product of sets, one
for each of these. New access is a point in a new Allow, in no new Deny, and either in no old Allow or in an old Deny.
That is a list of clauses, solved by trying and propagating; the demands on one coordinate are decided exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Literal as Choice

from tapeproof.gate.access.boxes import box_of, multivalued_keys
from tapeproof.gate.access.demand import Box, find_resource_of
from tapeproof.gate.access.evaluation import allows_by_itself
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.populations import Population, populations
from tapeproof.gate.access.principal import Match, Principal, match_principal
from tapeproof.gate.access.request import Request
from tapeproof.gate.access.solver import Found, Solver
from tapeproof.gate.engine.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.document import Document, Statement

__all__ = ["Difference", "Witness", "find_new_access"]

Kind = Choice["identity", "resource"]


@record(slots=False)
class Witness:
    """A request that only the new document allows.

    Attributes:
        principal: Who asks; None where the documents belong to one identity.
        action: The action.
        resource: The resource.
        context: The keys the request carries, in lower case.
        statement: The new document's statement that allows it.
    """

    principal: Principal | None
    action: str
    resource: str
    context: dict[str, tuple[str, ...]]
    statement: Statement


@record(slots=False)
class Difference:
    """The outcome of a comparison.

    Attributes:
        new_access: Whether the new document allows more; None where that is not decided.
        witness: A request that shows it.
        reason: Why it is not decided.
    """

    new_access: bool | None
    witness: Witness | None = None
    reason: str = ""


def find_new_access(old: Document, new: Document, kind: Kind = "identity", account: str = "") -> Difference:
    """Compare two documents of one kind.

    Args:
        old: The document before.
        new: The document after.
        kind: Whether they are attached to an identity or to a resource.
        account: For documents of a resource, the account that owns it.

    Returns:
        Whether there is new access, with one request that shows it.
    """
    try:
        for witness in _witnesses(old, new, kind, account):
            if _is_right(witness, old, new):
                return Difference(new_access=True, witness=witness)
            return Difference(new_access=None, reason="the request found does not stand up to the evaluation")
    except UndecidedError as error:
        return Difference(new_access=None, reason=str(error))
    return Difference(new_access=False)


def _witnesses(old: Document, new: Document, kind: Kind, account: str) -> Iterator[Witness]:
    changed = _changed_allows(old, new)
    if not changed:
        return
    many = multivalued_keys([*old.statements, *new.statements])
    for population in populations(old, new, account if kind == "resource" else None):
        sides = _Sides(old, new, population)
        for statement in changed:
            if sides.speaks_of(statement):
                solver = Solver(many, (*population.demands, *box_of(statement, population.values)))
                yield from (_witness(one, population, statement) for one in sides.newly_allowed(solver))


def _changed_allows(old: Document, new: Document) -> list[Statement]:
    """Return the Allow statements that could give more: those not in the old document, or all if a Deny was lifted."""
    allows = [statement for statement in new.statements if statement.effect == "Allow"]
    kept = {_strip_labels(statement) for statement in new.statements if statement.effect == "Deny"}
    before = {_strip_labels(statement) for statement in old.statements}
    lifted = any(one.effect == "Deny" and _strip_labels(one) not in kept for one in old.statements)
    return allows if lifted else [one for one in allows if _strip_labels(one) not in before]


def _strip_labels(statement: Statement) -> Statement:
    return replace(statement, sid="", index=0)


class _Sides:
    """The statements of both documents that speak of one kind of caller."""

    def __init__(self, old: Document, new: Document, population: Population) -> None:
        self.population = population
        self.denies = self._boxes(new, "Deny")
        self.old_allows = self._boxes(old, "Allow")
        self.old_denies = [box for box in self._boxes(old, "Deny") if box not in set(self.denies)]

    def speaks_of(self, statement: Statement) -> bool:
        principal = self.population.principal
        return principal is None or match_principal(statement, principal) != Match.NONE

    def _boxes(self, document: Document, effect: str) -> list[Box]:
        spoken = (one for one in document.statements if one.effect == effect and self.speaks_of(one))
        return list(dict.fromkeys(box_of(one, self.population.values) for one in spoken))

    def newly_allowed(self, solver: Solver) -> Iterator[Found]:
        """Yield requests in no new Deny, and in no old Allow or else in an old Deny."""
        found = [solver.solve((), [*self.denies, *self.old_allows])]
        found.extend(solver.solve(lifted, self.denies) for lifted in self.old_denies)
        yield from (one for one in found if one is not None)


def _witness(found: Found, population: Population, statement: Statement) -> Witness:
    action = found.action
    action = next((name for name in statement.actions.values if name.lower() == action.lower()), action)
    resource = find_resource_of(action.partition(":")[0].lower(), found.on_resource) or found.resource
    principal = population.principal
    carried = found.context.get("aws:principalarn")
    if principal is not None and carried:
        session = principal.session.replace(principal.name.rpartition("/")[2], carried[0].rpartition("/")[2])
        principal = principal._replace(name=carried[0], session=session)
    return Witness(principal, action, resource, found.context, statement)


def _is_right(witness: Witness, old: Document, new: Document) -> bool:
    request = Request(
        witness.principal or Principal("anonymous"), witness.action, witness.resource, "", witness.context
    )
    return allows_by_itself(new, request) and not allows_by_itself(old, request)
