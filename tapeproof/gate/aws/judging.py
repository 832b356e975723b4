"""How a rule goes on when one of many things cannot be judged: the first doubt is kept, the rest is judged first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import wraps
from typing import TypeAlias, TypeVar

from tapeproof.gate.engine.evaluator.iam_document import iam_document
from tapeproof.gate.engine.model import (
    Finding,
    Known,
    PolicyDocument,
    Ref,
    Resource,
    Stack,
    Statement,
    Undecided,
    Value,
    policy_documents,
    statements,
)
from tapeproof.gate.engine.rule import Judge, Parameters, judge_all, over

__all__ = ["any_of", "each_document", "surely", "those"]

_RENDERED = "json"
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


def surely(test: Callable[[_Item], bool], item: _Item) -> bool:
    """Return whether an item surely passes a test."""
    try:
        return test(item)
    except Undecided:
        return False


def each_document(*kinds: str) -> Callable[[StatementJudge], Judge]:
    """Make a judge of a function that judges one statement of a policy document.

    The population is the resources that hold a document of these kinds, and the ``aws_iam_policy_document`` data
    sources that none of them uses: a module may hand one out, and nobody else would look at it.

    Args:
        kinds: ``identity``, ``resource``, ``key``, ``trust``; all without one.
    """

    def decorate(function: StatementJudge) -> Judge:
        def documents(holder: Resource, stack: Stack) -> Iterator[PolicyDocument]:
            if holder.mode == "data":
                return _of_data(holder, stack, kinds)
            return policy_documents(stack, *kinds, resource=holder)

        def holders(stack: Stack) -> Iterator[Resource]:
            subjects = (*stack.resources(), *_find_unused_documents(stack))
            return (resource for resource in subjects if _holds(documents(resource, stack)))

        def one(holder: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
            def of_document(document: PolicyDocument) -> Iterator[Finding]:
                return judge_all(
                    document.each_statement(stack), lambda statement: function(statement, document, stack, parameters)
                )

            return judge_all(documents(holder, stack), of_document)

        return wraps(function)(over(holders)(one))

    return decorate


def _find_unused_documents(stack: Stack) -> Iterator[Resource]:
    """Yield the rendered documents that no resource holds, alone or as the source of another one."""
    data = tuple(stack.data("aws_iam_policy_document"))
    if not data:
        return
    held = [(document.holder.address, document.value) for document in _all_documents(stack)]
    held += [(one.address, value) for one in data for name, value in one.attributes.items() if name != _RENDERED]
    used = {origin.address for _, value in held for part in value.parts() for origin in part.origins}
    used |= {value.resource for _, value in held if isinstance(value, Ref)}
    unused = [resource for resource in data if not used & {resource.address, resource.address.partition("[")[0]}]
    if unused and stack.front_end == "plan":  # which does not say where a local value comes from
        texts = {(_read_json(part), holder) for holder, value in held for part in value.parts()}
        unused = [resource for resource in unused if not _is_held(resource, texts)]
    yield from unused


def _is_held(document: Resource, texts: set[tuple[str | None, str]]) -> bool:
    """Return whether something else than a rendered document itself holds what it says."""
    said = _read_json(document[_RENDERED])
    return said is not None and any(text == said and holder != document.address for text, holder in texts)


def _read_json(value: Value) -> str | None:
    """Return a JSON document in one form, whatever its white space and order; None for anything else."""
    written = value.value if isinstance(value, Known) else None
    try:
        read = json.loads(written) if isinstance(written, str) else None
    except (ValueError, RecursionError):
        return None
    return json.dumps(read, sort_keys=True) if isinstance(read, dict) else None


def _all_documents(stack: Stack) -> Iterator[PolicyDocument]:
    for resource in stack.resources():
        try:
            yield from policy_documents(stack, resource=resource)
        except Undecided:
            continue  # how many it holds is not known; that is said when it is judged itself


def _of_data(data: Resource, stack: Stack, kinds: tuple[str, ...]) -> Iterator[PolicyDocument]:
    value = iam_document(data, data.address)
    listed = statements(stack, value)
    named = [statement for statement in listed if statement.principals or statement.not_principals]
    assumed = all(fnmatchcase(_text(action), "sts:*") for statement in named for action in statement.actions)
    kind = "identity" if not named else "trust" if assumed else "resource"
    if not kinds or kind in kinds:
        yield PolicyDocument(holder=data, kind=kind, value=value)


def _text(value: Value) -> str:
    return value.text().lower() if value.known and not value.is_unset else ""


def _holds(documents: Iterator[PolicyDocument]) -> bool:
    try:
        return next(documents, None) is not None
    except Undecided:
        return True
