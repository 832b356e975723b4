"""The house's rules for Terraform source."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.stack.conftest import Block

MAXIMUM_LINES = 250
KEEPS_A_RESOURCE = ["prevent_destroy", "skip_destroy", "object_lock", "retain_on_delete", "deletion_policy"]
"""Words of settings that keep a resource after destroy."""


def test_no_file_is_long(sources: list[Path], stack_folder: Path) -> None:
    tests = list((stack_folder / "tests").glob("*.tftest.hcl"))
    long = {f.name: n for f in [*sources, *tests] if (n := len(f.read_text().splitlines())) > MAXIMUM_LINES}
    assert long == {}


def test_variables_and_outputs_of_a_file_are_alphabetical(stack_blocks: list[Block]) -> None:
    for kind in ("variable", "output"):
        listed = [(block.file, block.labels[0]) for block in stack_blocks if block.kind == kind]
        assert [pair for pair in pairwise(listed) if pair[0][0] == pair[1][0] and pair[0][1] >= pair[1][1]] == []


def test_variables_and_outputs_are_described_in_sentences(
    stack_blocks: list[Block], unquoted: Callable[[str], str]
) -> None:
    undescribed = [
        (block.file.name, block.labels[0])
        for block in stack_blocks
        if block.kind in {"variable", "output"}
        and not re.search(r"\.(\n\s*EOT)?\s*$", unquoted(block.body.get("description", "")))
    ]
    assert undescribed == []


def test_variables_are_typed_and_never_null_unless_null_is_their_default(stack_blocks: list[Block]) -> None:
    variables = [block for block in stack_blocks if block.kind == "variable"]
    assert [block.labels[0] for block in variables if "type" not in block.body] == []
    nullable = [block.labels[0] for block in variables if block.body.get("nullable") is not False]
    assert nullable == [block.labels[0] for block in variables if block.body.get("default", "") is None]


@pytest.mark.parametrize("word", KEEPS_A_RESOURCE)
def test_nothing_keeps_a_resource_after_destroy(word: str, sources: list[Path]) -> None:
    assert [file.name for file in sources if word in file.read_text()] == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("account", r"\b\d{12}\b"),
        ("region", r"\b(?:us|eu|ap|sa|ca|me|af|il)-[a-z]+-\d\b"),
        ("ARN of a fixed partition", r"arn:aws[:-]"),
        ("e-mail address", r"[\w.]+@[\w.]+\.\w+"),
        ("endpoint", r"https?://(?!\$)"),
    ],
)
def test_resources_and_modules_hold_no_fixed(what: str, pattern: str, stack_blocks: list[Block]) -> None:
    found = [
        (block.file.name, block.labels)
        for block in stack_blocks
        if block.kind in {"resource", "module", "locals", "data", "provider", "output"}
        and re.search(pattern, str(block.body))
    ]
    assert found == [], what


def test_roles_and_their_policies_live_in_a_file_of_their_own(stack_blocks: list[Block]) -> None:
    strays = {
        (block.file.name, block.labels)
        for block in stack_blocks
        if block.kind == "resource" and block.labels[0].startswith("aws_iam_") != (block.file.name == "iam.tf")
    }
    assert strays == set()


def test_only_the_aws_provider_is_required(stack_blocks: list[Block]) -> None:
    needed = {
        name
        for block in stack_blocks
        if block.kind == "terraform"
        for providers in block.body.get("required_providers", [])
        for name in providers
        if not name.startswith("__")
    }
    assert needed == {"aws"}
