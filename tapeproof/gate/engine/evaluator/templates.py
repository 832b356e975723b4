"""Templates: strings put together from literal text and values, each piece at its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.conversion import convert, truth
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.iteration import pairs
from tapeproof.gate.engine.evaluator.marks import check_length, marks_of, unknown_from
from tapeproof.gate.engine.evaluator.normal_form import compose, compose_text
from tapeproof.gate.engine.evaluator.syntax import Constant, Expression, Template, TemplateFor, TemplateIf
from tapeproof.gate.engine.evaluator.types import STRING
from tapeproof.gate.engine.model import Known, Piece, Span, Text, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.engine.evaluator.interfaces import Evaluation, Frame

__all__ = ["template"]


def template(evaluator: Evaluation, node: Template, frame: Frame) -> Value:
    """Return the value of a template; one that is nothing but an expression has the value of that expression.

    Raises:
        Fault: A part has no text.
    """
    if len(node.parts) == 1 and not isinstance(node.parts[0], (Constant, TemplateIf, TemplateFor)):
        return evaluator.evaluate(node.parts[0], frame)
    values: list[Value] = []
    pieces = _pieces(evaluator, node.parts, frame, values)
    span = frame.span(node.at)
    if pieces is None:
        return unknown_from(values, span)
    return _string(pieces, values, span)


def _string(pieces: list[Piece], values: list[Value], span: Span) -> Value:
    check_length(pieces)
    marks = marks_of(values)
    document = _only_document(pieces, values)
    if all(isinstance(piece.content, str) for piece in pieces):
        text = "".join(piece.content for piece in pieces if isinstance(piece.content, str))
        kept = tuple(pieces) if len(pieces) > 1 or "\n" in text or any(piece.shifts for piece in pieces) else ()
        made = Known(text, pieces=kept, span=span, origins=marks.origins, sensitive=marks.sensitive, document=document)
        return made if text.isascii() else compose(made)
    return Text(tuple(pieces), span=span, origins=marks.origins, sensitive=marks.sensitive, document=document)


def _only_document(pieces: list[Piece], values: list[Value]) -> Value | None:
    """Return the document of the only value that is not blank: a heredoc around ``jsonencode``."""
    documents = [value for value in values if value.document is not None]
    if len(documents) != 1:
        return None
    rest = "".join(piece.content for piece in pieces if isinstance(piece.content, str))
    whole = "".join(piece.content for piece in documents[0].pieces_of_text() if isinstance(piece.content, str))
    return documents[0].document if rest.strip() == whole.strip() else None


def _pieces(
    evaluator: Evaluation, parts: Iterable[Expression], frame: Frame, values: list[Value]
) -> list[Piece] | None:
    """Return the pieces of some parts; None when it is not known which there are."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, Constant) and isinstance(part.value, str):
            if part.value:
                pieces.append(Piece(compose_text(part.value), frame.span(part.at), part.shifts))
            continue
        more = (
            _evaluate_directive(evaluator, part, frame, values)
            if isinstance(part, (TemplateIf, TemplateFor))
            else _evaluate_interpolation(evaluator, part, frame, values)
        )
        if more is None:
            return None
        pieces.extend(more)
    return pieces


def _evaluate_interpolation(evaluator: Evaluation, part: Expression, frame: Frame, values: list[Value]) -> list[Piece]:
    value = evaluator.evaluate(part, frame)
    if isinstance(value, Known) and value.value is None:
        raise Fault("a template cannot hold null")
    value = convert(value, STRING)
    values.append(value)
    return [piece for piece in value.pieces_of_text() if piece.content != ""]


def _evaluate_directive(
    evaluator: Evaluation, part: TemplateIf | TemplateFor, frame: Frame, values: list[Value]
) -> list[Piece] | None:
    if isinstance(part, TemplateIf):
        condition = evaluator.evaluate(part.condition, frame)
        answer = truth(condition)
        if answer is None:
            values.append(condition)
            return None
        return _pieces(evaluator, part.then if answer else part.otherwise, frame, values)
    collection = evaluator.evaluate(part.collection, frame)
    if not isinstance(collection, Known):
        values.append(collection)
        return None
    pieces: list[Piece] = []
    for key, value in pairs(collection):
        more = _pieces(evaluator, part.parts, frame.with_pair(part.key, key, part.value, value), values)
        if more is None:
            return None
        pieces.extend(more)
    return pieces
