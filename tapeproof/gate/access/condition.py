"""Conditions on one key, and what a request may carry under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tapeproof.gate.access.operators import Member, Operator, member
from tapeproof.gate.access.variables import expand, variables_of
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from tapeproof.gate.access.document import Clause

__all__ = ["Lookup", "Opaque", "Test", "Value", "build_test", "clause_variables"]

Value = tuple[str, ...]
"""What a request carries under a key; nothing where the key is absent."""
_MARKS = frozenset("*?$")
"""What makes more of a value than the text it is."""
Lookup = Callable[[str], str | None]
"""Returns the value of a key, None where the request does not carry it."""


class Test(NamedTuple):
    """A condition whose policy variables have been put in.

    Attributes:
        key: The key in lower case.
        spelled: The key as the document writes it.
        operator: How values are compared.
        members: What each listed value stands for.
        texts: The listed values, for people.
    """

    key: str
    spelled: str
    operator: Operator
    members: tuple[Member, ...]
    texts: tuple[str, ...]

    def holds(self, value: Value) -> bool:
        """Return whether the condition holds for a request that carries this value."""
        operator = self.operator
        if operator.base == "Null":
            return ("false" if value else "true") in {text.lower() for text in self.texts}
        if not value:
            if operator.if_exists or operator.quantifier == "all":
                return True
            return operator.negated and not operator.quantifier
        matches = [any(one in member for member in self.members) != operator.negated for one in value]
        every = operator.quantifier == "all" or (operator.negated and not operator.quantifier)
        return all(matches) if every else any(matches)


class Opaque(NamedTuple):
    """A condition that may or may not hold: `reason` says what is not known.

    Attributes:
        reason: What is missing.
        keys: The keys (in lower case) whose values would tell, where the reason is that several hang together.
    """

    reason: str
    keys: tuple[str, ...] = ()


def clause_variables(clause: Clause, *, live: bool) -> tuple[str, ...]:
    """Return the keys that the clause's values mention as variables."""
    return tuple(key for text in clause.values for key in variables_of(text, live=live))


def build_test(clause: Clause, look_up: Lookup, *, live: bool) -> Test:
    """Put the variables into a clause; a value whose variable has none equals nothing."""
    if live and any("${" in text for text in clause.values):
        return _put_in(clause, look_up, live=True)
    return _build_static(clause)


@lru_cache(maxsize=8192)
def _build_static(clause: Clause) -> Test:
    """Return the test of a clause in which no variable stands; many requests are held against each."""
    return _put_in(clause, lambda _: None, live=False)


def _put_in(clause: Clause, look_up: Lookup, *, live: bool) -> Test:
    operator = clause.operator
    if not any(_MARKS & set(text) for text in clause.values):
        return Test(
            clause.key, clause.spelled, operator, tuple(map(operator.plain_member, clause.values)), clause.values
        )
    wild = operator.kind in {"wildcard", "arn"}
    expanded = [(text, expand(text, look_up, live=live, wild=wild)) for text in clause.values]
    members = tuple(member(operator, marked, text) for text, marked in expanded if marked is not None)
    texts = tuple(_plain(text, marked) for text, marked in expanded if marked is not None)
    return Test(clause.key, clause.spelled, operator, members, texts)


def _plain(text: str, marked: Sequence[tuple[str, bool]]) -> str:
    return "".join(letter for letter, _ in marked) if "${" in text else text
