"""Decisions that were taken before: many questions about one stack differ in nothing that a policy asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.condition import build_test, clause_variables
from tapeproof.gate.access.decision import decide
from tapeproof.gate.access.evaluation import kind_of_question
from tapeproof.gate.access.request import read_about
from tapeproof.gate.access.variables import variables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tapeproof.gate.access.condition import Value
    from tapeproof.gate.access.decision import Decision
    from tapeproof.gate.access.document import Document, Statement
    from tapeproof.gate.access.evaluation import Policies
    from tapeproof.gate.access.request import Request

__all__ = ["Calls", "Remembered"]

_SOURCE = "aws:sourcearn"


class Remembered:
    """Decides requests, once for all that are the same but for an action that the same statements name."""

    def __init__(self) -> None:
        # What documents say by identity, which holds as long as they are kept: comparing costs as much as deciding.
        self._decided: dict[tuple[object, ...], tuple[Policies, Decision]] = {}

    def decide(self, policies: Policies, request: Request) -> Decision:
        """Return what is decided about a request.

        Args:
            policies: Every policy that has a say, without grants.
            request: The request, which carries only what they ask about, in one order.
        """
        said = [None if one is None else read_about(one, request.action) for one in policies.documents()]
        about = (request.principal, request.resource, request.unknown, *request.context.items())
        key = (about, kind_of_question(request), *map(id, said))
        if key not in self._decided:
            self._decided[key] = (policies, decide(policies, request))
        return self._decided[key][1]


class Calls:
    """The calls of one service on one resource, for sources of which a policy mostly asks no more than a pattern.

    Args:
        documents: The policies of the resource; they are kept, so that their identities stay their own.
        action: What the service calls.

    Attributes:
        decided: What was decided, by what tells a source apart.
    """

    def __init__(self, documents: Iterable[Document], action: str) -> None:
        self.documents = tuple(documents)
        self.decided: dict[tuple[object, ...], Decision] = {}
        statements = [one for document in self.documents for one in read_about(document, action).statements]
        asked = [(one, clause) for one in statements for clause in one.clauses if clause.key == _SOURCE]
        self._whole = any(_SOURCE in _list_variables(one) for one in statements)
        self._whole = self._whole or any(clause_variables(clause, live=one.live) for one, clause in asked)
        self._tests = () if self._whole else tuple(build_test(clause, _none, live=one.live) for one, clause in asked)

    def tell_apart(self, source: Value) -> tuple[object, ...]:
        """Return which conditions hold for a source; the source itself where one puts variables into its patterns."""
        return source if self._whole else tuple([test.holds(source) for test in self._tests])


def _none(_key: str) -> str | None:
    return None


def _list_variables(statement: Statement) -> Iterator[str]:
    """Yield the keys that stand in a statement as variables."""
    texts = [text for clause in statement.clauses for text in clause.values]
    texts += statement.resources.values if statement.resources is not None else ()
    for text in texts:
        yield from variables_of(text, live=statement.live)
