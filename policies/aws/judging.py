"""How a rule goes on when one of many things cannot be judged: the first doubt is kept, the rest is judged first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TypeAlias, TypeVar

from policies.engine.model import Finding, PolicyDocument, Resource, Stack, Statement, Undecided, policy_documents
from policies.engine.rule import Judge, Parameters, judge_all, over

__all__ = ["any_of", "each_document", "those"]

_Item = TypeVar("_Item")
ResourceJudge: TypeAlias = Callable[[Resource, Stack, Parameters], Iterable[Finding]]
StatementJudge: TypeAlias = Callable[[Statement, PolicyDocument, Stack, Parameters], Iterable[Finding]]


def those(items: Iterable[_Item], test: Callable[[_Item], bool]) -> Iterator[_Item]:
    """Yield the items that surely pass a test.

    Raises:
        Undecided: After them, when another item may pass it too.
    """
    doubt: Undecided | None = None
    for item in items:
        try:
            if test(item):
                yield item
        except Undecided as undecided:
            doubt = doubt or undecided
    if doubt is not None:
        raise doubt


def any_of(items: Iterable[_Item], test: Callable[[_Item], bool]) -> bool:
    """Return whether some item passes a test.

    Raises:
        Undecided: None surely does, but one may.
    """
    return any(True for _ in those(items, test))


def each_document(*kinds: str) -> Callable[[StatementJudge], Judge]:
    """Make a judge of a function that judges one statement of a policy document.

    The population is the resources that hold a document of these kinds.

    Args:
        kinds: ``identity``, ``resource``, ``key``, ``trust``; all without one.
    """

    def decorate(function: StatementJudge) -> Judge:
        def documents(holder: Resource, stack: Stack) -> Iterator[PolicyDocument]:
            return policy_documents(stack, *kinds, resource=holder)

        def holders(stack: Stack) -> Iterator[Resource]:
            return (resource for resource in stack.resources() if _holds(documents(resource, stack)))

        def one(holder: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
            def of_document(document: PolicyDocument) -> Iterator[Finding]:
                return judge_all(
                    document.statements(stack), lambda statement: function(statement, document, stack, parameters)
                )

            return judge_all(documents(holder, stack), of_document)

        return wraps(function)(over(holders)(one))

    return decorate


def _holds(documents: Iterator[PolicyDocument]) -> bool:
    try:
        return next(documents, None) is not None
    except Undecided:
        return True
