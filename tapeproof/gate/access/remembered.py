"""Decisions that were taken before: many questions about one stack differ in nothing that a policy asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import build_test, clause_variables
from tapeproof.gate.access.decision import decide
from tapeproof.gate.access.request import read_about
from tapeproof.gate.access.variables import variables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.condition import Value
    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.access.document import Statement
    from tapeproof.gate.access.evaluation import Policies
    from tapeproof.gate.access.request import Request

__all__ = ["Remembered"]

_SOURCE = "aws:sourcearn"
"""What alarms and rules differ in, hundreds of which have one target: no policy asks for more than patterns of it."""


class Remembered:
    """Decides requests, once for all that no policy can tell apart."""

    def __init__(self) -> None:
        # Documents by identity, which holds as long as they are kept here: comparing them costs as much as deciding.
        self._decided: dict[tuple[object, ...], tuple[Policies, Decision]] = {}
        self._patterns: dict[tuple[object, ...], tuple[Policies, _Patterns]] = {}

    def decide(self, policies: Policies, request: Request) -> Decision:
        """Return what is decided about a request.

        Args:
            policies: Every policy that has a say, without grants.
            request: The request, which carries what they ask about, in one order.
        """
        about = (request.action, *(id(one) for one in policies.documents()))
        carried: tuple[object, ...] = tuple(item for item in request.context.items() if item[0] != _SOURCE)
        if _SOURCE in request.context:
            carried += (self._told_apart(policies, about, request),)
        key = (request.principal, request.resource, request.unknown, carried, *about)
        if key not in self._decided:
            self._decided[key] = (policies, decide(policies, request))
        return self._decided[key][1]

    def _told_apart(self, policies: Policies, about: tuple[object, ...], request: Request) -> tuple[object, ...]:
        """Return what tells the source of a request apart from another one."""
        if about not in self._patterns:
            self._patterns[about] = (policies, _Patterns(_list_statements(policies, request.action)))
        return self._patterns[about][1].told_apart(request.context[_SOURCE])


class _Patterns:
    """What some statements ask of the source of a request."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        asked = [(one, clause) for one in statements for clause in one.clauses if clause.key == _SOURCE]
        self.whole = any(_SOURCE in _list_variables(one) for one in statements)
        self.whole = self.whole or any(clause_variables(clause, live=one.live) for one, clause in asked)
        self.tests = () if self.whole else tuple(build_test(clause, _none, live=one.live) for one, clause in asked)

    def told_apart(self, source: Value) -> tuple[object, ...]:
        """Return which of the conditions hold; the source itself where it stands in a pattern as a variable."""
        return source if self.whole else tuple(test.holds(source) for test in self.tests)


def _none(_key: str) -> str | None:
    return None


def _list_statements(policies: Policies, action: str) -> list[Statement]:
    documents = [one for one in policies.documents() if one is not None]
    return [statement for document in documents for statement in read_about(document, action).statements]


def _list_variables(statement: Statement) -> Iterator[str]:
    """Yield the keys that stand in a statement as variables."""
    texts = [text for clause in statement.clauses for text in clause.values]
    texts += statement.resources.values if statement.resources is not None else ()
    for text in texts:
        yield from variables_of(text, live=statement.live)
