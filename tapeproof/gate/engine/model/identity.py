"""Which resource a name, ARN or URL belongs to, when no reference says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.model.known import Known
from tapeproof.gate.engine.model.piece import Piece
from tapeproof.gate.engine.model.text import Text
from tapeproof.gate.engine.model.unresolved import Unknown
from tapeproof.gate.engine.model.value import Undecided, Value
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.engine.model.block import Resource

__all__ = ["NAMES", "names_resource"]

NAMES = {
    "aws_codecommit_repository": "repository_name",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_cloudwatch_composite_alarm": "alarm_name",
    "aws_cloudwatch_dashboard": "dashboard_name",
    "aws_kms_alias": "name",
}
"""The attribute that names a resource, where it is not ``name`` (documentation of the AWS provider)."""


class Form(NamedTuple):
    """How the ARNs of one resource type are made.

    Attributes:
        service: The third field.
        before: What stands before the name in the last field.
        after: Where the name ends, when more may follow; empty when nothing follows.
        path: Whether a path, a bus or a group may stand before the name.
    """

    service: str
    before: str
    after: str = ""
    path: bool = False


_FORMS = {
    "aws_cloudwatch_composite_alarm": Form("cloudwatch", "alarm:"),
    "aws_cloudwatch_event_bus": Form("events", "event-bus/"),
    "aws_cloudwatch_event_rule": Form("events", "rule/", path=True),
    "aws_cloudwatch_log_group": Form("logs", "log-group:", ":"),
    "aws_cloudwatch_metric_alarm": Form("cloudwatch", "alarm:"),
    "aws_dynamodb_table": Form("dynamodb", "table/", "/"),
    "aws_iam_group": Form("iam", "group/", path=True),
    "aws_iam_policy": Form("iam", "policy/", path=True),
    "aws_iam_role": Form("iam", "role/", path=True),
    "aws_iam_user": Form("iam", "user/", path=True),
    "aws_kinesis_stream": Form("kinesis", "stream/", "/"),
    "aws_kms_alias": Form("kms", ""),
    "aws_lambda_function": Form("lambda", "function:", ":"),
    "aws_s3_bucket": Form("s3", "", "/"),
    "aws_scheduler_schedule": Form("scheduler", "schedule/", path=True),
    "aws_scheduler_schedule_group": Form("scheduler", "schedule-group/"),
    "aws_sfn_state_machine": Form("states", "stateMachine:", ":"),
    "aws_sns_topic": Form("sns", "", ":"),
    "aws_sqs_queue": Form("sqs", ""),
}
"""Source: AWS Service Authorization Reference, the resource types of each service."""

_HANDLES = ("arn", "id", "url", "qualified_arn", "invoke_arn", "key_id", "stream_arn")
_FIELDS, _SERVICE = 6, 2  # arn:partition:service:region:account:resource (AWS: "Amazon Resource Names (ARNs)")


def names_resource(value: Value, resource: Resource, read: dict[str, Value | None]) -> bool:
    """Return whether a value is a resource's name, ARN, id or URL.

    Args:
        value: A string value, also one that is put together from parts.
        resource: The candidate.
        read: Which name the value was found to hold, by the type of candidate; what is found is kept there.

    Raises:
        Undecided: It may be.
    """
    if isinstance(value, Unknown):
        raise Undecided(value)
    if isinstance(value, Known) and isinstance(value.value, str) and _is_handle(value.value, resource):
        return True
    own = resource[NAMES.get(resource.type, "name")]
    if not isinstance(own, Unknown) and own.is_null:
        return False
    named = _read_once(value, resource, read)
    return named is not None and own.same_as(named)


def _is_handle(text: str, resource: Resource) -> bool:
    attributes = resource.attributes
    for handle in _HANDLES:
        known = attributes.get(handle)  # most resources have none of them in source
        if known is not None and isinstance(known, Known) and known.value == text:
            return True
    return False


def _read_once(value: Value, resource: Resource, read: dict[str, Value | None]) -> Value | None:
    """Return the name in a value, which is the same for all candidates of a type that belong to no other resource."""
    type_ = resource.type
    if type_ == "aws_lambda_alias":
        return _name_in(value, resource)
    if type_ not in read:
        read[type_] = _name_in(value, resource)
    return read[type_]


def _name_in(value: Value, resource: Resource) -> Value | None:
    """Return the name in a name, ARN or URL, or None when it is that of another kind of thing."""
    pieces = value.pieces_of_text()
    first = pieces[0].content if pieces and isinstance(pieces[0].content, str) else ""
    if first.startswith("arn:"):
        if resource.type == "aws_lambda_alias":
            return _value(_after_last(pieces, ":"), value) if _is_alias(pieces, resource, value) else None
        return _name_in_arn(pieces, _FORMS.get(resource.type), value)
    if first.startswith("https://"):
        return _value(_after_last(pieces, "/"), value)
    return _value(_until(pieces, ":"), value) if resource.type == "aws_lambda_function" else value


def _is_alias(pieces: Sequence[Piece], alias: Resource, whole: Value) -> bool:
    """Return whether an ARN is of a version or alias of the function that an alias belongs to."""
    function = _name_in_arn(pieces, _FORMS["aws_lambda_function"], whole)
    own = alias["function_name"]
    if function is None or own.is_null:
        return False
    given = own.pieces_of_text()
    in_arn = isinstance(given[0].content, str) and given[0].content.startswith("arn:")
    named = _name_in_arn(given, _FORMS["aws_lambda_function"], own) if in_arn else own
    return named is not None and named.same_as(function)


def _name_in_arn(pieces: Sequence[Piece], form: Form | None, whole: Value) -> Value | None:
    """Return the name that an ARN ends in, or None when it is the ARN of something else.

    Raises:
        Undecided: The fields of the ARN cannot be told apart.
    """
    service, rest = _fields(pieces, whole)
    if form is None:
        separator = ":" if any(isinstance(piece.content, str) and ":" in piece.content for piece in rest) else "/"
        return _value(_after_last(rest, separator), whole)
    if service and service != form.service:
        return None
    literal = rest[0].content if isinstance(rest[0].content, str) else ""
    if not literal.startswith(form.before):
        if len(rest) > 1 and form.before.startswith(literal):
            raise Undecided(whole)
        return None
    named = _without(rest, len(form.before))
    if form.path:
        named = _after_last(named, "/")
    elif form.after:
        named = _until(named, form.after)
    return _value(named, whole)


def _fields(pieces: Sequence[Piece], whole: Value) -> tuple[str, list[Piece]]:
    """Return the service of an ARN, empty when it is not known, and the pieces of its last field."""
    colons, service = 0, ""
    for at, piece in enumerate(pieces):
        if not isinstance(piece.content, str):
            continue
        parts = piece.content.split(":")
        if colons <= _SERVICE < colons + len(parts):
            service += parts[_SERVICE - colons]
        if colons + len(parts) >= _FIELDS:
            return service, [Piece(":".join(parts[_FIELDS - 1 - colons :]), piece.span), *pieces[at + 1 :]]
        colons += len(parts) - 1
    raise Undecided(whole, "its fields cannot be told apart")


def _without(pieces: Sequence[Piece], length: int) -> list[Piece]:
    first = pieces[0]
    return [Piece(first.content[length:], first.span), *pieces[1:]] if isinstance(first.content, str) else list(pieces)


def _until(pieces: Sequence[Piece], separator: str) -> list[Piece]:
    kept: list[Piece] = []
    for piece in pieces:
        if isinstance(piece.content, str) and separator in piece.content:
            return [*kept, Piece(piece.content.partition(separator)[0], piece.span)]
        kept.append(piece)
    return kept


def _after_last(pieces: Sequence[Piece], separator: str) -> list[Piece]:
    kept: list[Piece] = []
    for piece in reversed(pieces):
        if isinstance(piece.content, str) and separator in piece.content:
            return [Piece(piece.content.rpartition(separator)[2], piece.span), *kept]
        kept.insert(0, piece)
    return kept


def _value(pieces: Sequence[Piece], whole: Value) -> Value:
    kept = tuple(piece for piece in pieces if piece.content != "")
    if all(isinstance(piece.content, str) for piece in kept):
        return Known("".join(str(piece.content) for piece in kept), span=whole.span, origins=whole.origins)
    return Text(kept, span=whole.span, origins=whole.origins)
