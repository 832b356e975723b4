"""Allow statements name their resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import matches, may_match, shape, wildcard
from tapeproof.gate.aws.judging import each_document
from tapeproof.gate.aws.tables import rows, unscoped_actions
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, PolicyDocument, Stack, Statement, Value
    from tapeproof.gate.engine.rule import Parameters


@each_document("identity", "resource", "key")
def judge(statement: Statement, document: PolicyDocument, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each resource that stands for more than one, unless AWS knows no narrower form."""
    if not statement.allows:
        return
    fails = document.holder.fails

    def of_resource(resource: Value) -> Iterator[Finding]:
        text = shape(resource) if not wildcard(resource) else ""
        if wildcard(resource):
            wider = _needlessly_wide(statement, document.kind, resource)
            if wider:
                where = resource.place_of(wildcard(resource))
                message = f"{_shown(resource)} is wider than {wider} needs"
                yield fails(where, message, fix="name the ARN", expected="an exact ARN", observed=_shown(resource))
        elif resource.known and not text.startswith("arn:"):
            yield fails(
                resource, f"{text!r} is no ARN", fix="use the resource's arn attribute", expected="an exact ARN"
            )

    if statement.not_resources:
        message = "NotResource in an Allow statement allows every resource but those named"
        place = statement.places["NotResource"]
        yield fails(place, message, fix="use Resource and name each ARN", expected="no NotResource")
    yield from judge_all(statement.resources, of_resource)


def _needlessly_wide(statement: Statement, kind: str, resource: Value) -> str:
    """Return an action that could do with a narrower resource; empty when each needs this form.

    An action or a part of the resource that has no value does not hide one that is needlessly wide whatever it is.
    """
    if not statement.actions:
        return "NotAction"
    doubt: Undecided | None = None
    for action in statement.actions:
        try:
            if not _needs(action.text(), kind, resource):
                return action.text()
        except Undecided as undecided:
            doubt = doubt or undecided
    if doubt is not None:
        raise doubt
    return ""


def _needs(action: str, kind: str, resource: Value) -> bool:
    """Return whether AWS knows no narrower form of a resource for an action than this one, or one that holds it.

    Raises:
        Undecided: It depends on a part of the resource that has no value.
    """
    if resource.known and resource.text() == "*" and action.lower() in unscoped_actions():
        return True
    accepted = [
        row["arn"]
        for row in rows("wildcard_arns")
        if row["document"] in {"*", kind}
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


def _shown(resource: Value) -> str:
    return "".join(str(piece.content) for piece in resource.pieces_of_text())
