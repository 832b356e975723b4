"""The system is a module that anybody may call, and the root here is one caller that adds nothing to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.stack.conftest import Block

OWN_OF_THE_ROOT = {"tags"}
"""Tags are the provider's, which a module that others call has not."""


def _interface(blocks: list[Block], folder: Path, kind: str) -> dict[str, dict[str, Any]]:
    """What callers see of a folder's variables or outputs: all but the rules, which the module has alone."""
    hidden = {"validation", "value"}
    return {
        block.labels[0]: {
            name: value for name, value in block.body.items() if name not in hidden and not name.startswith("__")
        }
        for block in blocks
        if block.kind == kind and block.file.parent == folder
    }


@pytest.fixture
def system(stack_folder: Path) -> Path:
    return stack_folder / "modules" / "market_data_system"


def test_variables_of_the_root_are_the_systems_with_the_same_types_and_defaults(
    stack_blocks: list[Block], stack_folder: Path, system: Path
) -> None:
    root, inside = (_interface(stack_blocks, folder, "variable") for folder in (stack_folder, system))
    assert root.keys() - inside.keys() == OWN_OF_THE_ROOT
    assert inside.keys() - root.keys() == set()
    differ = {name: (root[name], inside[name]) for name in inside if root[name] != inside[name]}
    assert differ.keys() == {"lambda_zip_path"}, "the root knows where its package lies; nothing else may differ"
    assert inside["lambda_zip_path"]["default"] is None


def test_the_root_hands_every_variable_on_and_every_output_back(
    stack_blocks: list[Block], stack_folder: Path, system: Path
) -> None:
    (call,) = (block.body for block in stack_blocks if block.kind == "module" and block.file.parent == stack_folder)
    handed = {name: value for name, value in call.items() if name != "source" and not name.startswith("__")}
    expected = {name: f"${{var.{name}}}" for name in _interface(stack_blocks, system, "variable")}
    expected["lambda_zip_path"] = "${var.lambda_zip_s3 == null ? var.lambda_zip_path : null}"
    assert handed == expected
    assert _interface(stack_blocks, stack_folder, "output") == _interface(stack_blocks, system, "output")


def test_no_module_has_a_provider_or_backend_of_its_own_so_that_for_each_can_call_it(
    stack_blocks: list[Block], stack_folder: Path
) -> None:
    modules = [block for block in stack_blocks if stack_folder / "modules" in block.file.parents]
    assert [block.file for block in modules if block.kind == "provider"] == []
    assert [block.file for block in modules if block.kind == "terraform" and "backend" in block.body] == []


def test_no_module_asks_for_the_workspace_which_is_its_callers(stack_folder: Path) -> None:
    files = (stack_folder / "modules").rglob("*.tf")
    assert [file for file in files if "terraform.workspace" in file.read_text(encoding="utf-8")] == []
