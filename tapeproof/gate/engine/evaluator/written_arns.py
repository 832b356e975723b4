"""ARNs and addresses that AWS makes of a resource's name, taken apart as configurations do to get the name back.

Sources: Service Authorization Reference, "Resource types" of each service; the provider's documentation of each type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.engine.evaluator.access import reference
from tapeproof.gate.engine.evaluator.expansion import without_key
from tapeproof.gate.engine.evaluator.functions.strings import join_pieces
from tapeproof.gate.engine.evaluator.marks import add_marks, marks_of
from tapeproof.gate.engine.model import Known, Piece, Ref, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.engine.evaluator.functions import Invocation
    from tapeproof.gate.engine.evaluator.interfaces import Names

__all__ = ["TAKING_APART", "take_apart"]

TAKING_APART = frozenset(("basename", "split"))
"""Functions that are answered here, of what is known only after apply."""
_URL = "https://{}/{}/{name}"
_FORMS = {
    ("aws_cloudwatch_event_bus", "arn"): "arn:{}:events:{}:{}:event-bus/{name}",
    ("aws_cloudwatch_log_group", "arn"): "arn:{}:logs:{}:{}:log-group:{name}",
    ("aws_dynamodb_table", "arn"): "arn:{}:dynamodb:{}:{}:table/{name}",
    ("aws_kinesis_firehose_delivery_stream", "arn"): "arn:{}:firehose:{}:{}:deliverystream/{name}",
    ("aws_kinesis_stream", "arn"): "arn:{}:kinesis:{}:{}:stream/{name}",
    ("aws_lambda_function", "arn"): "arn:{}:lambda:{}:{}:function:{function_name}",
    ("aws_lambda_function", "qualified_arn"): "arn:{}:lambda:{}:{}:function:{function_name}:{version}",
    ("aws_s3_bucket", "arn"): "arn:{}:s3:::{bucket}",
    ("aws_sfn_state_machine", "arn"): "arn:{}:states:{}:{}:stateMachine:{name}",
    ("aws_sfn_state_machine", "id"): "arn:{}:states:{}:{}:stateMachine:{name}",
    ("aws_sns_topic", "arn"): "arn:{}:sns:{}:{}:{name}",
    ("aws_sns_topic", "id"): "arn:{}:sns:{}:{}:{name}",
    ("aws_sqs_queue", "arn"): "arn:{}:sqs:{}:{}:{name}",
    ("aws_sqs_queue", "id"): _URL,
    ("aws_sqs_queue", "url"): _URL,
}
"""By type and attribute: ``{}`` is what only AWS knows (partition, region, account, host), the rest attributes."""
_PART = re.compile(r"\{(\w*)\}")
_SLASHES = frozenset(("aws_cloudwatch_event_bus", "aws_cloudwatch_log_group"))
"""Types whose names may have slashes, so that one which is not known cannot be cut at them."""


def take_apart(call: Invocation, scope: Names) -> Value | None:
    """Return what ``split`` or ``basename`` makes of an ARN or a URL of a resource; None where that cannot be told."""
    given = call.arguments if call.name == "split" else (Known("/"), *call.arguments)
    if len(given) != 2 or not isinstance(given[0], Known) or not isinstance(given[0].value, str):  # noqa: PLR2004
        return None
    separator, whole = given[0].value, given[1]
    written = _write_out(whole, scope, separator) if isinstance(whole, Ref) and separator else None
    if written is None:
        return None
    marks = marks_of(written)
    pieces = [piece for value in written for piece in value.pieces_of_text()]
    parts = [add_marks(join_pieces(call, part), marks) for part in _cut(pieces, separator)]
    if call.name == "basename":
        return parts[-1] if len(parts) > 1 else None
    return Known(tuple(parts), kind="list", span=call.span)


def _write_out(ref: Ref, scope: Names, separator: str) -> list[Value] | None:
    """Return the values that AWS puts together; None when they are not known, or where they would be cut."""
    type_ = without_key(ref.resource).split(".")[-2:][0]
    form = None if ref.is_data else _FORMS.get((type_, ref.path))
    if form is None:
        return None
    written: list[Value] = []
    for position, text in enumerate(_PART.split(form)):
        if position % 2 == 0:
            written.append(Known(text, span=ref.span))
        elif not text:
            written.append(Unknown(f"a part of {ref.why}", span=ref.span))
        else:
            value = scope.attribute(reference(ref.resource, "", ref.span), text, ref.span)
            if type_ in _SLASHES and separator != ":" and not value.known:
                return None
            written.append(reference(ref.resource, text, ref.span) if value.is_null else value)
    return written


def _cut(pieces: Sequence[Piece], separator: str) -> list[list[Piece]]:
    """Return the pieces between separators; what is not known has none in it."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if not isinstance(piece.content, str):
            parts[-1].append(piece)
            continue
        first, *others = piece.content.split(separator)
        parts[-1].append(Piece(first, piece.span))
        parts.extend([Piece(text, piece.span)] for text in others)
    return [_without_empty(part) for part in parts]


def _without_empty(part: list[Piece]) -> list[Piece]:
    return [piece for piece in part if piece.content != ""] or part[:1]
