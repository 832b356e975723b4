"""Parameters of templates that everyone sees, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.model import Known, Resource, Stack
from tapeproof.gate.frontends.embedded.parameters import hidden_parameters_of
from tapeproof.gate.frontends.embedded.templates import read_template
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("hidden", "shown"), [("", True), (", NoEcho = true", False)])
def test_parameters_are_shown_unless_the_template_hides_them(tmp_path: Path, hidden: str, *, shown: bool) -> None:
    template = f'{{ Parameters = {{ P = {{ Type = "String"{hidden} }} }}, Resources = {{}} }}'
    body = f'parameters = {{ P = "x" }}\n  template_body = jsonencode({template})'
    (tmp_path / "main.tf").write_text(f'resource "aws_cloudformation_stack" "s" {{\n  {body}\n}}', encoding="utf-8")
    found = list(read(tmp_path).resources("cloudformation_shown_parameters"))
    assert [resource.address for resource in found] == ["aws_cloudformation_stack.s/Parameters"] * shown


@pytest.mark.parametrize(
    ("declared", "names"), [("{NoEcho: true, Default: x}", ["P"]), ("{NoEcho: true}", []), ("{}", [])]
)
def test_a_hidden_parameter_with_a_default_is_one_that_everybody_can_read(declared: str, names: list[str]) -> None:
    template = read_template(Stack(root="", front_end="hcl"), Known(f"Parameters: {{P: {declared}}}\n"))
    stack = Resource(type="aws_cloudformation_stack", address="aws_cloudformation_stack.s", name="s")
    assert [variable.name for variable in hidden_parameters_of(template, stack)] == names
