"""One request, and whether a statement applies to it."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import Opaque, Test, Value, build_test, clause_variables
from tapeproof.gate.access.document import About
from tapeproof.gate.access.operators import Operator
from tapeproof.gate.access.patterns import Glob, exact, resource_pattern, wildcard
from tapeproof.gate.access.variables import expand, variables_of
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.access.document import Clause, Document, Names, Statement
    from tapeproof.gate.access.principal import Principal

__all__ = [
    "Literal",
    "Request",
    "apply_statement",
    "list_conditions",
    "may_reach",
    "names_action",
    "read_about",
    "static_resource",
]

Literal = Test | Opaque
"""A condition that the request leaves open."""
_MARKS = frozenset("*?$")
"""What makes more of a resource than the text it is."""
_LONGEST = 400
"""Longer texts are not searched for what an unknown variable in them would have to be."""


class Request(NamedTuple):
    """Who asks for what.

    Attributes:
        principal: Who asks.
        action: The action, such as `s3:GetObject`.
        resource: The ARN, or `*` where the action is on none.
        account: The account that owns the resource.
        context: Values of condition keys, keys in lower case; a key that is not there is absent from the request.
        unknown: Keys (in lower case) that may be absent or have any value.
    """

    principal: Principal
    action: str
    resource: str
    account: str
    context: Mapping[str, Value] = MappingProxyType({})
    unknown: frozenset[str] = frozenset()

    def look_up(self, key: str) -> str | None:
        """Return the value of a variable."""
        value = self.context.get(key, ())
        return value[0] if value else None


@lru_cache(maxsize=16_384)
def names_action(names: Names, action: str) -> bool:
    """Return whether the statement's Action or NotAction takes the action in; case does not matter."""
    return _is_named(names.values, action) != names.negated


def _is_named(patterns: tuple[str, ...], action: str) -> bool:
    plain, globs = _take_apart(patterns)
    return action.lower() in plain or any(action in glob for glob in globs)


@lru_cache(maxsize=16_384)
def _take_apart(patterns: tuple[str, ...]) -> tuple[frozenset[str], tuple[Glob, ...]]:
    """Return patterns of actions as those that are of one action, in lower case, and the others."""
    plain = frozenset(one.lower() for one in patterns if one.isascii() and not set("*?") & set(one))
    return plain, tuple(wildcard(one, folded=True) for one in patterns if one.lower() not in plain)


@lru_cache(maxsize=65_536)
def static_resource(text: str, *, live: bool) -> Glob | None:
    """Return the set of a resource in which no variable stands."""
    if not _MARKS & set(text):
        return exact(text)
    if variables_of(text, live=live):
        return None
    marked = expand(text, lambda _: None, live=live)
    return resource_pattern(marked, text) if marked is not None else None


def read_about(document: Document, action: str) -> About:
    """Return what a document says of an action, looked for once; the same of actions that the same statements name."""
    found = document.by_action.get(action)
    if found is None:
        statements = tuple(one for one in document.statements if names_action(one.actions, action))
        found = document.said.get(tuple(map(id, statements)))
        if found is None:
            found = About(statements, frozenset[str]().union(*(one.keys for one in statements)))
            document.said[tuple(map(id, statements))] = found
        document.by_action[action] = found
    return found


def apply_statement(statement: Statement, request: Request) -> tuple[Literal, ...] | None:
    """Return the conditions left open on which the statement applies to the request; None where it does not.

    Who asks is not looked at here.
    """
    return list_conditions(statement, request) if names_action(statement.actions, request.action) else None


def list_conditions(statement: Statement, request: Request) -> tuple[Literal, ...] | None:
    """Return the conditions on which a statement that names the action applies; None where it does not.

    Who asks is not looked at here.
    """
    open_resource = _resources(statement, request)
    if open_resource is None:
        return None
    left: list[Literal] = [*open_resource, *(Opaque(reason) for reason in statement.unread)]
    for clause in statement.clauses:
        tested = _clause(clause, request, live=statement.live)
        if tested is False:
            return None
        if not isinstance(tested, bool):
            left.append(tested)
    return tuple(dict.fromkeys(left))


def _clause(clause: Clause, request: Request, *, live: bool) -> Literal | bool:
    mentioned = [key for key in clause_variables(clause, live=live) if key in request.unknown]
    if clause.key in request.unknown and not mentioned:
        return build_test(clause, request.look_up, live=live)
    if mentioned:
        keys = tuple(dict.fromkeys([clause.key, *mentioned]))
        return Opaque(
            f"{clause.spelled} against {', '.join(clause.values)}", tuple(k for k in keys if k in request.unknown)
        )
    return build_test(clause, request.look_up, live=live).holds(request.context.get(clause.key, ()))


def _resources(statement: Statement, request: Request) -> tuple[Literal, ...] | None:
    """Return the conditions on which the resource is one of the statement's; None where it is not."""
    names = statement.resources
    if names is None:
        return ()
    open_literals: list[Literal] = []
    for text in names.values:
        static = static_resource(text, live=statement.live)
        found = request.resource in static if static else _variable_resource(text, request)
        if found is True:
            return None if names.negated else ()
        if not isinstance(found, bool):
            open_literals.append(found)
    if not open_literals:
        return () if names.negated else None
    if len(open_literals) == 1 and not names.negated:
        return (open_literals[0],)
    keys = [key for one in open_literals for key in ((one.key,) if isinstance(one, Test) else one.keys)]
    return (Opaque(f"the resource against {', '.join(names.values)}", tuple(dict.fromkeys(keys))),)


def may_reach(statement: Statement, arn: str) -> bool:
    """Return whether a statement may be about a resource, whatever stands for the variables in it."""
    names = statement.resources
    if names is None or names.negated:
        return True
    globs = (static_resource(text, live=statement.live) for text in names.values)
    return any(glob is None or arn in glob for glob in globs)


def _variable_resource(text: str, request: Request) -> Literal | bool:
    keys = tuple(dict.fromkeys(key for key in variables_of(text, live=True) if key in request.unknown))
    if not keys:
        marked = expand(text, request.look_up, live=True)
        return marked is not None and request.resource in resource_pattern(marked, text)
    if len(keys) > 1 or len(request.resource) > _LONGEST:
        return Opaque(f"the resource against {text}", keys)
    return _solve_variable(text, keys[0], request)


def _solve_variable(text: str, key: str, request: Request) -> Literal | bool:
    """Return the values of a variable with which the pattern takes the resource in, as a test of its key."""

    def fits(value: str | None) -> bool:
        marked = expand(text, lambda one: value if one == key else request.look_up(one), live=True)
        return marked is not None and request.resource in resource_pattern(marked, text)

    resource, begins = request.resource, text[: text.index("${")]
    fixed = resource.startswith(begins) and text.count("${") == 1 and not set("*?") & set(begins)
    pieces = {
        resource[low:high]
        for low in ([len(begins)] if fixed else range(len(resource)))
        for high in range(low + 1, len(resource) + 1)
    }
    values = tuple(sorted(piece for piece in pieces if fits(piece)))
    absent = fits(None)
    if not values and not absent:
        return False
    return Test(key, key, Operator("StringEquals", if_exists=absent), tuple(exact(value) for value in values), values)
