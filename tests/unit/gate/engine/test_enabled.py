"""What OpenTofu's enabled switches off is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.model import Stack

SOURCE = """
variable "free" {{}}
resource "aws_sqs_queue" "a" {{
  name = "a"
  lifecycle {{
    enabled = {}
  }}
}}
resource "aws_sqs_queue" "b" {{
  name = try(aws_sqs_queue.a.name, "none")
}}
"""


def stack(folder: Path, enabled: str) -> Stack:
    (folder / "main.tofu").write_text(SOURCE.format(enabled))
    return read(folder)


@pytest.mark.parametrize(
    ("enabled", "there"), [("true", {"a", "b"}), ("false", {"b"}), ("1 == 2", {"b"}), ("null", {"a", "b"})]
)
def test_a_resource_that_is_not_enabled_is_not_made(tmp_path: Path, enabled: str, there: set[str]) -> None:
    assert {resource.name for resource in stack(tmp_path, enabled).resources()} == there


def test_it_is_not_known_whether_a_resource_is_there_that_may_be_enabled(tmp_path: Path) -> None:
    doubts = {resource.name: resource.doubt for resource in stack(tmp_path, "var.free").resources()}
    assert doubts["a"] is not None
    assert doubts["b"] is None
