"""Filters of event source mappings and pipes: whether a record can match, or all of them are dropped.

Sources: AWS Lambda Developer Guide, "Control which events Lambda sends to your function" and its pages on each source;
Amazon EventBridge User Guide, "Event filtering in Amazon EventBridge Pipes". A filter has the grammar of an event
pattern; what is at its top level are the fields of a record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import resource_type
from tapeproof.gate.aws.event_pattern import pattern_faults
from tapeproof.gate.aws.fault import Fault
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.engine.model import NotJsonError, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["FILTERED", "faults_of_filters"]

FILTERED = {
    "aws_lambda_event_source_mapping": ("event_source_arn", "filter_criteria.filter.pattern"),
    "aws_pipes_pipe": ("source", "source_parameters.filter_criteria.filter.pattern"),
}
"""Where each keeps its source, and its filters."""
_COMMON = frozenset({"$or", "eventSource", "eventSourceARN", "awsRegion", "eventSourceKey"})
_STREAM = frozenset({"eventID", "eventName", "eventVersion", "invokeIdentityArn"})
_FIELDS = {
    "sqs": _COMMON
    | {"body", "messageId", "receiptHandle", "attributes", "messageAttributes", "md5OfBody", "md5OfMessageAttributes"},
    "kinesis": _COMMON
    | _STREAM
    | {"data", "kinesis", "partitionKey", "kinesisSchemaVersion", "sequenceNumber", "approximateArrivalTimestamp"}
    | {"encryptionType"},
    "dynamodb": _COMMON | _STREAM | {"dynamodb", "userIdentity"},
}
"""The fields of a record of each source."""
_CONTENT = {"sqs": "body", "kinesis": "data", "dynamodb": "dynamodb"}
_SERVICES = {"aws_sqs_queue": "sqs", "aws_kinesis_stream": "kinesis", "aws_dynamodb_table": "dynamodb"}
_SERVICE = re.compile(r"arn:[\w-]*:([\w-]+):")
_EXPECTED = "a filter that records can match"
_GRAMMAR = "see the event pattern grammar"


def faults_of_filters(owner: Resource, stack: Stack) -> Iterator[Fault]:
    """Yield what makes a filter of a mapping or pipe invalid, or unable to match any record.

    Raises:
        Undecided: It cannot be told.
    """
    source, filters = FILTERED[owner.type]
    for pattern in value_at(owner, filters):
        if not pattern.is_unset:
            yield from _faults_of(pattern, stack, _service_of(owner[source]))


def _faults_of(pattern: Value, stack: Stack, service: str) -> Iterator[Fault]:
    try:
        document = stack.document(pattern)
    except NotJsonError as undecided:
        if not pattern.known:
            raise  # what is not known yet may make JSON of it
        yield Fault(undecided.value, f"the filter {undecided.why}", "use jsonencode()", _EXPECTED)
        return
    content = _CONTENT.get(service)
    for fault in pattern_faults(document, _FIELDS.get(service), f"record of {service}"):
        fix = f"put what is asked of a record's content under {content!r}" if fault.is_field and content else _GRAMMAR
        yield Fault(fault.span, f"{fault.message}; what no filter matches is dropped", fix, _EXPECTED)


def _service_of(source: Value) -> str:
    """Return the service that a source belongs to; empty when it cannot be told, or is another one."""
    if isinstance(source, Ref):
        return _SERVICES.get(source.resource_type or resource_type(source.resource), "")
    pieces = source.pieces_of_text() if not source.is_unset else ()
    first = pieces[0].content if pieces else ""
    if isinstance(first, Ref):
        return _service_of(first)
    found = _SERVICE.match(first) if isinstance(first, str) else None
    return found[1] if found and found[1] in _FIELDS else ""
