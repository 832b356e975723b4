"""How wide a resource has to be for an action: what AWS itself demands is in ``policies/facts``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.actions import takes_no_resource
from tapeproof.gate.aws.arns import matches, may_match, shape
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Statement, Value

__all__ = ["needlessly_wide"]

_A_NAMED_ACTION = "a named action"
"""What stands for an action where a statement allows all but some, or those of a pattern."""


def needlessly_wide(statement: Statement, kinds: tuple[str, ...], resource: Value) -> str:
    """Return what could do with a narrower resource, an action or ``a named action``; empty when all need this form.

    An action or a part of the resource that has no value does not hide one that is needlessly wide whatever it is.

    Args:
        statement: The statement, which allows.
        kinds: What its document attaches to, and the type of the resource that holds it.
        resource: One of its resources, which holds a wildcard.

    Raises:
        Undecided: It depends on what has no value.
    """
    if not statement.actions:
        return _A_NAMED_ACTION
    doubt: Undecided | None = None
    for action in statement.actions:
        try:
            if not _needs(action.text(), kinds, resource):
                return action.text() if _names_one(action.text()) else _A_NAMED_ACTION
        except Undecided as undecided:
            doubt = doubt or undecided
    if doubt is not None:
        raise doubt
    return ""


def _names_one(action: str) -> bool:
    return ":" in action and not {"*", "?"} & set(action)


def _needs(action: str, kinds: tuple[str, ...], resource: Value) -> bool:
    """Return whether AWS knows no narrower form of a resource for an action than this one, or one that holds it.

    Raises:
        Undecided: It depends on a part of the resource that has no value.
    """
    if resource.known and resource.text() == "*" and takes_no_resource(action):
        return True
    accepted = [
        row["arn"]
        for row in rows("wildcard_arns")
        if row["document"] in {"*", *kinds}
        and (row["actions"] == "*" or action.lower() in row["actions"].lower().split())
    ]
    try:
        return any(matches(shape(resource), form) for form in accepted)
    except Undecided as undecided:
        if any(may_match(resource, form) for form in accepted):
            raise
        if undecided.value is not resource:
            raise
        return False
