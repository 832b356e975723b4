"""Statements as products of sets: one set for the action, one for the resource, one for each condition key."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import Test, build_test
from tapeproof.gate.access.demand import ACTION, RESOURCE, Box, Demanded
from tapeproof.gate.access.faults import UndecidedError
from tapeproof.gate.access.patterns import Glob, resource_pattern, wildcard
from tapeproof.gate.access.values import is_multivalued
from tapeproof.gate.access.variables import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.gate.access.document import Names, Statement

__all__ = ["box_of", "multivalued_keys"]


def multivalued_keys(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the keys that carry lists of values, as the statements test them."""
    tests: dict[str, list[Test]] = {}
    for statement in statements:
        for clause in statement.clauses:
            if clause.operator.quantifier:
                tests.setdefault(clause.key, []).append(build_test(clause, lambda _: None, live=statement.live))
    return frozenset(key for key, found in tests.items() if is_multivalued(found))


def box_of(statement: Statement, values: Mapping[str, str | None]) -> Box:
    """Return where a statement applies.

    Args:
        statement: The statement.
        values: What policy variables stand for; a key without value is absent.

    Raises:
        UndecidedError: A part of the statement is not known.
    """
    if statement.unread:
        raise UndecidedError(statement.unread[0])
    demands = [Demanded(ACTION, _actions(statement.actions.values), not statement.actions.negated)]
    if statement.resources is not None:
        resources = _resources(statement.resources, tuple(sorted(values.items())), live=statement.live)
        demands.append(Demanded(RESOURCE, resources, not statement.resources.negated))
    demands.extend(Demanded(one.key, build_test(one, values.get, live=statement.live)) for one in statement.clauses)
    return tuple(dict.fromkeys(demands))


@lru_cache(maxsize=16_384)
def _actions(values: tuple[str, ...]) -> tuple[Glob, ...]:
    return tuple(wildcard(value, folded=True) for value in values)


@lru_cache(maxsize=16_384)
def _resources(names: Names, looked_up: tuple[tuple[str, str | None], ...], *, live: bool) -> tuple[Glob, ...]:
    values = dict(looked_up)
    expanded = [(text, expand(text, values.get, live=live)) for text in names.values]
    return tuple(resource_pattern(marked, text) for text, marked in expanded if marked is not None)
