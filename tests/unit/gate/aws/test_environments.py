"""Settings that anyone who may read the resource sees."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.environments import environment_types, settings_in
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


def _settings(stack: Stack) -> list[tuple[str, str]]:
    (resource,) = stack.resources()
    return [(setting.name, setting.value.text()) for setting in settings_in(stack, resource)]


SCRIPT = base64.b64encode("export A=b é".encode()).decode()
CONTAINERS = '[{ name = "app", environment = [{ name = "A", value = "b" }, { Name = "C", Value = "d" }] }]'


@pytest.mark.parametrize(
    ("type_", "body", "expected"),
    [
        ("aws_lambda_function", 'environment {\n  variables = { A = "b", C = "d" }\n}', [("A", "b"), ("C", "d")]),
        ("aws_lambda_function", "", []),
        ("aws_lambda_function", "environment {}", []),
        ("aws_ecs_task_definition", f"container_definitions = jsonencode({CONTAINERS})", [("A", "b"), ("C", "d")]),
        ("aws_ecs_task_definition", "container_definitions = jsonencode([])", []),
        (
            "aws_ecs_task_definition",
            'container_definitions = jsonencode([{ entryPoint = ["sh"], command = ["a", "--password", "b", "-v"] }])',
            [("", "sh"), ("", "a"), ("", "--password"), ("password", "b"), ("", "-v")],
        ),
        (
            "aws_codebuild_project",
            'environment {\n  environment_variable {\n    name = "A"\n    value = "b"\n  }\n}',
            [("A", "b")],
        ),
        ("aws_instance", 'user_data = "export A=b"', [("", "export A=b")]),
        ("aws_instance", f'user_data_base64 = "{SCRIPT}"', [("", "export A=b é")]),
        ("aws_instance", 'user_data_base64 = "H4sIAAAA=="', [("", "H4sIAAAA==")]),
        ("aws_instance", 'user_data_base64 = "not base64!"', [("", "not base64!")]),
    ],
)
def test_settings_are_found_in_each_form(
    stack_of: Callable[[str], Stack], type_: str, body: str, expected: list[tuple[str, str]]
) -> None:
    assert _settings(stack_of(f'resource "{type_}" "x" {{\n{body}\n}}')) == expected


def test_settings_that_are_not_known_are_told_after_those_that_are(stack_of: Callable[[str], Stack]) -> None:
    body = 'user_data = "export A=b"\n  user_data_base64 = var.script'
    stack = stack_of(f'variable "script" {{}}\nresource "aws_instance" "x" {{\n  {body}\n}}')
    (resource,) = stack.resources()
    found = list(settings_in(stack, resource))
    assert [setting.value.known for setting in found] == [True, False]
    stack = stack_of(
        'variable "all" {}\nresource "aws_lambda_function" "x" {\n  environment {\n    variables = var.all\n  }\n}'
    )
    (resource,) = stack.resources()
    with pytest.raises(Undecided):
        list(settings_in(stack, resource))


def test_functions_containers_jobs_and_machines_have_settings() -> None:
    assert {
        "aws_lambda_function", "aws_ecs_task_definition", "aws_batch_job_definition", "aws_instance",
    } <= set(environment_types())  # fmt: skip
