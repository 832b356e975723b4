"""Invocations of functions by what runs through a document of steps or shows one of parts.

Sources: AWS Systems Manager User Guide, "aws:invokeLambdaFunction"; Amazon SageMaker AI Developer Guide, "Define a
pipeline" (Lambda step); Amazon CloudWatch User Guide, "Add a custom widget to a CloudWatch dashboard".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import resource_type
from tapeproof.gate.aws.written_calls import Invocation, literal_text, maps_of, tells_in_text
from tapeproof.gate.engine.model import Known, Text, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["in_automation", "in_dashboard", "in_pipeline"]

_LATER = re.compile(r"[\"']?InvocationType[\"']?\s*:\s*[\"']?Event\b")


def in_automation(stack: Stack, document: Resource) -> Iterator[Invocation]:
    """Yield the functions that the steps of an automation invoke; each step waits unless it says otherwise."""
    content = document["content"]
    for step in _steps(stack, content):
        if step.keys() >= {"action", "inputs"} and literal_text(step["action"]) == "aws:invokeLambdaFunction":
            inputs = step["inputs"].entries()
            kind = inputs.get("InvocationType")
            if "FunctionName" in inputs:
                waits = kind is None or literal_text(kind) == "RequestResponse"
                yield Invocation(inputs["FunctionName"], waits)
    yield from _in_other_text(stack, content, _LATER)


def in_pipeline(stack: Stack, pipeline: Resource) -> Iterator[Invocation]:
    """Yield the functions of the Lambda steps of a pipeline, which reads what they return."""
    definition = pipeline["pipeline_definition"]
    for step in _steps(stack, definition):
        if "FunctionArn" in step and literal_text(step.get("Type", Known(""))) == "Lambda":
            yield Invocation(step["FunctionArn"], waits=True)
    yield from _in_other_text(stack, definition, None)


def in_dashboard(stack: Stack, dashboard: Resource) -> Iterator[Invocation]:
    """Yield the functions whose answers a dashboard shows."""
    body = dashboard["dashboard_body"]
    for widget in _steps(stack, body):
        if "properties" in widget and literal_text(widget.get("type", Known(""))) == "custom":
            properties = widget["properties"].entries()
            if "endpoint" in properties:
                yield Invocation(properties["endpoint"], waits=True)


def _steps(stack: Stack, text: Value) -> list[dict[str, Value]]:
    """Return the objects of a document; none of one that cannot be read, as few of its kind invoke a function.

    Raises:
        Undecided: It cannot be read, and something of a function flows into it, as a plan tells.
    """
    try:
        return [dict(part) for part in maps_of(stack.document(text))]
    except Undecided:
        flowing = () if isinstance(text, (Known, Text)) else text.origins
        if any(_is_of_function(origin.address) for origin in flowing):
            raise
        return []


def _is_of_function(address: str) -> bool:
    return resource_type(address).startswith("aws_lambda_")


def _in_other_text(stack: Stack, text: Value, later: re.Pattern[str] | None) -> Iterator[Invocation]:
    """Yield a text that is no JSON, as YAML, for the functions that it mentions."""
    try:
        stack.document(text)
    except Undecided:
        if isinstance(text, Text):
            yield Invocation(text, later is None or not tells_in_text(text, later))
