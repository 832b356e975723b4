"""Values under names of secrets, in resources and providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.named_values import named_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


FIREWALL = """
m {{
  search_string = local.x
  field_to_match {{
    single_header {{
      name = "{}"
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("token = local.x", [("token", "hunter2")]),
        ("connection {\n password = local.x\n}", [("password", "hunter2")]),
        ("settings = { db = { password = local.x } }", [("password", "hunter2")]),
        ('set {\n name = "auth.password"\n value = local.x\n}', [("auth.password", "hunter2")]),
        ('env = [{ name = "DB_PASSWORD", value = local.x }]', [("DB_PASSWORD", "hunter2")]),
        ('header {\n key = "api_token"\n value = local.x\n}', [("api_token", "hunter2")]),
        ('set {\n name = "image.tag"\n value = local.x\n}', []),
        ('h {\n http_header_name = "X-Secret"\n values = [local.x]\n}', [("X-Secret", "hunter2")]),
        ('h {\n http_header_name = "X-Host"\n values = [local.x]\n}', []),
        (FIREWALL.format("x-secret"), [("x-secret", "hunter2")]),
        (FIREWALL.format("x-host"), []),
        ("app_key = local.x", []),
        ('token = ""', []),
        ("token = null", []),
        ("token = random_password.p.result", []),
    ],
)
def test_a_value_is_called_by_its_attribute_or_by_what_stands_beside_it(
    stack_of: Callable[[str], Stack], body: str, expected: list[tuple[str, str]]
) -> None:
    stack = stack_of(f'locals {{\n  x = "hunter2"\n}}\nresource "x_y" "r" {{\n{body}\n}}')
    (resource,) = stack.resources("x_y")
    assert [(name, value.text()) for name, value in named_values(resource, labelled=True)] == expected


def test_a_label_counts_only_where_it_is_asked_for(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of('resource "x_y" "r" {\n set {\n name = "password"\n value = "hunter2"\n}\n}')
    (resource,) = stack.resources("x_y")
    assert list(named_values(resource, labelled=False)) == []
