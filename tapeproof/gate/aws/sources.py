"""What an event source mapping or a pipe reads from: a queue, a stream, or something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import resource_type
from tapeproof.gate.aws.functions import is_function
from tapeproof.gate.aws.judging import those
from tapeproof.gate.engine.model import Ref, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["SOURCE_PATHS", "kind_of_source", "source_queues"]

SOURCE_PATHS = {
    "aws_lambda_event_source_mapping": ("event_source_arn", ("destination_config.on_failure.destination_arn",)),
    "aws_pipes_pipe": (
        "source",
        (
            "source_parameters.kinesis_stream_parameters.dead_letter_config.arn",
            "source_parameters.dynamodb_stream_parameters.dead_letter_config.arn",
        ),
    ),
}
"""Where each keeps its source, and where failures of a stream go."""
_KINDS = {
    "aws_sqs_queue": "queue",
    "aws_kinesis_stream": "stream",
    "aws_kinesis_stream_consumer": "stream",
    "aws_dynamodb_table": "stream",
    "aws_msk_cluster": "stream",
    "aws_msk_serverless_cluster": "stream",
    "aws_docdb_cluster": "other",  # keeps no failures anywhere (AWS Lambda API Reference, CreateEventSourceMapping)
    "aws_mq_broker": "other",
}
_SERVICES = {
    "sqs": "queue",
    "kinesis": "stream",
    "dynamodb": "stream",
    "kafka": "stream",
    "rds": "other",
    "mq": "other",
}
_SERVICE = re.compile(r"arn:[\w-]*:([\w-]+):")


def kind_of_source(stack: Stack, mapping: Resource, source: Value) -> str:
    """Return ``queue``, ``stream`` or ``other``.

    Raises:
        Undecided: It cannot be told.
    """
    if source.is_unset:
        kafka = any(True for _ in mapping.blocks("self_managed_event_source"))
        return "stream" if kafka else "other"
    if isinstance(source, Ref):
        return _KINDS.get(source.resource_type or resource_type(source.resource), "other")
    if isinstance(source, Text):
        found = _SERVICE.match(source.literal())
        if found:
            return _SERVICES.get(found[1], "other")
    resolved = stack.resolve(source, *_KINDS)
    if resolved:
        return _KINDS[resolved[0].type]
    found = _SERVICE.match(source.text())
    return _SERVICES.get(found[1], "other") if found else "other"


def source_queues(stack: Stack, function: Resource) -> Iterator[Resource]:
    """Yield the queues of the stack that a function is invoked with the messages of.

    Raises:
        Undecided: After them, when another mapping may be the function's.
    """
    mappings = stack.resources("aws_lambda_event_source_mapping")
    for mapping in those(mappings, lambda mapping: is_function(stack, mapping["function_name"], function)):
        source = mapping["event_source_arn"]
        if not source.is_unset and kind_of_source(stack, mapping, source) == "queue":
            yield from stack.resolve(source, "aws_sqs_queue")
