"""Statements that deny everybody but some, beside one that allows everybody: together they allow only those.

Sources: Amazon API Gateway Developer Guide, "API Gateway resource policy examples" (private APIs are allowed to all and
denied outside a network); AWS IAM User Guide, "Policy evaluation logic" (a denial overrides) and "IAM JSON policy
elements: Condition operators" (a negated operator also holds where the key is absent).
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tapeproof.gate.aws.conditions import denies_others
from tapeproof.gate.aws.judging import any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tapeproof.gate.engine.model import Statement, Value

__all__ = ["leaves_few"]


def leaves_few(allowing: Statement, statements: Iterable[Statement], keys: Collection[str]) -> bool:
    """Return whether a document's denials leave, of all that a statement allows, only what some keys fix.

    Args:
        allowing: The statement that allows everybody.
        statements: All statements of its document.
        keys: Condition keys in lower case.

    Raises:
        Undecided: It cannot be told.
    """
    return any_of(statements, lambda statement: _takes_all_but_few(statement, allowing, keys))


def _takes_all_but_few(denying: Statement, allowing: Statement, keys: Collection[str]) -> bool:
    if denying.allows or not denying.conditions or not allowing.actions or not allowing.resources:
        return False
    if not all(denies_others(condition, keys) for condition in denying.conditions):
        return False
    everybody = any_of(denying.principals, lambda principal: principal.value.known and principal.value.text() == "*")
    return (
        everybody
        and _cover(denying.actions, allowing.actions, str.lower)
        and _cover(denying.resources, allowing.resources, str)
    )


def _cover(patterns: tuple[Value, ...], values: tuple[Value, ...], fold: Callable[[str], str]) -> bool:
    return all(any_of(patterns, lambda pattern: _covers(pattern, value, fold)) for value in values)  # noqa: B023 - asked at once


def _covers(pattern: Value, value: Value, fold: Callable[[str], str]) -> bool:
    if pattern.known and value.known:
        return fnmatchcase(fold(value.text()), fold(pattern.text()))
    return (pattern.known and pattern.text() == "*") or pattern.same_as(value)
