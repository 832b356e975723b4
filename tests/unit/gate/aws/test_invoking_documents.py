"""Functions that are invoked by what a document says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.aws.invoking_documents import READERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

STATES = "arn:aws:states:::"


def invocations(stack: Stack, type_: str, attribute: str) -> list[tuple[Any, bool]]:
    (resource,) = stack.resources(type_)
    return [(found.function.plain(), found.waits) for found in READERS[type_, attribute](stack, resource)]


def task(resource: str, **more: object) -> dict[str, Any]:
    return {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": resource, "End": True, **more}}}


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (task("f"), [("f", True)]),
        (task(f"{STATES}lambda:invoke", Parameters={"FunctionName": "f"}), [("f", True)]),
        (task(f"{STATES}lambda:invoke.waitForTaskToken", Parameters={"FunctionName": "f"}), [("f", True)]),
        (task(f"{STATES}lambda:invoke", Parameters={"FunctionName": "f", "InvocationType": "Event"}), [("f", False)]),
        (task(f"{STATES}lambda:invoke", Arguments={"FunctionName": "f", "InvocationType": "Event"}), [("f", False)]),
        (task(f"{STATES}lambda:invoke", Parameters={"FunctionName": "f", "InvocationType.$": "$.k"}), [("f", False)]),
        (task(f"{STATES}aws-sdk:lambda:invokeAsync", Parameters={"FunctionName": "f"}), [("f", False)]),
        (task(f"{STATES}lambda:invoke", Parameters={"Payload": {}}), []),
        (task(f"{STATES}sqs:sendMessage", Parameters={}), [(f"{STATES}sqs:sendMessage", True)]),
        ({"StartAt": "M", "States": {"M": {"Type": "Map", "ItemProcessor": task("f")}}}, [("f", True)]),
    ],
)
def test_a_machine_asks_or_tells_the_functions_of_its_tasks(
    stack_of: Callable[[str], Stack], definition: dict[str, Any], expected: list[tuple[str, bool]]
) -> None:
    text = json.dumps(definition)
    stack = stack_of(f'resource "aws_sfn_state_machine" "x" {{\ndefinition = {json.dumps(text)}\n}}')
    assert invocations(stack, "aws_sfn_state_machine", "definition") == expected


def test_a_definition_that_is_no_json_is_searched_as_a_whole(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(
        'resource "aws_sfn_state_machine" "x" {\ndefinition = "not JSON: \\"InvocationType\\": \\"Event\\""\n}'
    )
    ((_, waits),) = invocations(stack, "aws_sfn_state_machine", "definition")
    assert not waits


@pytest.mark.parametrize(
    ("target", "given", "expected"),
    [
        ("aws-sdk:lambda:invoke", {"FunctionName": "f"}, [("f", True)]),
        ("aws-sdk:lambda:invoke", {"FunctionName": "f", "InvocationType": "Event"}, [("f", False)]),
        ("aws-sdk:lambda:invokeAsync", {"FunctionName": "f"}, [("f", False)]),
        ("aws-sdk:sqs:sendMessage", {"FunctionName": "f"}, []),
    ],
)
def test_a_schedule_of_any_call_invokes_what_its_input_names(
    stack_of: Callable[[str], Stack], target: str, given: dict[str, str], expected: list[tuple[str, bool]]
) -> None:
    inside = f'arn = "arn:aws:scheduler:::{target}"\ninput = {json.dumps(json.dumps(given))}'
    stack = stack_of(f'resource "aws_scheduler_schedule" "x" {{\ntarget {{\n{inside}\n}}\n}}')
    assert invocations(stack, "aws_scheduler_schedule", "target.input") == expected


@pytest.mark.parametrize("type_", ["aws_api_gateway_rest_api", "aws_apigatewayv2_api"])
@pytest.mark.parametrize(
    ("integration", "expected"),
    [
        ({"uri": "f"}, [("f", True)]),
        ({"uri": "f", "requestParameters": {}}, [("f", True)]),
        (
            {"uri": "f", "requestParameters": {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}},
            [("f", False)],
        ),
        ({"authorizerUri": "f"}, [("f", True)]),
    ],
)
def test_an_interface_asks_or_tells_the_functions_of_its_description(
    stack_of: Callable[[str], Stack], type_: str, integration: dict[str, Any], expected: list[tuple[str, bool]]
) -> None:
    body = json.dumps({"paths": {"/": {"get": {"x-amazon-apigateway-integration": integration}}}})
    stack = stack_of(f'resource "{type_}" "x" {{\nbody = {json.dumps(body)}\n}}')
    assert invocations(stack, type_, "body") == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("SUBSCRIPTION_FILTER_POLICY", [("f", False)]), ("DATA_PROTECTION_POLICY", [])]
)
def test_a_subscription_of_all_log_groups_tells_its_destination(
    stack_of: Callable[[str], Stack], kind: str, expected: list[tuple[str, bool]]
) -> None:
    body = f'policy_type = "{kind}"\npolicy_document = jsonencode({{ DestinationArn = "f" }})'
    stack = stack_of(f'resource "aws_cloudwatch_log_account_policy" "x" {{\n{body}\n}}')
    assert invocations(stack, "aws_cloudwatch_log_account_policy", "policy_document") == expected


def test_an_interface_without_a_description_invokes_nothing_by_it(stack_of: Callable[[str], Stack]) -> None:
    assert invocations(stack_of('resource "aws_apigatewayv2_api" "x" {}'), "aws_apigatewayv2_api", "body") == []
