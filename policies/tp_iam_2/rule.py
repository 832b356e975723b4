"""Allow statements name their resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import shape, wildcard
from tapeproof.gate.aws.judging import each_document
from tapeproof.gate.aws.scope import needlessly_wide
from tapeproof.gate.engine.model import Unknown
from tapeproof.gate.engine.rule import judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, PolicyDocument, Stack, Statement, Unresolved, Value
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
            wider = needlessly_wide(statement, (document.kind, document.holder.type), resource)
            if wider:
                where = resource.place_of(wildcard(resource))
                told = _format_text(resource)
                message = f"{told} is wider than {wider} needs"
                yield fails(where, message, fix="name the ARN", expected="an exact ARN", observed=told)
        elif resource.known and not text.startswith("arn:"):
            yield fails(
                resource, f"{text!r} is no ARN", fix="use the resource's arn attribute", expected="an exact ARN"
            )

    if statement.not_resources:
        message = "NotResource in an Allow statement allows every resource but those named"
        place = statement.places["NotResource"]
        yield fails(place, message, fix="use Resource and name each ARN", expected="no NotResource")
    yield from judge_all(statement.resources, of_resource)


def _format_text(resource: Value) -> str:
    contents = (piece.content for piece in resource.pieces_of_text())
    return "".join(_format_piece(content) for content in contents)


def _format_piece(content: str | Unresolved) -> str:
    if isinstance(content, str):
        return content
    return "…" if isinstance(content, Unknown) else f"${{{content}}}"
