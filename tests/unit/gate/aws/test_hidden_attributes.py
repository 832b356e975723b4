"""What a provider hides, and what of it flows into a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.hidden_attributes import credentials_of, hidden_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

BEFORE = """
variable "token" {
  sensitive = true
}
variable "mode" {
  default = "on"
}
data "aws_ssm_parameter" "p" {
  name = "p"
}
resource "aws_db_instance" "d" {
  count = 2
}
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("var.token", "var.token"),
        ('"a-${var.token}"', "var.token"),
        ("upper(var.token)", "var.token"),
        ('"a-${lower(var.token)}"', "var.token"),
        ('replace(var.token, "a", "b")', "var.token"),
        ('join("", [var.token])', "var.token"),
        ('var.token == "x" ? "a" : "b"', "var.token"),
        ("base64encode(var.token)", "var.token"),
        ("jsonencode({ a = trimspace(var.token) })", "var.token"),
        ("upper(aws_db_instance.d[0].password)", "aws_db_instance.d[0].password"),
        ('sensitive("x")', "a sensitive value"),
        ("data.aws_ssm_parameter.p.value", "data.aws_ssm_parameter.p.value"),
        ("aws_db_instance.d[0].password", "aws_db_instance.d[0].password"),
        ("aws_db_instance.d[0].endpoint", ""),
        ("data.aws_ssm_parameter.p.arn", ""),
        ("var.mode", ""),
        ("null", ""),
    ],
)
def test_a_hidden_thing_is_found_however_it_flows(
    stack_of: Callable[[str], Stack], written: str, expected: str
) -> None:
    stack = stack_of(f'{BEFORE}\nresource "aws_sns_topic" "t" {{ name = {written} }}')
    (topic,) = stack.resources("aws_sns_topic")
    assert hidden_source(stack, topic["name"]) == expected


@pytest.mark.parametrize(
    ("mode", "type_", "path", "expected"),
    [
        ("resource", "aws_db_instance", "password", True),
        ("resource", "aws_iam_access_key", "secret", True),
        ("data", "aws_secretsmanager_secret_version", "secret_string", True),
        ("resource", "aws_db_instance", "endpoint", False),
        ("resource", "aws_nothing", "password", False),
        ("data", "aws_db_instance", "password", False),
    ],
)
def test_credentials_are_those_of_the_schema(mode: str, type_: str, path: str, expected: bool) -> None:
    assert (path in credentials_of(mode, type_)) is expected
