"""Functions that automations, pipelines and dashboards invoke."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.aws.automation_calls import in_automation, in_dashboard, in_pipeline
from tapeproof.gate.engine.model import Origin, Ref, Resource, Stack, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable


READERS = {
    "aws_ssm_document": ("content", in_automation),
    "aws_sagemaker_pipeline": ("pipeline_definition", in_pipeline),
    "aws_cloudwatch_dashboard": ("dashboard_body", in_dashboard),
}
INVOKE = "aws:invokeLambdaFunction"
FUNCTION = 'resource "aws_lambda_function" "f" {\nfunction_name = "f"\n}\n'


def invoked(stack: Stack, type_: str) -> list[tuple[str, bool]]:
    (resource,) = stack.resources(type_)
    found = READERS[type_][1](stack, resource)
    return [(str(one.function.pieces_of_text()[0].content), one.waits) for one in found]


@pytest.mark.parametrize(
    ("type_", "document", "expected"),
    [
        ("aws_ssm_document", {"mainSteps": [{"action": INVOKE, "inputs": {"FunctionName": "f"}}]}, [("f", True)]),
        (
            "aws_ssm_document",
            {"mainSteps": [{"action": INVOKE, "inputs": {"FunctionName": "f", "InvocationType": "Event"}}]},
            [("f", False)],
        ),
        (
            "aws_ssm_document",
            {"mainSteps": [{"action": INVOKE, "inputs": {"FunctionName": "f", "InvocationType": "{{ Kind }}"}}]},
            [("f", False)],
        ),
        ("aws_ssm_document", {"mainSteps": [{"action": "aws:sleep", "inputs": {"FunctionName": "f"}}]}, []),
        ("aws_sagemaker_pipeline", {"Steps": [{"Type": "Lambda", "FunctionArn": "f"}]}, [("f", True)]),
        ("aws_sagemaker_pipeline", {"Steps": [{"Type": "Training", "FunctionArn": "f"}]}, []),
        (
            "aws_cloudwatch_dashboard",
            {"widgets": [{"type": "custom", "properties": {"endpoint": "f"}}, {"type": "text", "properties": {}}]},
            [("f", True)],
        ),
        ("aws_cloudwatch_dashboard", {"widgets": [{"type": "metric", "properties": {"endpoint": "f"}}]}, []),
    ],
)
def test_a_document_names_the_functions_of_its_parts(
    stack_of: Callable[[str], Stack], type_: str, document: dict[str, Any], expected: list[tuple[str, bool]]
) -> None:
    text = json.dumps(json.dumps(document))
    stack = stack_of(f'resource "{type_}" "x" {{\n{READERS[type_][0]} = {text}\n}}')
    assert invoked(stack, type_) == expected


@pytest.mark.parametrize(("kind", "waits"), [("Event", False), ("RequestResponse", True)])
def test_an_automation_in_yaml_is_searched_as_a_whole(
    stack_of: Callable[[str], Stack], kind: str, *, waits: bool
) -> None:
    text = f"action: {INVOKE}\\nFunctionName: ${{aws_lambda_function.f.arn}}\\nInvocationType: {kind}\\n"
    stack = stack_of(f'{FUNCTION}resource "aws_ssm_document" "x" {{\ncontent = "{text}"\n}}')
    assert [found for _, found in invoked(stack, "aws_ssm_document")] == [waits]


@pytest.mark.parametrize("type_", READERS)
def test_a_document_that_nobody_gives_names_no_function(stack_of: Callable[[str], Stack], type_: str) -> None:
    stack = stack_of(f'variable "text" {{}}\nresource "{type_}" "x" {{\n{READERS[type_][0]} = var.text\n}}')
    assert not invoked(stack, type_)


@pytest.mark.parametrize("type_", READERS)
def test_a_document_that_only_a_function_is_known_of_cannot_be_told(type_: str) -> None:
    attribute, reader = READERS[type_]
    given = Ref("aws_lambda_function.f", "arn", origins=frozenset({Origin("aws_lambda_function.f", "arn")}))
    planned = Resource(type=type_, labels=(type_, "x"), attributes={attribute: given}, address=f"{type_}.x", name="x")
    with pytest.raises(Undecided):
        list(reader(Stack(root="", front_end="plan"), planned))
