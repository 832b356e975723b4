"""The gate judges the examples as it would where somebody copied them to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.cli import main

if TYPE_CHECKING:
    from pathlib import Path

GOVERNED = """
code_signing_config_arn  = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0"
package = { bucket = "packages", key = "lambda.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
vpc                      = { security_group_ids = ["sg-0a"], subnet_ids = ["subnet-0a", "subnet-0b"] }
"""


def _not_passed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    main(["gate", "check", *arguments, "--format", "json", "--no-cache"])
    found = json.loads(capsys.readouterr().out)["results"]
    return [(one["verdict"], one["policy"], one["message"]) for one in found if one["verdict"] != "pass"]


@pytest.mark.parametrize("example", ["one_system", "several_systems"])
def test_an_example_passes_the_gate_with_nothing_unknown(
    example: str, stack_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _not_passed(capsys, str(stack_folder / "examples" / example)) == []


def test_within_a_boundary_only_what_the_boundary_allows_is_unknown(
    stack_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = tmp_path / "account.tfvars"
    values.write_text(GOVERNED, encoding="utf-8")
    found = _not_passed(capsys, str(stack_folder / "examples" / "governed_account"), "--var-file", str(values))
    assert found
    assert [one for one in found if one[0] != "unknown" or "boundary" not in one[2]] == []
